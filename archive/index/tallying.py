"""Counting the tags of works one by one, or from rows of the matrix of common tags."""

from itertools import pairwise
from typing import NamedTuple

import numpy as np

from archive.index import sets
from archive.index.arrays import Array
from archive.index.results import Result
from archive.index.tables import gathered
from archive.index.tallies import Tally, tallied


class Tallied(NamedTuple):
    """Tags of one kind in a result by ordinal, ascending; and how many more there are that only one work bears."""

    tally: Tally
    single: int = 0


def gathered_by_kind(result: Result) -> list[Tally]:
    """Every tag of every work found, by kind."""
    part = result.part
    ordinals = gathered(part.arrays, "forward", sets.places(result.places))
    return _by_kind(tallied(ordinals, len(part.tags)), part.arrays["kinds"])


def _by_kind(tally: Tally, kinds: Array) -> list[Tally]:
    cuts = np.searchsorted(tally.tags, kinds)
    return [Tally(tally.tags[a:b], tally.counts[a:b]) for a, b in pairwise(cuts.tolist())]


def from_matrix(result: Result) -> list[Tallied]:
    """Common tags from the matrix, rarer ones from the table of the rest, those of a single work merely as a number."""
    part, places = result.part, sets.places(result.places)
    arrays = part.arrays
    starts, kinds = arrays["codes.kinds"], arrays["kinds"]
    counts = np.bincount(arrays["matrix"].take(places, axis=0).reshape(-1), minlength=int(starts[-1]) + 1)
    counts += np.bincount(gathered(arrays, "overflow", places), minlength=len(counts))
    rest = _by_kind(tallied(gathered(arrays, "rest", places), len(part.tags)), kinds)
    found = []
    for kind, outside in enumerate(rest):
        common = counts[starts[kind] + 1 : starts[kind + 1] + 1]
        there = np.flatnonzero(common)
        tally = Tally(*map(np.concatenate, zip(Tally(there + kinds[kind], common[there]), outside, strict=True)))
        found.append(Tallied(tally, int(arrays["singles"][kind].take(places).sum())))
    return found
