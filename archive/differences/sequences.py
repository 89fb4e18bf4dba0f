"""The longest row of things that two sequences have in common, in their order: paragraphs of a text, words of one.

Hyyrö's way of finding it, in which a whole row of the table is one number: five thousand things against five thousand
take a few hundredths of a second, and there is no input for which it takes longer than its size.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Hashable, Iterator, Sequence
from typing import NamedTuple

MOST, LONGEST = 36_000_000, 40_000
"""Cells of the table, and things on one side, beyond which only what stands once on either side is matched."""


class Run(NamedTuple):
    """`old[a:b]` stands against `new[c:d]`; `same` when they are equal, else one was put in the place of the other."""

    same: bool
    a: int
    b: int
    c: int
    d: int


def runs(old: Sequence[Hashable], new: Sequence[Hashable]) -> list[Run]:
    """Both sequences from end to end as runs that are the same on both sides, and those that are not."""
    found: list[Run] = []
    at = to = 0
    for a, c, length in [*_lumped(matches(old, new)), (len(old), len(new), 0)]:
        if at < a or to < c:
            found.append(Run(False, at, a, to, c))
        if length:
            found.append(Run(True, a, a + length, c, c + length))
        at, to = a + length, c + length
    return found


def matches(old: Sequence[Hashable], new: Sequence[Hashable]) -> list[tuple[int, int]]:
    """Pairs of places with the same thing, growing on both sides, as many as there can be."""
    start, ends = 0, (len(old), len(new))
    while start < min(ends) and old[start] == new[start]:
        start += 1
    behind = 0
    while behind < min(ends) - start and old[-1 - behind] == new[-1 - behind]:
        behind += 1
    left, right = old[start : ends[0] - behind], new[start : ends[1] - behind]
    within = _exact(left, right) if _can_be_laid_out(len(left), len(right)) else _anchors(left, right)
    return [
        *((place, place) for place in range(start)),
        *((start + one, start + other) for one, other in within),
        *((ends[0] - place, ends[1] - place) for place in range(behind, 0, -1)),
    ]


def rising(numbers: Sequence[int]) -> list[int]:
    """The places of the longest row of growing numbers among them."""
    ends: list[int] = []
    at: list[int] = []
    before: list[int] = []
    for place, number in enumerate(numbers):
        length = bisect_left(ends, number)
        ends[length:] = [number] if length == len(ends) else [number, *ends[length + 1 :]]
        at[length:] = [place] if length == len(at) else [place, *at[length + 1 :]]
        before.append(at[length - 1] if length else -1)
    chosen: list[int] = []
    place = at[-1] if at else -1
    while place >= 0:
        chosen.append(place)
        place = before[place]
    return chosen[::-1]


def _can_be_laid_out(height: int, width: int) -> bool:
    return height * width <= MOST and max(height, width) <= LONGEST


def _exact(old: Sequence[Hashable], new: Sequence[Hashable]) -> list[tuple[int, int]]:
    """The table has a row for each thing of the longer side, and a bit for each of the shorter."""
    if len(old) < len(new):
        return [(one, other) for other, one in _exact(new, old)]
    where: dict[Hashable, int] = {}
    for place, thing in enumerate(new):
        where[thing] = where.get(thing, 0) | 1 << place
    full = (1 << len(new)) - 1
    row, rows = full, []
    for thing in old:
        same = row & where.get(thing, 0)
        row = ((row + same) | (row - same)) & full
        rows.append(row)
    return _traced(rows, len(new))


def _traced(rows: Sequence[int], width: int) -> list[tuple[int, int]]:
    """The way back through the table: a bit that is not set says that the row in common grows there."""
    found: list[tuple[int, int]] = []
    at, to = len(rows), width
    while at and to:
        if rows[at - 1] >> (to - 1) & 1:
            to -= 1
            continue
        at -= 1
        if not at or rows[at - 1] >> (to - 1) & 1:
            to -= 1
            found.append((at, to))
    return found[::-1]


def _anchors(old: Sequence[Hashable], new: Sequence[Hashable]) -> list[tuple[int, int]]:
    once = {thing for thing, count in Counter(old).items() if count == 1}
    once &= {thing for thing, count in Counter(new).items() if count == 1}
    where = {thing: place for place, thing in enumerate(new) if thing in once}
    pairs = [(place, where[thing]) for place, thing in enumerate(old) if thing in once]
    return [pairs[place] for place in rising([other for _, other in pairs])]


def _lumped(pairs: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int, int]]:
    """Pairs that follow each other on both sides as one."""
    start = 0
    for place in range(1, len(pairs) + 1):
        length = place - start
        first = pairs[start]
        if place == len(pairs) or pairs[place] != (first[0] + length, first[1] + length):
            yield *first, length
            start = place
