"""Works like another one, from the index: the same as `plain.like` finds, by `archive.index.likeness`."""

from typing import NamedTuple

import numpy as np
from pyroaring import BitMap

from archive.access import Sight
from archive.index import seeing, sets
from archive.index.likeness import MOST, likest, weights
from archive.index.part import Part
from archive.index.state import State
from archive.index.tables import gathered


class _Side(NamedTuple):
    """A part, and those of its works that the reader may see."""

    part: Part
    seen: BitMap

    def bearing(self, tag: int) -> BitMap:
        """The works of a tag."""
        return self.part.tags.bearing([tag]) & self.seen

    def tags_of(self, work: int) -> list[int]:
        """The folded tags of a work; none when it is not seen here."""
        place = sets.places(self.part.places(BitMap([work])) & self.seen)
        if not len(place):
            return []
        ordinals = gathered(self.part.arrays, "forward", place.astype(np.int64))
        return [int(tag) for tag in self.part.tags.values[ordinals]]


def like(state: State, sight: Sight, work: int) -> tuple[int, ...]:
    """The works that are likest to a work, best first; none when it is not listed."""
    base = _Side(state.base, seeing.listed(state.base, sight) - state.base.places(state.hidden))
    delta = _Side(state.delta, seeing.listed(state.delta, sight))
    carriers = {tag: (base.bearing(tag), delta.bearing(tag)) for tag in base.tags_of(work) or delta.tags_of(work)}
    number = len(base.seen) + len(delta.seen)
    weighed = weights({tag: len(here) + len(there) for tag, (here, there) in carriers.items()}, number)
    scores: dict[int, int] = {}
    for side, at in ((base, 0), (delta, 1)):
        scores |= _best(side.part, [(carriers[tag][at], weight) for tag, weight in weighed.items()], work)
    return likest(scores)


def _best(part: Part, weighed: list[tuple[BitMap, int]], work: int) -> dict[int, int]:
    """The highest scores in a part by id, with all that tie for the last place."""
    scores = np.zeros(len(part), np.int64)
    for works, weight in weighed:
        scores[sets.places(works)] += weight
    scores[sets.places(part.places(BitMap([work])))] = 0
    places = np.flatnonzero(scores)
    if len(places) > MOST:
        last = np.partition(scores[places], -MOST)[-MOST]
        places = places[scores[places] >= last]
    return dict(zip(part.ids[places].tolist(), scores[places].tolist(), strict=True))
