"""The names that changed works bear: few, and laid out anew for every state of the index, most used first."""

import sys
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import chain
from typing import NamedTuple
from weakref import WeakKeyDictionary

import numpy as np

from archive.index.arrays import Array
from archive.index.graph import KINDS
from archive.index.keys import PEOPLE
from archive.index.part import Part
from archive.index.selecting import blocks
from archive.index.state import State
from archive.names.seen import postings_of

_END = "\n"
"""Stands round every name; folded names have none inside."""


class Changed(NamedTuple):
    """A name of a changed work, or one that stands for the same: its canonical's id (or its own), its own, its key."""

    head: int
    id: int
    key: str


class Names:
    """The changed names of one kind, in the order of how many works can be under their heads; those of one together."""

    def __init__(self, heads: Array, ids: Array, keys: Sequence[str], bounds: Array) -> None:
        order = np.lexsort((ids, heads, -bounds))
        self._heads, self._ids = heads[order].tolist(), ids[order].tolist()
        self._keys = [keys[at] for at in order.tolist()]
        self.bounds: dict[int, int] = dict(zip(self._heads, bounds[order].tolist(), strict=True))
        """By head, how many works are under it, whoever may see them: some of them twice."""
        self.passed = frozenset(self._heads).union(self._ids)
        """The ids of all and of their canonicals: whom not to look for in the base."""
        self._text = _END.join(["", *self._keys, ""])
        lengths = np.fromiter(map(len, self._keys), np.int64, len(order)) + 1
        self._starts = [0, *np.cumsum(lengths).tolist()]

    def having(self, letters: str, *, exactly: bool) -> Iterator[Changed]:
        """Those that have these letters somewhere, or that are just these letters."""
        letters = f"{_END}{letters}{_END}" if exactly else letters
        at = self._text.find(letters)
        while 0 <= at < self._starts[-1]:
            place = bisect_right(self._starts, at) - 1
            yield self._name(place)
            at = self._text.find(letters, self._starts[place + 1])

    def own(self) -> list[Changed]:
        """Those that stand for themselves."""
        same = zip(self._heads, self._ids, strict=True)
        return [self._name(place) for place, (head, own) in enumerate(same) if head == own]

    def _name(self, place: int) -> Changed:
        return Changed(self._heads[place], self._ids[place], self._keys[place])


class _Known:
    """What was read of tags beside one base: names never change, and a tag that becomes a synonym is a changed one.

    It holds no tuples and few lists, since what thousands of these cost is their being looked through as garbage.
    """

    def __init__(self) -> None:
        self.kinds: dict[int, str] = {}
        self.keys: dict[int, str] = {}
        self.synonyms: dict[int, list[int]] = {}
        """Those of the heads that have any."""
        self._heads: set[int] = set()

    def read(self, tags: set[int], heads: list[int]) -> None:
        """Look up the tags that are not known yet, and the synonyms of heads."""
        for block in blocks("SELECT id, kind, key FROM archive_tag", "id", tags - self.keys.keys()):
            for pk, kind, key in block:
                self.kinds[pk], self.keys[pk] = sys.intern(kind), key
        missing = set(heads) - self._heads
        for block in blocks("SELECT id, canonical_id, kind, key FROM archive_tag", "canonical_id", missing):
            for pk, head, kind, key in block:
                self.synonyms.setdefault(head, []).append(pk)
                self.kinds[pk], self.keys[pk] = sys.intern(kind), key
        self._heads |= missing


_known: WeakKeyDictionary[Part, _Known] = WeakKeyDictionary()


def changed(state: State, kind: str) -> Names:
    """The names of a kind that changed works bear, and all that stand for the same."""
    known: Names | None = state.kept.get(("names", kind))
    if known is None:
        found = {kind: _people(state, kind)} if kind in PEOPLE else _tags(state)
        for one, (heads, ids, keys) in found.items():
            state.kept["names", one] = Names(heads, ids, keys, _bounds(state, one, heads))
        known = state.kept["names", kind]
    return known


_Read = tuple[Array, Array, Sequence[str]]
"""Heads, ids and keys of some names."""


def _people(state: State, kind: str) -> _Read:
    """Authors or series: they may be called otherwise since, and are read each time."""
    values, table = PEOPLE[kind]
    rows = blocks(f"SELECT id, key FROM {table}", "id", getattr(state.delta, values).values.tolist())
    keys = dict(chain.from_iterable(rows))
    ids = np.fromiter(keys, np.int64, len(keys))
    return ids, ids, list(keys.values())


def _tags(state: State) -> dict[str, _Read]:
    heads = state.delta.tags.values.tolist()
    stand_for = dict(zip(heads, heads, strict=True)) | _folded(state.delta)
    known = _known.setdefault(state.base, _Known())
    known.read(set(stand_for), heads)
    known_heads = known.synonyms.keys() & heads
    stand_for = {synonym: head for head in known_heads for synonym in known.synonyms[head]} | stand_for
    there = [tag for tag in stand_for if tag in known.keys]  # one that is not has gone a moment ago
    ids = np.fromiter(there, np.int64, len(there))
    into = np.fromiter(map(stand_for.__getitem__, there), np.int64, len(there))
    kinds, keys = ([told[tag] for tag in there] for told in (known.kinds, known.keys))
    return {kind: _of_kind(kind, kinds, (into, ids, keys)) for kind in KINDS}


def _of_kind(kind: str, kinds: Sequence[str], read: _Read) -> _Read:
    heads, ids, keys = read
    here = [at for at, one in enumerate(kinds) if one == kind]
    return heads[here], ids[here], [keys[at] for at in here]


def _folded(part: Part) -> dict[int, int]:
    """The canonical of every tag that a work carries, or the tag itself: what it was first folded into."""
    tags, first = np.unique(part.arrays["folding.tags"], return_index=True)
    return dict(zip(tags.tolist(), part.arrays["folding.into"][first].tolist(), strict=True))


def _bounds(state: State, kind: str, heads: Array) -> Array:
    """How many works are under each head in base and delta."""
    both = (postings_of(part, kind) for part in state.parts)
    bounds = np.zeros(len(heads), np.int64)
    for postings in both:
        bounds += there(postings.counts, postings.places(heads))
    return bounds


def there(counts: Array, ordinals: Array) -> Array:
    """The counts of some ordinals; 0 where there is none."""
    return np.where(ordinals >= 0, counts[ordinals], 0) if len(counts) else np.zeros(len(ordinals), np.int64)
