"""How many works a reader may know of under each name, from the index: base and changes together, exactly."""

from collections import Counter, OrderedDict
from threading import Lock
from typing import Any
from weakref import WeakKeyDictionary

import numpy as np
from pyroaring import BitMap

from archive.access import Sight
from archive.index import seeing, sets
from archive.index.arrays import Array
from archive.index.keys import PEOPLE
from archive.index.part import Part
from archive.index.postings import Postings
from archive.index.state import State
from archive.index.tables import gathered

_MOST = 4
"""Readers' counts that are kept of a snapshot: 4 bytes a tag each."""
_SHARE = 16
"""Up to the library by this, the tags of works are counted one by one; above, the works of each tag are looked at."""
_tallied: WeakKeyDictionary[Part, OrderedDict[Any, Array]] = WeakKeyDictionary()
_lock = Lock()


class Seen:
    """What one reader sees of a state."""

    def __init__(self, state: State, sight: Sight) -> None:
        self.state, self.sight = state, sight
        self.base = seeing.listed(state.base, sight) - state.hidden_places
        self.delta = seeing.listed(state.delta, sight)

    def under(self, kind: str, head: int) -> int:
        """How many listed works are under a name."""
        sides = ((self.state.base, self.base), (self.state.delta, self.delta))
        return sum(_common(postings_of(part, kind), head, seen) for part, seen in sides)

    def carrying(self, tag: int) -> int:
        """How many listed works carry this very tag."""
        sides = ((self.state.base, self.base), (self.state.delta, self.delta))
        return sum(_common(part.raw, tag, seen) for part, seen in sides)

    def in_base(self, kind: str, name: int) -> int:
        """How many listed works that have not changed are under a name; of kind `raw`: how many carry this very tag."""
        return _common(self.state.base.raw if kind == "raw" else postings_of(self.state.base, kind), name, self.base)

    def languages(self) -> dict[str, int]:
        """The listed works in each language by its code; empty for works that state none."""
        found: Counter[str] = Counter()
        for part, seen in ((self.state.base, self.base), (self.state.delta, self.delta)):
            for code in part.closed["language"].values.tolist():
                found[part.word("language", code)] += _common(part.closed["language"], code, seen)
        return +found

    def counts(self, kind: str) -> tuple[Array, dict[int, int]]:
        """How many listed works are under every name: by its ordinal in the base, and by id where it has none there."""
        base, delta = self.state.parts
        changed = tallied(delta, kind, self.delta)
        names = postings_of(delta, kind).values
        places = postings_of(base, kind).places(names)
        known = places >= 0
        listed = self.sight.unruled  # one count serves every member with the same ceiling, whatever each avoids
        counts = _kept(base, listed, kind) - tallied(base, kind, seeing.listed(base, listed) - self.base)
        counts[places[known]] += changed[known]
        return counts, dict(zip(names[~known].tolist(), changed[~known].tolist(), strict=True))


def postings_of(part: Part, kind: str) -> Postings:
    """The works of each name of a kind."""
    found: Postings = getattr(part, PEOPLE[kind][0]) if kind in PEOPLE else part.tags
    return found


def _common(postings: Postings, value: int, seen: BitMap) -> int:
    ordinal = postings.ordinal(value)
    return 0 if ordinal is None else postings.of(ordinal).intersection_cardinality(seen)


def _kept(part: Part, sight: Sight, kind: str) -> Array:
    """The counts of a snapshot for one restriction: counted once, since that takes a moment."""
    table = kind if kind in PEOPLE else ""
    key = (table, *seeing.shelf(sight))
    with _lock:
        kept = _tallied.setdefault(part, OrderedDict())
        if (known := kept.get(key)) is not None:
            kept.move_to_end(key)
            return known
    found = tallied(part, kind, seeing.listed(part, sight))
    with _lock:
        kept[key] = found
        while len(kept) > _MOST:
            kept.popitem(last=False)
    return found


def tallied(part: Part, kind: str, seen: BitMap) -> Array:
    """How many of these works are under each ordinal: those that are not seen are counted, where they are fewer."""
    postings = postings_of(part, kind)
    if len(seen) * 2 > len(part):
        rest = part.everything - seen
        return postings.counts - _tallied_one_by_one(part, kind, rest)
    return _tallied_one_by_one(part, kind, seen)


def _tallied_one_by_one(part: Part, kind: str, seen: BitMap) -> Array:
    if kind in PEOPLE or len(seen) * _SHARE > len(part):
        return _tallied_by_postings(postings_of(part, kind), sets.mask(seen, len(part)))
    tags = gathered(part.arrays, "forward", sets.places(seen).astype(np.int64))
    return np.bincount(tags, minlength=len(part.tags)).astype(np.int32)


def _tallied_by_postings(postings: Postings, mask: Array) -> Array:
    """Every name has some work, so that none of the slices is empty."""
    if not len(postings):
        return np.zeros(0, np.int32)
    found: Array = np.add.reduceat(mask[postings.works], postings.starts[:-1], dtype=np.int32)
    return found
