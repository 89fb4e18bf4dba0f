"""Reading names for a snapshot: what tags, authors and series are called, in the order of their keys."""

from dataclasses import dataclass, replace

import numpy as np

from archive.index.arrays import Array, Arrays
from archive.index.graph import KINDS
from archive.index.listed import at_once, numbers, words
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
    synonyms, canonicals = (numbers(told) for told in at_once(rows, ("id", "canonical_id")))
    others = {kind: _read(table) for kind, (_, table) in PEOPLE.items()}
    for kind in KINDS:
        found = _read(f"archive_tag WHERE kind = '{kind}'")
        heads = _beside(found.ids, synonyms, canonicals)
        others[kind] = replace(found, heads=np.where(heads > 0, heads, found.ids))
    return others


def _read(rows: str) -> Keys:
    """Names that all stand for themselves. SQLite has keys and ids in one index, and never looks at the rows."""
    told, keys = at_once(f"{rows} ORDER BY key, id", ("id", "key"))
    ids = numbers(told).astype(np.int64)
    return Keys(ids, ids, keys)


def named(found: dict[str, Keys], arrays: Arrays) -> dict[str, Array]:
    """The arrays of all names that some work of a part bears, its other arrays being these."""
    made: dict[str, Array] = {}
    for kind, names in found.items():
        postings = PEOPLE[kind][0] if kind in PEOPLE else "tags"
        counts = arrays[f"{postings}.counts"][arrays[f"{postings}.sorting"]]
        weights = _beside(names.heads, arrays[f"{postings}.sorted"], counts)
        borne = weights > 0
        if kind in KINDS:
            borne &= (names.ids == names.heads) | np.isin(names.ids, arrays["raw.values"])
        kept, keys = np.flatnonzero(borne), words(names.keys)
        some = keys if len(kept) == len(keys) else [keys[at] for at in kept.tolist()]
        made |= laid_out(kind, Named(names.ids[kept], names.heads[kept], weights[kept], some))
    return made


def _beside(wanted: Array, ids: Array, values: Array) -> Array:
    """What stands beside each in sorted ids, 0 for one that is not among them."""
    if not len(ids):
        return np.zeros(len(wanted), np.int64)
    at = np.minimum(np.searchsorted(ids, wanted), len(ids) - 1)
    return np.where(ids[at] == wanted, values[at], 0)
