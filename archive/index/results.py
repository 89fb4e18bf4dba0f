"""Results: the works that a question finds, in the base and in what has changed since."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from pyroaring import BitMap

from archive import visible
from archive.access import Sight
from archive.browse import WORDS, BrowseQuery, Group
from archive.index import sets
from archive.index.answers import asked
from archive.index.arrays import Array
from archive.index.filter import View, matching, view
from archive.index.meaning import meanings
from archive.index.part import Part
from archive.index.state import State

NONE = BitMap()


@dataclass(frozen=True)
class Result:
    """What was found in one part."""

    view: View
    places: BitMap

    @property
    def part(self) -> Part:
        """The part."""
        return self.view.part

    @cached_property
    def array(self) -> Array:
        """The places as an array, ascending."""
        return sets.places(self.places)

    @cached_property
    def mask(self) -> Array:
        """The places as one truth value a work."""
        return sets.mask(self.places, len(self.part))

    @property
    def ids(self) -> Array:
        """The ids of the works found, ascending."""
        return self.part.ids[self.array]


Results = tuple[Result, Result]
"""In the base, and in what has changed since: no work is in both."""


def results(state: State, sight: Sight, query: BrowseQuery) -> Results:
    """What a question finds."""
    base, delta = views(state, sight, query)
    return found(state, (base, delta), asked(query))


def found(state: State, views: tuple[View, View], groups: tuple[Group, ...]) -> Results:
    """What some groups find in the parts that a reader sees."""
    known = meanings(state, (one.term for group in groups for one in group))
    base, delta = (Result(one, matching(one, groups, known) if len(one.part) else NONE) for one in views)
    return base, delta


def views(state: State, sight: Sight, query: BrowseQuery) -> tuple[View, View]:
    """Both parts as a reader sees them."""
    agreed = BitMap(visible.agreed(sight)) if sight.reader.agreed and _worded(asked(query)) else NONE
    return view(state.base, sight, state.hidden_places, agreed), view(state.delta, sight, NONE, agreed)


def _worded(groups: Iterable[Group]) -> bool:
    return any(one.term.field in WORDS for group in groups for one in group)


def ids(results: Results) -> Array:
    """The ids of all works found, in no particular order."""
    base, delta = results
    return np.concatenate([base.ids, delta.ids]) if delta.places else base.ids
