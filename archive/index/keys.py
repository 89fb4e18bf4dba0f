"""Reading names for a snapshot: what tags, authors and series are called, in the order of their keys."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

import numpy as np

from archive.index.arrays import Array, Arrays
from archive.index.graph import KINDS
from archive.index.listed import at_once, decoded
from archive.index.naming import Named, laid_out

PEOPLE = {"author": ("authors", "archive_author"), "series": ("series", "archive_series")}
"""Postings and table of what is not tagged."""


@dataclass(frozen=True, slots=True)
class Keys:
    """Ids and canonicals (own id for others) of one kind in the order of their keys, and these as a JSON list."""

    ids: Array
    heads: Array
    keys: str


def read() -> dict[str, Keys]:
    """All names there are, by kind."""
    rows = "archive_tag WHERE canonical_id IS NOT NULL ORDER BY id"
    synonyms, canonicals = at_once(rows, ("id", "canonical_id")).numbers
    others = {kind: _read(table) for kind, (_, table) in PEOPLE.items()}
    for kind in KINDS:
        found = _read(f"archive_tag WHERE kind = '{kind}'")
        heads = _beside(found.ids, synonyms, canonicals)
        others[kind] = replace(found, heads=np.where(heads > 0, heads, found.ids))
    return others


def _read(rows: str) -> Keys:
    """Names that all stand for themselves. SQLite has keys and ids in one index, and never looks at the rows."""
    found = at_once(f"{rows} ORDER BY key, id", ("id",), ("key",))
    ids = found.numbers[0].astype(np.int64)
    return Keys(ids, ids, found.words[0])


def named(found: Mapping[str, Keys], arrays: Arrays) -> Iterator[tuple[str, Array]]:
    """The arrays of all names that some work of a part bears, laid out kind by kind as they are asked for.

    Its other arrays, which say who is borne, are looked into at once and may be forgotten.
    """
    weights = {kind: _weights(kind, names, arrays) for kind, names in found.items()}
    return _laid_out(found, weights)


def _weights(kind: str, names: Keys, arrays: Arrays) -> Array:
    """How many works are under the head of each name, 0 for a name that no work bears."""
    postings = PEOPLE[kind][0] if kind in PEOPLE else "tags"
    counts = arrays[f"{postings}.counts"][arrays[f"{postings}.sorting"]]
    weights = _beside(names.heads, arrays[f"{postings}.sorted"], counts)
    if kind in KINDS:
        weights[(names.ids != names.heads) & ~np.isin(names.ids, arrays["raw.values"])] = 0
    return weights


def _laid_out(found: Mapping[str, Keys], weights: Mapping[str, Array]) -> Iterator[tuple[str, Array]]:
    for kind, names in found.items():
        kept, keys = np.flatnonzero(weights[kind]), decoded(names.keys)
        some = keys if len(kept) == len(keys) else [keys[at] for at in kept.tolist()]
        yield from laid_out(kind, Named(names.ids[kept], names.heads[kept], weights[kind][kept], some)).items()


def _beside(wanted: Array, ids: Array, values: Array) -> Array:
    """What stands beside each in sorted ids, 0 for one that is not among them."""
    if not len(ids):
        return np.zeros(len(wanted), np.int64)
    at = np.minimum(np.searchsorted(ids, wanted), len(ids) - 1)
    return np.where(ids[at] == wanted, values[at], 0)
