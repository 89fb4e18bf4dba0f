"""A part of the index: an immutable set of works with their tags, columns and orders, from a folder or from memory."""

from collections import OrderedDict
from collections.abc import Callable
from functools import cached_property
from pathlib import Path
from threading import Lock
from typing import Any

from pyroaring import BitMap

from archive.index import folder, orders, sets
from archive.index.arrays import Array, Arrays, Sizes
from archive.index.columns import CLOSED
from archive.index.folder import About
from archive.index.orders import Order
from archive.index.postings import Postings

_MOST = 64
"""Sets kept by a part: at most 125 KB each in a library of a million works."""


class Part:
    """Some works, laid out for questions. Inside a part a work is its *place* in the ascending order of ids."""

    def __init__(self, arrays: Arrays, about: About) -> None:
        self.arrays = arrays
        self.about = about
        self.sizes: Sizes = about.sizes
        self.ids: Array = arrays["ids"]
        """The ids of its works, ascending (int64)."""
        size = len(self.ids)
        self.tags, self.primary, self.raw = (Postings(arrays, name, size) for name in ("tags", "primary", "raw"))
        """Works by folded tag, by the folded tag of the relationship named first, and by the tag as it was tagged."""
        self.authors, self.series = (Postings(arrays, name, size) for name in ("authors", "series"))
        self.closed = {name: Postings(arrays, f"closed.{name}", size) for name in (*CLOSED, "shown")}
        """Works by the value of a closed field; `shown` tells to whom (`columns.ANYBODY`)."""
        self.orders = {sort: Order(arrays, sort) for sort in orders.SORTS}
        self.kinds: list[int] = arrays["kinds"].tolist()
        """Where the folded tags of each kind begin, and where the last ones end."""
        self.remembered: dict[str, Any] = {}
        """What was worked out of it once and is needed at every question: a few small things."""
        self._kept: OrderedDict[Any, BitMap] = OrderedDict()
        self._lock = Lock()

    @classmethod
    def open(cls, path: Path) -> "Part":
        """A snapshot, mapped into memory and read-only. Raises `folder.Damaged` when a size or the header is wrong."""
        arrays, about = folder.read(path)
        try:
            return cls(arrays, about)
        except KeyError as error:
            raise folder.Damaged(f"{path}: {error} is missing") from error

    @property
    def position(self) -> tuple[int, str]:
        """Number and token of the change log's newest entry when it was read."""
        return self.about.number, self.about.token

    def __len__(self) -> int:
        return len(self.ids)

    def column(self, name: str) -> Array:
        """A column by the name of its field, NOTHING for a work that does not state it."""
        return self.arrays[f"column.{name}"]

    def word(self, name: str, code: int) -> str:
        """What a code in a column of words stands for."""
        return (self.about.words or {})[name][code]

    def rare(self, kind: int) -> int:
        """The first tag of a kind that has too few works for a bitmap of its own; the end of the kind when all have."""
        start, end = self.kinds[kind : kind + 2]
        return start + self.tags.bitmaps_in(start, end)

    @cached_property
    def everything(self) -> BitMap:
        """Every place."""
        return BitMap(range(len(self)))

    def kept(self, key: Any, made: Callable[[], BitMap]) -> BitMap:
        """A set that is dear to make and asked for again, made once: nobody may change it. The last few are kept."""
        with self._lock:
            if (known := self._kept.get(key)) is not None:
                self._kept.move_to_end(key)
                return known
        found = made()
        with self._lock:
            self._kept[key] = found
            while len(self._kept) > _MOST:
                self._kept.popitem(last=False)
        return found

    def places(self, works: BitMap) -> BitMap:
        """The places of those works, given by id, that are in this part."""
        if not len(self) or not works:
            return BitMap()
        first = int(self.ids[0])
        if int(self.ids[-1]) - first == len(self) - 1:  # no gaps, as in a library where nothing was ever deleted
            return (works & BitMap(range(first, first + len(self)))).shift(-first)
        return sets.found(self.ids, sets.places(works))
