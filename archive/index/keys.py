"""Reading names for a snapshot: what tags, authors and series are called, in the order of their keys."""

from dataclasses import dataclass
from itertools import chain

import numpy as np

from archive.index.arrays import Array, Arrays
from archive.index.graph import KINDS
from archive.index.naming import Named, laid_out
from archive.index.selecting import blocks

PEOPLE = {"author": ("authors", "archive_author"), "series": ("series", "archive_series")}
"""Postings and table of what is not tagged."""


@dataclass(frozen=True, slots=True)
class Keys:
    """Ids, canonicals (own id for others) and keys of one kind, in the order of the keys."""

    ids: Array
    heads: Array
    keys: tuple[str, ...]


def read() -> dict[str, Keys]:
    """All names there are, by kind."""
    tags = "SELECT id, coalesce(canonical_id, id), key FROM archive_tag WHERE kind = '{}' ORDER BY key, id"
    others = "SELECT id, id, key FROM {} ORDER BY key, id"
    found = {kind: _read(tags.format(kind)) for kind in KINDS}
    return found | {kind: _read(others.format(table)) for kind, (_, table) in PEOPLE.items()}


def _read(select: str) -> Keys:
    ids, heads, keys = (
        zip(*rows, strict=True) if (rows := list(chain.from_iterable(blocks(select, "id", None)))) else ((), (), ())
    )
    return Keys(np.array(ids, np.int64), np.array(heads, np.int64), keys)


def named(found: dict[str, Keys], arrays: Arrays) -> dict[str, Array]:
    """The arrays of all names that some work of a part bears, its other arrays being these."""
    made: dict[str, Array] = {}
    for kind, keys in found.items():
        postings = PEOPLE[kind][0] if kind in PEOPLE else "tags"
        weights = _weights(
            keys.heads, arrays[f"{postings}.sorted"], arrays[f"{postings}.counts"][arrays[f"{postings}.sorting"]]
        )
        borne = weights > 0
        if kind in KINDS:
            borne &= (keys.ids == keys.heads) | np.isin(keys.ids, arrays["raw.values"])
        kept = np.flatnonzero(borne)
        some = [keys.keys[at] for at in kept.tolist()]
        made |= laid_out(kind, Named(keys.ids[kept], keys.heads[kept], weights[kept], some))
    return made


def _weights(heads: Array, ids: Array, counts: Array) -> Array:
    """How many works are under each head: what stands beside it in sorted ids, 0 where it is not among them."""
    if not len(ids):
        return np.zeros(len(heads), np.int64)
    at = np.minimum(np.searchsorted(ids, heads), len(ids) - 1)
    return np.where(ids[at] == heads, counts[at], 0)
