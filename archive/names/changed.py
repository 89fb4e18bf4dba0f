"""The names that changed works bear: few, and laid out anew for every state of the index, most used first."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from itertools import accumulate
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

    def __init__(self, names: Iterable[Changed] = (), bounds: Mapping[int, int] | None = None) -> None:
        self.bounds = bounds or {}
        """By head, how many works are under it, whoever may see them: some of them twice."""
        self.names = sorted(names, key=lambda name: (-self.bounds[name.head], name))
        self.passed = frozenset(one for name in self.names for one in name[:2])
        """The ids of all and of their canonicals: whom not to look for in the base."""
        self._text = _END.join(["", *(name.key for name in self.names), ""])
        self._starts = list(accumulate((len(name.key) + 1 for name in self.names), initial=0))

    def having(self, letters: str, *, exactly: bool) -> Iterator[Changed]:
        """Those that have these letters somewhere, or that are just these letters."""
        letters = f"{_END}{letters}{_END}" if exactly else letters
        at = self._text.find(letters)
        while 0 <= at < self._starts[-1]:
            place = bisect_right(self._starts, at) - 1
            yield self.names[place]
            at = self._text.find(letters, self._starts[place + 1])

    def own(self) -> list[Changed]:
        """Those that stand for themselves."""
        return [name for name in self.names if name.id == name.head]


class _Known:
    """What was read of tags beside one base: names never change, and a tag that becomes a synonym is a changed one."""

    def __init__(self) -> None:
        self.keys: dict[int, tuple[str, str]] = {}
        """Kind and key by id."""
        self.synonyms: dict[int, list[int]] = {}

    def read(self, tags: set[int], heads: list[int]) -> None:
        """Look up the tags that are not known yet, and the synonyms of heads."""
        for block in blocks("SELECT id, kind, key FROM archive_tag", "id", tags - self.keys.keys()):
            self.keys.update((pk, (kind, key)) for pk, kind, key in block)
        missing = [head for head in heads if head not in self.synonyms]
        found: dict[int, list[int]] = {head: [] for head in missing}
        for block in blocks("SELECT id, canonical_id, kind, key FROM archive_tag", "canonical_id", missing):
            for pk, head, kind, key in block:
                found[head].append(pk)
                self.keys[pk] = kind, key
        self.synonyms.update(found)


_known: WeakKeyDictionary[Part, _Known] = WeakKeyDictionary()


def changed(state: State, kind: str) -> Names:
    """The names of a kind that changed works bear, and all that stand for the same."""
    known: Names | None = state.kept.get(("names", kind))
    if known is None:
        found = {kind: _people(state, kind)} if kind in PEOPLE else _tags(state)
        for one, names in found.items():
            state.kept["names", one] = Names(names, _bounds(state, one, {name.head for name in names}))
        known = state.kept["names", kind]
    return known


def _people(state: State, kind: str) -> list[Changed]:
    """Authors or series: they may be called otherwise since, and are read each time."""
    values, table = PEOPLE[kind]
    ids = getattr(state.delta, values).values.tolist()
    read = blocks(f"SELECT id, id, key FROM {table}", "id", ids)
    return [Changed(*row) for block in read for row in block]


def _tags(state: State) -> dict[str, list[Changed]]:
    heads = state.delta.tags.values.tolist()
    stand_for = {head: head for head in heads} | _folded(state.delta)
    known = _known.setdefault(state.base, _Known())
    known.read(set(stand_for), heads)
    stand_for = {synonym: head for head in heads for synonym in known.synonyms[head]} | stand_for
    found: dict[str, list[Changed]] = {kind: [] for kind in KINDS}
    for tag, head in stand_for.items():
        if tag in known.keys:  # else it has gone a moment ago
            kind, key = known.keys[tag]
            found[kind].append(Changed(head, tag, key))
    return found


def _folded(part: Part) -> dict[int, int]:
    """The canonical of every tag that a work carries, or the tag itself: what it was first folded into."""
    tags, first = np.unique(part.arrays["folding.tags"], return_index=True)
    return dict(zip(tags.tolist(), part.arrays["folding.into"][first].tolist(), strict=True))


def _bounds(state: State, kind: str, heads: set[int]) -> dict[int, int]:
    wanted = np.fromiter(heads, np.int64, len(heads))
    bounds: Array = np.zeros(len(wanted), np.int64)
    for part in state.parts:
        postings = postings_of(part, kind)
        bounds += there(postings.counts, postings.places(wanted))
    return dict(zip(wanted.tolist(), bounds.tolist(), strict=True))


def there(counts: Array, ordinals: Array) -> Array:
    """The counts of some ordinals; 0 where there is none."""
    return np.where(ordinals >= 0, counts[ordinals], 0) if len(counts) else np.zeros(len(ordinals), np.int64)
