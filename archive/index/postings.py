"""Postings: for every value (a tag, an author, a rating) the works that bear it."""

from collections.abc import Iterable

import numpy as np
from pyroaring import BitMap

from archive.index import sets
from archive.index.arrays import Array, Arrays

_FEW = 4
"""Values up to which each is looked up by itself."""


class Postings:
    """The works of each of some values. Values have ordinals; where they are tags, commoner ones come first.

    The works of all stand in one array, ascending for each. A value with many has a serialised bitmap as well, decoded
    when it is first asked for. Asking from several threads at once at worst decodes twice.
    """

    def __init__(self, arrays: Arrays, name: str, size: int) -> None:
        self.values, self.counts = arrays[f"{name}.values"], arrays[f"{name}.counts"]
        self.starts, self.works = arrays[f"{name}.starts"], arrays[f"{name}.works"]
        self._sorted, self._sorting = arrays[f"{name}.sorted"], arrays[f"{name}.sorting"]
        self._common, self._bounds, self._blobs = (arrays[f"{name}.{part}"] for part in ("common", "bounds", "blobs"))
        self._size = size
        self._decoded: dict[int, BitMap] = {}

    def __len__(self) -> int:
        return len(self.values)

    def ordinals(self, values: Iterable[int]) -> list[int]:
        """The ordinals of those values that some work bears."""
        wanted = list(values)
        if len(wanted) > _FEW:
            return [place for place in self.places(np.array(wanted, np.int64)).tolist() if place >= 0]
        return [place for value in wanted if (place := self.ordinal(value)) is not None]

    def ordinal(self, value: int) -> int | None:
        """The ordinal of one value; None when no work bears it."""
        at = int(self._sorted.searchsorted(value))
        return int(self._sorting[at]) if at < len(self._sorted) and self._sorted[at] == value else None

    def places(self, wanted: Array) -> Array:
        """The ordinal of each value, -1 for one that no work bears."""
        if not len(self._sorted):
            return np.full(len(wanted), -1, np.int64)
        at = np.minimum(np.searchsorted(self._sorted, wanted), len(self._sorted) - 1)
        return np.where(self._sorted[at] == wanted, self._sorting[at], -1)

    def bearing(self, values: Iterable[int]) -> BitMap:
        """The works that bear one of these values."""
        found = [self.of(ordinal) for ordinal in self.ordinals(values)]
        return found[0] if len(found) == 1 else BitMap.union(*found) if found else BitMap()

    def of(self, ordinal: int) -> BitMap:
        """The works that bear one value. It is shared: nobody may change it."""
        if (known := self._decoded.get(ordinal)) is not None:
            return known
        at = int(np.searchsorted(self._common, ordinal))
        if at == len(self._common) or self._common[at] != ordinal:
            return sets.of(self.members(ordinal), self._size)
        found = BitMap.deserialize(self._blobs[self._bounds[at] : self._bounds[at + 1]].tobytes())
        self._decoded[ordinal] = found
        return found

    def bitmaps_in(self, start: int, end: int) -> int:
        """How many of the values in a span of ordinals have a bitmap."""
        first, last = np.searchsorted(self._common, (start, end))
        return int(last - first)

    def members(self, ordinal: int) -> Array:
        """The places of the works that bear one value, ascending."""
        return self.works[self.span(ordinal)]

    def span(self, ordinal: int) -> slice:
        """Where these places stand, beside whatever else is told of each."""
        return slice(int(self.starts[ordinal]), int(self.starts[ordinal + 1]))


def laid_out(name: str, values: Array, ordinals: Array, works: Array, common: int) -> dict[str, Array]:
    """The arrays of postings. `ordinals` and `works` are pairs, sorted, each once; `common` as in `Sizes`."""
    counts = np.bincount(ordinals, minlength=len(values)).astype(np.int32)
    ends = np.concatenate([[0], np.cumsum(counts, dtype=np.int64)])
    many = counts >= common
    blobs = [_blob(works[ends[at] : ends[at + 1]]) for at in np.flatnonzero(many)]
    sorting = np.argsort(values, kind="stable").astype(np.int32)
    arrays: dict[str, Array] = {
        "values": values.astype(np.int64),
        "sorted": values[sorting].astype(np.int64),
        "sorting": sorting,
        "counts": counts,
        "starts": ends,
        "works": works.astype(np.int32),
        "common": np.flatnonzero(many).astype(np.int32),
        "bounds": np.cumsum([0, *map(len, blobs)], dtype=np.int64),
        "blobs": np.frombuffer(b"".join(blobs), np.uint8),
    }
    return {f"{name}.{part}": array for part, array in arrays.items()}


def _blob(works: Array) -> bytes:
    found = sets.of(works, int(works[-1]) + 1)
    found.run_optimize()
    return found.serialize()
