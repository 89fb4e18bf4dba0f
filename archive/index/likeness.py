"""How much a shared tag tells of two works: the rarer it is, the more. Whole numbers, so that every sum is exact."""

import math
from collections.abc import Mapping

MOST = 10
"""Works that are likened to one."""
_EACH = 20
_FEW = 50


def tells(carriers: int, works: int) -> bool:
    """Whether a tag that so many of a reader's works carry tells anything: not when it is everywhere.

    One work in twenty may carry it, and any fifty works.
    """
    return 1 < carriers <= max(_FEW, works // _EACH)


def weight(carriers: int, works: int) -> int:
    """What two works have in common that both carry a tag, in thousandths of a bit: log2(works / carriers)."""
    return round(1000 * (math.log2(works) - math.log2(carriers)))


def weights(carriers: Mapping[int, int], works: int) -> dict[int, int]:
    """The weights of those tags that tell something. All numbers are of the works on one reader's shelves.

    Tags are folded: a work carries the canonicals of its tags, and every metatag above them.
    """
    return {tag: weight(number, works) for tag, number in carriers.items() if tells(number, works)}


def likest(scores: Mapping[int, int], most: int = MOST) -> tuple[int, ...]:
    """The works of the highest scores (sums of weights), ties by id; a work that has nothing in common is none."""
    found = sorted((-score, work) for work, score in scores.items() if score > 0)
    return tuple(work for _, work in found[:most])
