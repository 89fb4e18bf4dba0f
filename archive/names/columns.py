"""A column of names: the ids of one kind in the order of their folded names, with the listed works under each."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

import numpy as np

from archive.index.arrays import Array
from archive.index.sections import SECTIONS, starts_of


@dataclass(frozen=True, eq=False)
class Column:
    """Names in the order of their keys. Those without a listed work are not among them."""

    ids: Array
    """int64."""
    counts: Array
    """How many listed works are under each."""
    starts: tuple[int, ...]
    """Where each of the sections begins, and behind the last one the length."""

    @classmethod
    def of(cls, rows: Iterable[tuple[int, str, int]]) -> "Column":
        """From ids, keys and counts, in the order of keys."""
        ids, keys, counts = zip(*rows, strict=True) if (rows := list(rows)) else ((), (), ())
        return cls(np.array(ids, np.int64), np.array(counts, np.int32), starts_of(keys))

    @classmethod
    def counted(cls, ids: Array, counts: Array, starts: Array) -> "Column":
        """From names in the order of their keys, and where sections begin among them; those with 0 are left out."""
        kept = np.flatnonzero(counts > 0)
        return cls(ids[kept], counts[kept].astype(np.int32), tuple(np.searchsorted(kept, starts).tolist()))

    def sizes(self) -> dict[str, int]:
        """How many names each section has."""
        return {section: self.starts[at + 1] - self.starts[at] for at, section in enumerate(SECTIONS)}

    def places(self, section: str, among: Collection[int] | None, *, by_count: bool) -> Array:
        """The places of the names in a section (any other word: in all), of those with these ids, in their order."""
        at = SECTIONS.index(section) if section in SECTIONS else None
        low, high = (0, len(self.ids)) if at is None else (self.starts[at], self.starts[at + 1])
        places = np.arange(low, high)
        if among is not None:
            places = places[np.isin(self.ids[low:high], np.fromiter(among, np.int64, len(among)))]
        return places[np.argsort(-self.counts[places], kind="stable")] if by_count else places
