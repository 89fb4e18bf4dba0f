"""Which tags stand on any work of a large result: their works are looked at in turn, until one is found there."""

import numpy as np

from archive.index import sets
from archive.index.arrays import Array
from archive.index.results import Result

_ROUNDS = 24


def present(result: Result) -> Array:
    """For every tag of the base by ordinal, whether some work of the result bears it.

    In a large result most tags are found at their first work or two. Those that are left after some rounds have all
    their works looked at.
    """
    tags, mask = result.part.tags, sets.mask(result.places, len(result.part))
    works, starts, ends = tags.works, tags.starts[:-1], tags.starts[1:]
    there = mask[works[starts]]
    left = np.flatnonzero(~there & (ends - starts > 1))
    for step in range(1, _ROUNDS):
        if not len(left):
            return there
        found = mask[works[starts[left] + step]]
        there[left[found]] = True
        left = left[~found]
        left = left[ends[left] - starts[left] > step + 1]
    return _looked_through(there, left, result, mask)


def _looked_through(there: Array, left: Array, result: Result, mask: Array) -> Array:
    tags = result.part.tags
    for ordinal in left.tolist():
        there[ordinal] = bool(mask[tags.members(ordinal)].any())
    return there
