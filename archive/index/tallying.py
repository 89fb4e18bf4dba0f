"""Counting the tags of works one by one, or from rows of the matrices of common tags."""

from itertools import pairwise

import numpy as np

from archive.index.arrays import Array
from archive.index.borne import by_each
from archive.index.results import Result
from archive.index.tables import gathered
from archive.index.tallies import EMPTY, Tally, tallied

_HEAD = 256
_NARROW = 4
"""Columns of a matrix up to which its empty cells are counted with the others; most cells of a wider one are empty."""


def gathered_by_kind(result: Result) -> list[Tally]:
    """Every tag of every work found, by kind, ascending."""
    part = result.part
    tally = tallied(gathered(part.arrays, "forward", result.array), len(part.tags))
    cuts = np.searchsorted(tally.tags, part.kinds)
    return [Tally(tally.tags[a:b], tally.counts[a:b]) for a, b in pairwise(cuts.tolist())]


def from_rows(result: Result, kind: int, number: int, known: Tally) -> Tally | None:
    """All tags of a kind that can be among the `number` commonest, `known` of changed works added, and one more if any.

    None when rare tags, which have no code, can be among them.
    """
    start, end = result.part.kinds[kind : kind + 2]
    counts = _by_code(result, kind)
    cut = int(np.searchsorted(known.tags, start + len(counts)))
    counts[known.tags[:cut] - start] += known.counts[:cut]
    least = _least(counts, number + 1)
    there = np.flatnonzero(counts >= max(1, least))
    tally = Tally(start + there, counts[there])
    if start + len(counts) == end:
        return tally
    bound = int(result.part.tags.counts[start + len(counts)])
    if not least or tally.least(number) <= bound:
        return None
    return tally.followed_by(late(result, Tally(known.tags[cut:], known.counts[cut:]), least))


def late(result: Result, known: Tally, least: int) -> Tally:
    """Of tags on changed works, counted there, those that may bear as many as `least` in all: with these counts."""
    if not len(known.tags):
        return EMPTY
    most = known.counts + result.part.tags.counts[known.tags]
    some = Tally(known.tags[most >= least], known.counts[most >= least])
    return Tally(some.tags, some.counts + by_each(result, some.tags)) if len(some.tags) else EMPTY


def _least(counts: Array, number: int) -> int:
    """A count that at least `number` tags have, looked for among the first; 0 when too few have any."""
    head = counts[: max(_HEAD, 2 * number)]
    for some in (head, counts):
        if len(some) >= number and (least := int(np.partition(some, -number)[-number])):
            return least
    return 0


def _by_code(result: Result, kind: int) -> Array:
    """How many works found have each code of a kind, which begin at 1."""
    part, arrays = result.part, result.part.arrays
    start, end = part.kinds[kind : kind + 2]
    size = min(end - start, part.sizes.codes) + 1
    cells = arrays[f"matrix.{kind}"].take(result.array, axis=0)
    cells = cells[cells > 0] if cells.shape[1] > _NARROW else cells.reshape(-1)
    works = arrays[f"overflow.{kind}.works"]
    if len(works):
        cells = np.concatenate([cells, arrays[f"overflow.{kind}.codes"].compress(result.mask.take(works))])
    return np.bincount(cells, minlength=size)[1:]
