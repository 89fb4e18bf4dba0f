"""The names that changed works bear: they are few, and are read from the database once for every state of the index."""

from collections.abc import Collection, Iterator
from typing import NamedTuple

from archive.index.keys import PEOPLE
from archive.index.selecting import blocks
from archive.index.state import State

_TAGS = "SELECT id, coalesce(canonical_id, id), kind, key FROM archive_tag"
_PEOPLE = {kind: f"SELECT id, id, '{kind}', key FROM {table}" for kind, (_, table) in PEOPLE.items()}


class Changed(NamedTuple):
    """A name of a changed work, or one that stands for the same: its id, its canonical's and its key."""

    id: int
    head: int
    key: str


class Names(NamedTuple):
    """The changed names of one kind, and the ids of all of them and of their canonicals: whom not to look for in the
    base."""

    names: tuple[Changed, ...] = ()
    passed: frozenset[int] = frozenset()


def changed(state: State, kind: str) -> Names:
    """The names of a kind that changed works bear, and all that stand for the same."""
    known: dict[str, Names] | None = state.kept.get("names")
    if known is None:
        known = _read(state)
        state.kept["names"] = known
    return known.get(kind, Names())


def _read(state: State) -> dict[str, Names]:
    found: dict[str, dict[int, Changed]] = {}
    for pk, head, kind, key in _rows(state):
        found.setdefault(kind, {})[pk] = Changed(pk, head, key)
    return {
        kind: Names(tuple(names.values()), frozenset({one for name in names.values() for one in name[:2]}))
        for kind, names in found.items()
    }


def _rows(state: State) -> Iterator[tuple[int, int, str, str]]:
    delta = state.delta
    tags = sorted({*delta.raw.values.tolist(), *delta.tags.values.tolist()})
    yield from _some(_TAGS, "id", tags)
    yield from _some(_TAGS, "canonical_id", delta.tags.values.tolist())
    for kind, select in _PEOPLE.items():
        yield from _some(select, "id", getattr(delta, PEOPLE[kind][0]).values.tolist())


def _some(select: str, key: str, ids: Collection[int]) -> Iterator[tuple[int, int, str, str]]:
    for block in blocks(select, key, ids):
        yield from block
