"""Tallies: some tags of one kind, each with the number of works that bear it."""

from typing import NamedTuple

import numpy as np

from archive.index.arrays import Array

_DENSE = 8


class Tally(NamedTuple):
    """Tags and their numbers, side by side."""

    tags: Array
    counts: Array

    def ordered(self) -> "Tally":
        """In ascending order of tags."""
        order = np.argsort(self.tags)
        return Tally(self.tags[order], self.counts[order])


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
    """Both tallies as one, in ascending order of tags."""
    if not len(second.tags):
        return first
    tags, places = np.unique(np.concatenate([first.tags, second.tags]), return_inverse=True)
    return Tally(tags, np.bincount(places, np.concatenate([first.counts, second.counts]), len(tags)).astype(np.int64))


def commonest(tally: Tally, number: int) -> list[tuple[int, int]]:
    """The commonest tags of a tally of ids, most first, ties by id."""
    if len(tally.tags) > number:
        least = np.partition(tally.counts, -number)[-number]
        enough = tally.counts >= least
        tally = Tally(tally.tags[enough], tally.counts[enough])
    order = np.lexsort((tally.tags, -tally.counts))[:number]
    return list(zip(tally.tags[order].tolist(), tally.counts[order].tolist(), strict=True))
