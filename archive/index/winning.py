"""The tags that can be among the commonest of a large result, found by intersecting whole sets, commoner tags first."""

from dataclasses import dataclass
from heapq import heappush, heapreplace

import numpy as np

from archive.index.arrays import Sizes
from archive.index.changed import Changed
from archive.index.results import Result
from archive.index.tallies import Tally

_A_CALL, _A_MEMBER, _A_CELL, _A_SET = 2_000, 1, 6, 130_000
"""What things cost, in nanoseconds: a call, a member of a sparse set, a cell of the matrix; and the members at which a
set becomes no dearer, since it is one of bits."""


@dataclass(slots=True)
class Budget:
    """What may be spent on intersections before counting rows of the matrix is the cheaper way."""

    left: int

    @classmethod
    def of(cls, size: int, sizes: Sizes) -> "Budget":
        """As much as the rows of so many works cost."""
        return cls(size * sizes.width * _A_CELL)


def candidates(result: Result, kind: int, number: int, changed: Changed, budget: Budget) -> Tally | None:
    """All tags of a kind that can be among the `number` commonest, changes added; None when it costs too much.

    No later tag can win once its count in the whole base, and the most that changes add, is less than the least that
    has won so far.
    """
    part, found = result.part, result.places
    start, end = part.arrays["kinds"][kind : kind + 2].tolist()
    counts = part.tags.counts
    added = dict(zip(changed.known.tags.tolist(), changed.known.counts.tolist(), strict=True))
    extra = max(added.values(), default=0)
    best: list[int] = sorted(changed.strangers.counts.tolist())[-number:]
    tags, numbers = [], []
    for ordinal in range(start, end):
        bound = int(counts[ordinal])
        if len(best) == number and best[0] > bound + extra:
            break
        budget.left -= _A_CALL + min(bound, _A_SET) * _A_MEMBER
        if budget.left < 0:
            return None
        total = found.intersection_cardinality(part.tags.of(ordinal)) + added.get(ordinal, 0)
        if total:
            tags.append(ordinal)
            numbers.append(total)
            _noted(best, total, number)
    return Tally(np.array(tags, np.int64), np.array(numbers, np.int64))


def _noted(best: list[int], total: int, number: int) -> None:
    """Keep the highest numbers, the least of them first."""
    if len(best) < number:
        heappush(best, total)
    elif total > best[0]:
        heapreplace(best, total)
