"""Columns: what each work states, as numbers to compare, and the closed words as sets of works too."""

from collections.abc import Iterable

import numpy as np

from archive.index.arrays import NOTHING, Array, narrowed
from archive.index.postings import laid_out
from archive.index.reading import Rows

CODED = ("language", "format")
"""Columns of words from a small vocabulary, which is kept beside the arrays."""
CLOSED = ("rating", "warning", "category", "complete", "language", "format", "crossover", "oneshot", "series-part")
BITS = ("warning", "category")
"""Closed fields of which a work may have several values: the column holds their bits, 0 is a value too."""
COMPLETE: tuple[bool | None, ...] = (False, True, None)
Words = dict[str, list[str]]
"""The vocabularies of coded columns."""
ANYBODY, MEMBERS = 1, 2
"""To whom a work is shown that is neither held nor binned; one that is has 0."""
NO, YES = 1, 2
"""Whether a work is a crossover; one without any fandom is neither, and has 0."""

_NUMBERS = ("words", "chapters", "kudos", "hits", "bookmarks", "comments", "published", "stated", "dated", "added")


def columns(rows: Rows, fandoms: Array, relationships: Array, in_series: Array) -> tuple[dict[str, Array], Words]:
    """The columns of works and the vocabularies of those that are coded.

    `fandoms` and `relationships` say how many each work names, `in_series` whether it stands in a series.
    """
    given = rows.numbers
    chapters = given["chapters"]
    average = np.where(chapters > 0, given["words"] // np.maximum(chapters, 1), NOTHING)
    found = {name: narrowed(given[name]) for name in _NUMBERS}
    found |= {"average": narrowed(average), "fandoms": narrowed(fandoms), "relationships": narrowed(relationships)}
    found |= {
        "rating": given["rating"].astype(np.uint8),
        "warning": given["warnings"].astype(np.uint8),
        "category": given["categories"].astype(np.uint8),
        "complete": given["complete"].astype(np.uint8),
        "crossover": np.minimum(fandoms, YES).astype(np.uint8),
        "oneshot": (given["planned"] == 1).astype(np.uint8),
        "series-part": in_series.astype(np.uint8),
    }
    vocabularies: Words = {}
    for name in CODED:
        vocabularies[name] = sorted(set(rows.words[name]))
        code = {word: place for place, word in enumerate(vocabularies[name])}
        found[name] = np.fromiter((code[word] for word in rows.words[name]), np.uint16, len(rows.words[name]))
    found = {f"column.{name}": column for name, column in found.items()}
    return {"ids": given["id"].astype(np.int64), **found}, vocabularies


def closed(found: dict[str, Array], shown: Array, common: int) -> dict[str, Array]:
    """Postings of every value of the closed fields, and of `shown`: to whom works are shown at all."""
    arrays = laid_out("closed.shown", *_pairs((whom, shown == whom) for whom in (ANYBODY, MEMBERS)), common)
    for name in CLOSED:
        column = found[f"column.{name}"]
        values = np.unique(column).tolist()
        if name in BITS:
            holding = [(1 << bit, column & (1 << bit) != 0) for bit in range(8)]
            pairs = [(0, column == 0), *holding]
        else:
            pairs = [(value, column == value) for value in values]
        arrays |= laid_out(f"closed.{name}", *_pairs(pairs), common)
    return arrays


def _pairs(holding: Iterable[tuple[int, Array]]) -> tuple[Array, Array, Array]:
    """Values that some work has, and pairs of a value's ordinal and a work's place."""
    kept = [(value, np.flatnonzero(mask)) for value, mask in holding if mask.any()]
    values = np.array([value for value, _ in kept], np.int64)
    ordinals = np.repeat(np.arange(len(kept)), np.array([len(works) for _, works in kept], np.int64))
    works = np.concatenate([works for _, works in kept]) if kept else np.empty(0, np.int64)
    return values, ordinals.astype(np.int64), works
