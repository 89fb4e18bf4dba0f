"""What changed works add to the facets of the base: their tags, named as the base names them."""

from itertools import pairwise
from typing import NamedTuple

import numpy as np

from archive.index.arrays import Array
from archive.index.graph import KINDS
from archive.index.results import Result
from archive.index.state import State
from archive.index.tables import gathered
from archive.index.tallies import EMPTY, Tally


class Changed(NamedTuple):
    """Tags of one kind on changed works."""

    known: Tally
    """Those that some work of the base bears, by their ordinal there, ascending."""
    strangers: Tally
    """Those that none does, by id."""


def changed_by_kind(state: State, delta: Result) -> list[Changed]:
    """The tags of the changed works that were found, by kind."""
    if not delta.places:
        return [Changed(EMPTY, EMPTY)] * len(KINDS)
    part = delta.part
    ordinals = _ordinals(state)
    counts = np.bincount(gathered(part.arrays, "forward", delta.array), minlength=len(part.tags))
    found = []
    for kind, (start, end) in enumerate(pairwise(part.kinds)):
        borne = start + np.flatnonzero(counts[start:end])
        found.append(_named(Tally(borne, counts[borne]), state, ordinals[borne], state.base.kinds[kind : kind + 2]))
    return found


def _named(tally: Tally, state: State, ordinals: Array, span: list[int]) -> Changed:
    there = (ordinals >= span[0]) & (ordinals < span[1])
    order = np.argsort(ordinals[there])
    known = Tally(ordinals[there][order], tally.counts[there][order])
    return Changed(known, Tally(state.delta.tags.values[tally.tags[~there]], tally.counts[~there]))


def _ordinals(state: State) -> Array:
    """What each tag of the changed works is in the base, -1 where it is not."""
    known: Array | None = state.kept.get("ordinals")
    if known is None:
        known = state.base.tags.places(state.delta.tags.values)
        state.keep("ordinals", known)
    return known
