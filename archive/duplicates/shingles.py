"""Shingles: how much of two texts is the same, told from a few hundred numbers of each.

The shingles of a text are its runs of five words. Of their hashes the smallest stand for all (Broder, *On the
resemblance and containment of documents*, 1997): the share that two such sketches have in common is, nearly, the
share of shingles that the texts have in common.
"""

import zlib
from collections.abc import Iterable
from heapq import nsmallest
from itertools import islice

from archive.search.words import words

RUN = 5
"""Words in a shingle."""
SIZE = 256
"""Numbers in a sketch: a share is right within three hundredths, mostly."""
_MOST_WORDS = 100_000
"""A longer text is known by its beginning."""

Sketch = frozenset[int]


def sketch(texts: Iterable[str]) -> Sketch:
    """The sketch of a text that is given in pieces, in whatever case, accents and punctuation.

    >>> likeness(sketch(["Ada climbed the stairs at dusk."]), sketch(["ADA climbed; the stairs -- at dusk"]))
    1.0
    """
    spoken = list(islice((word for text in texts for word in words(text).split()), _MOST_WORDS))
    runs = {" ".join(spoken[at : at + RUN]) for at in range(max(1, len(spoken) - RUN + 1))}
    return frozenset(nsmallest(SIZE, {zlib.crc32(run.encode()) for run in runs if run}))


def likeness(one: Sketch, other: Sketch) -> float:
    """About what share of all shingles of two texts both have: 0 for nothing, 1 for the same words."""
    smallest = nsmallest(SIZE, one | other)
    return sum(number in one and number in other for number in smallest) / len(smallest) if smallest else 0.0
