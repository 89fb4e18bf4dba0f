"""Tallies: some tags of one kind, each with the number of works that bear it."""

from typing import NamedTuple

import numpy as np

from archive.index.arrays import Array

_DENSE = 8


class Tally(NamedTuple):
    """Tags and their numbers, side by side."""

    tags: Array
    counts: Array

    def least(self, number: int) -> int:
        """The least count among the `number` highest, 0 when there are fewer."""
        if len(self.counts) < number:
            return 0
        return int(np.partition(self.counts, -number)[-number])

    def at_least(self, count: int) -> "Tally":
        """The tags with so many works or more."""
        enough = self.counts >= count
        return Tally(self.tags[enough], self.counts[enough])

    def followed_by(self, other: "Tally") -> "Tally":
        """Both, of which no tag is in the other."""
        if not len(other.tags):
            return self
        return Tally(np.concatenate([self.tags, other.tags]), np.concatenate([self.counts, other.counts]))


EMPTY = Tally(np.empty(0, np.int64), np.empty(0, np.int64))


def tallied(tags: Array, highest: int) -> Tally:
    """How often each tag stands in an array of numbers below `highest`; in ascending order of tags."""
    if len(tags) * _DENSE > highest:
        counts = np.bincount(tags)
        there = np.flatnonzero(counts)
        return Tally(there, counts[there])
    ordered = np.sort(tags)
    begins = np.flatnonzero(np.concatenate([[True], ordered[1:] != ordered[:-1]])) if len(tags) else ordered
    return Tally(ordered[begins], np.diff(np.append(begins, len(ordered))))


def summed(first: Tally, second: Tally) -> Tally:
    """Both tallies as one; the first one's tags ascend."""
    if not len(second.tags) or not len(first.tags):
        return first if len(first.tags) else second
    at = np.minimum(np.searchsorted(first.tags, second.tags), len(first.tags) - 1)
    known = first.tags[at] == second.tags
    counts = first.counts.copy()
    counts[at[known]] += second.counts[known]
    return Tally(first.tags, counts).followed_by(Tally(second.tags[~known], second.counts[~known]))


def commonest(tally: Tally, number: int) -> list[tuple[int, int]]:
    """The commonest tags of a tally of ids, most first, ties by id."""
    if len(tally.tags) > number:
        tally = tally.at_least(tally.least(number))
    order = np.lexsort((tally.tags, -tally.counts))[:number]
    return list(zip(tally.tags[order].tolist(), tally.counts[order].tolist(), strict=True))
