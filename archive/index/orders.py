"""Orders: for each sort the works in its order and each work's rank in it, nulls last, ties by id."""

from collections.abc import Iterator

import numpy as np

from archive.index.arrays import NOTHING, Array, Arrays
from archive.index.sorting import ordering

NUMBERS = {
    "updated": "dated",
    "published": "published",
    "added": "added",
    **{name: name for name in ("words", "chapters", "kudos", "hits", "bookmarks", "comments")},
}
"""Sorts by a column of numbers or days."""
TEXTS = {"title": "title_key", "author": "author_key"}
"""Sorts by a folded key, compared as bytes of UTF-8."""
SORTS = (*NUMBERS, *TEXTS)
_LAST = 2**62


def laid_out(columns: Arrays, texts: dict[str, list[str]]) -> dict[str, Array]:
    """The arrays of every order. Works come in ascending order of ids, so that sorting stably is enough."""
    arrays: dict[str, Array] = {}
    for sort, name in NUMBERS.items():
        column = columns[f"column.{name}"]
        arrays |= _ranked(sort, ordering((column == NOTHING).view(np.uint8), column), int((column != NOTHING).sum()))
    for sort, name in TEXTS.items():
        keys = texts[name]
        order = np.fromiter(sorted(range(len(keys)), key=keys.__getitem__), np.int64, len(keys))
        arrays |= _ranked(sort, order, len(keys))
        written = [key.encode() for key in keys]
        arrays[f"text.{sort}"] = np.frombuffer(b"".join(written), np.uint8)
        arrays[f"text.{sort}.bounds"] = np.cumsum([0, *map(len, written)], dtype=np.int64)
    return arrays


def _ranked(sort: str, order: Array, stated: int) -> dict[str, Array]:
    ranks = np.empty(len(order), np.int32)
    ranks[order] = np.arange(len(order), dtype=np.int32)
    counted = np.array([stated], np.int64)
    return {f"order.{sort}": order.astype(np.int32), f"rank.{sort}": ranks, f"stated.{sort}": counted}


class Order:
    """One order of a part, in both directions. Descending turns the works that state something round, then the rest."""

    def __init__(self, arrays: Arrays, sort: str) -> None:
        self._order, self._ranks = arrays[f"order.{sort}"], arrays[f"rank.{sort}"]
        self._stated = int(arrays[f"stated.{sort}"][0])
        self._arrays, self._sort = arrays, sort

    def __len__(self) -> int:
        return len(self._order)

    def ranks(self, places: Array, *, ascending: bool) -> Array:
        """Where works stand in this direction, from 0."""
        ranks = self._ranks[places].astype(np.int64)
        return ranks if ascending else self._turned(ranks, ranks < self._stated, 1)

    def _turned(self, ranks: Array, stating: Array, less: int) -> Array:
        return np.where(stating, self._stated - less - ranks, self._stated + len(self) - less - ranks)

    def works(self, start: int, stop: int, *, ascending: bool) -> Array:
        """The works at some ranks in this direction."""
        start, stop = max(0, start), min(stop, len(self))
        if ascending:
            return self._order[start:stop]
        stated, size = self._stated, len(self)
        first = self._order[max(0, stated - stop) : max(0, stated - start)][::-1]
        low, high = size - max(stop, stated), size - max(start, stated)
        return np.concatenate([first, self._order[stated + low : stated + high][::-1]])

    def slots(self, ids: Array, other: "Order", other_ids: Array) -> Array:
        """How many works of this order, `ids` being theirs by place, come before each of another part's, ascending."""
        if self._sort in NUMBERS:
            return self._slots_by_number(ids, other.numbers(np.arange(len(other))), other_ids)
        return np.fromiter((self._slot(ids, wanted) for wanted in zip(other.texts(), other_ids, strict=True)), np.int64)

    def turned(self, slots: Array, stating: Array) -> Array:
        """The same slots in descending order; `stating` tells which works have something to be sorted by."""
        return self._turned(slots, stating, 0)

    def stating(self) -> Array:
        """Which works have something to be sorted by."""
        return self._ranks < self._stated

    def numbers(self, places: Array) -> Array:
        """What some works are sorted by, where that is a number; larger than all when they do not state it."""
        column = self._arrays[f"column.{NUMBERS[self._sort]}"][places].astype(np.int64)
        return np.where(column == NOTHING, _LAST, column)

    def texts(self) -> Iterator[bytes]:
        """What the works are sorted by, where that is a text."""
        return map(self._text, range(len(self)))

    def _text(self, place: int) -> bytes:
        bounds = self._arrays[f"text.{self._sort}.bounds"]
        return self._arrays[f"text.{self._sort}"][bounds[place] : bounds[place + 1]].tobytes()

    def _slots_by_number(self, ids: Array, wanted: Array, wanted_ids: Array) -> Array:
        """A binary search for all at once."""
        low, high = np.zeros(len(wanted), np.int64), np.full(len(wanted), len(self))
        while (searching := low < high).any():
            middle = np.where(searching, (low + high) // 2, 0)
            places = self._order[middle]
            numbers = self.numbers(places)
            less = searching & ((numbers < wanted) | ((numbers == wanted) & (ids[places] < wanted_ids)))
            low, high = np.where(less, middle + 1, low), np.where(searching & ~less, middle, high)
        return low

    def _slot(self, ids: Array, wanted: tuple[bytes, int]) -> int:
        low, high = 0, len(self)
        while low < high:
            middle = (low + high) // 2
            place = int(self._order[middle])
            if (self._text(place), int(ids[place])) < wanted:
                low = middle + 1
            else:
                high = middle
        return low
