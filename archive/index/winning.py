"""The tags that can be among the commonest of a large result, found by intersecting whole sets, commoner tags first."""

from bisect import bisect_right

import numpy as np

from archive.index.borne import by_span
from archive.index.results import Result
from archive.index.tallies import EMPTY, Tally
from archive.index.tallying import late

_BLOCK = 16
_A_CALL, _A_SET, _A_MEMBER = 700, 4_000, 2
"""What things cost, in nanoseconds: a call, a set of bits against another, a member of a rare tag."""
_HOPE = 2
"""Tags that are needed still get fewer on the way: so many times what may be spent is not too much yet."""
_BITS = 16
"""A set is one of bits from a share of so many of the library on."""


def winners(result: Result, kind: int, number: int, known: Tally) -> Tally | None:
    """All tags of a kind that can be among the `number` commonest, `known` of changed works added, and one more if any.

    No later tag can win once its count in the whole base is less than the least that has won so far; what changes add
    to later tags is looked at by itself. None when counting rows of the matrix is the cheaper way.
    """
    at, end = result.part.kinds[kind : kind + 2]
    rare = result.part.rare(kind)
    budget = len(result.places) * result.part.arrays[f"matrix.{kind}"].shape[1] * result.part.sizes.cell
    found, least, needed, block = EMPTY, 0, end, max(_BLOCK, 2 * number)
    while at < needed:
        stop = min(at + block, needed, rare if at < rare else end)
        cost = _cost(result, at, stop, rare)
        if cost > budget:
            return None
        budget -= cost
        found = found.followed_by(_counted(result, at, stop, rare, known))
        at, block = stop, 2 * block
        if len(found.tags) > number:
            least = found.least(number)
            needed = _first_below(result, least, at, end)
            if _cost(result, at, needed, rare) > _HOPE * budget:
                return None
    later = int(np.searchsorted(known.tags, at))
    return found.followed_by(late(result, Tally(known.tags[later:], known.counts[later:]), least))


def _counted(result: Result, start: int, stop: int, rare: int, known: Tally) -> Tally:
    """Those of a span of tags that some work found bears."""
    counts = by_span(result, start, stop, rare)
    first, last = np.searchsorted(known.tags, (start, stop))
    counts[known.tags[first:last] - start] += known.counts[first:last]
    there = np.flatnonzero(counts)
    return Tally(start + there, counts[there])


def _first_below(result: Result, least: int, start: int, end: int) -> int:
    """The first tag of a span, commonest first, that has fewer works in the whole base."""
    counts = result.part.tags.counts
    return start + bisect_right(range(start, end), -least, key=lambda ordinal: -int(counts[ordinal]))


def _cost(result: Result, start: int, stop: int, rare: int) -> int:
    """About what counting a span of tags costs."""
    tags = result.part.tags
    last = max(start, min(stop, rare))
    looked_up = int(tags.starts[max(last, stop)] - tags.starts[last])
    counts = tags.counts[start:last]
    members = np.where(counts * _BITS < len(result.part), counts, _A_SET)
    return int(members.sum()) + (last - start) * _A_CALL + looked_up * _A_MEMBER
