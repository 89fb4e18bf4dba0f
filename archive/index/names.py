"""Names in a snapshot: which of them typed letters meet, those of the most used first."""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator

import numpy as np

from archive.index.arrays import Array, Arrays
from archive.index.matching import EXACT, LETTERS_WITHIN, STARTS
from archive.index.naming import SORTED, WORD, marked

TOP = 16_384
"""Names, the most used, that are looked through before any are looked up: they have what is often asked for."""
_FIRST = 512
"""Of them so many at first, then twice as many each time."""
FEW = 2_000
"""Words that begin so, up to which their names are looked up without looking through the most used first."""
_OWN = (
    "ids", "heads", "weights", "text", "starts", "sorted", "alphabet", "sections", "words", "different", "groups"
)  # fmt: skip


class Names:
    """The names of one kind, by place: those with heavier heads first, then by head and id."""

    def __init__(self, arrays: Arrays, kind: str) -> None:
        own = {name: arrays[f"names.{kind}.{name}"] for name in _OWN}
        self.ids, self.heads, self.weights = own["ids"], own["heads"], own["weights"]
        self.alphabet, self.sections = own["alphabet"], own["sections"]
        """The places of all heads in the order of their keys, and where each section begins there."""
        self._text, self._starts, self._sorted = own["text"], own["starts"], own["sorted"]
        self._words, self._different, self._groups = own["words"], own["different"], own["groups"]

    def __len__(self) -> int:
        return len(self.ids)

    def met(self, letters: str, how: int) -> Iterator[Array]:
        """The places of names that folded letters meet so (or better), ascending, some at a time."""
        inner = marked(letters)
        if how == EXACT:
            yield self._exact(inner)
        elif how == STARTS:
            begins = self._beginning(inner)
            if len(begins) <= FEW:
                yield self._places(begins)
            else:
                yield from self._top(WORD + inner)
                yield _behind_top(self._places(begins))
        elif len(letters) >= LETTERS_WITHIN:
            yield from self._top(inner)
            yield _behind_top(self._places(self._within(inner)))

    def ranks(self) -> Array:
        """How many heads come before each head in the order of places: told of all in the order of their keys."""
        found: Array = np.cumsum(self.ids == self.heads, dtype=np.int32)[self.alphabet] - 1
        return found

    def before(self, key: str) -> int:
        """How many heads come before this key in the order of keys, or have it."""
        return bisect_right(self.alphabet, _unmarked(marked(key)), key=self._key)

    def _exact(self, inner: bytes) -> Array:
        """The names that these letters are: one, or none, or a few series."""
        letters = _unmarked(inner)
        first = bisect_left(self._sorted, letters, key=self._key)
        last = first
        while last < len(self) and self._key(self._sorted[last]) == letters:
            last += 1
        return np.sort(self._sorted[first:last])

    def _key(self, place: int) -> bytes:
        return _unmarked(self._read(int(self._starts[place]) + 1, int(self._starts[place + 1])))

    def _top(self, pattern: bytes) -> Iterator[Array]:
        """The places of those among the most used names whose text has the pattern."""
        low, many, last = 0, _FIRST, min(TOP, len(self))
        while low < last:
            high = min(low + many, last)
            begin = int(self._starts[low])
            hits = _hits(self._read(begin, int(self._starts[high])), pattern)
            yield _once(np.searchsorted(self._starts[low:high], hits + begin, side="right") - 1 + low)
            low, many = high, many * 2

    def _places(self, begins: Array) -> Array:
        """The names in which these places of the text are, ascending."""
        return np.unique(np.searchsorted(self._starts, begins, side="right") - 1)

    def _beginning(self, inner: bytes) -> Array:
        """Where in the text a word, with what follows it in its name, begins with these letters."""
        sought = inner[:SORTED]
        low = bisect_left(self._words, sought, key=self._beginning_at(len(sought)))
        high = bisect_right(self._words, sought, low, key=self._beginning_at(len(sought)))
        return self._following(self._words[low:high], SORTED, inner[SORTED:])

    def _beginning_at(self, length: int) -> Callable[[int], bytes]:
        return lambda begin: self._read(begin, begin + length)

    def _within(self, inner: bytes) -> Array:
        """Where in the text a word begins that has these letters inside; or, when they are more than a word, the
        second of their words."""
        first, mark, rest = inner.partition(WORD)
        if mark:
            begins = self._beginning(rest)
            return self._following(begins[begins > len(first)], -1 - len(first), first)
        hits = _hits(self._different.tobytes(), inner)
        starts = np.flatnonzero(self._different == WORD[0])
        groups = _once(np.searchsorted(starts, hits, side="right") - 1)
        found = [self._words[self._groups[group] : self._groups[group + 1]] for group in groups.tolist()]
        return np.concatenate(found) if found else np.empty(0, np.int64)

    def _following(self, begins: Array, behind: int, letters: bytes) -> Array:
        """Those places in the text from which on, so many bytes behind, these letters stand."""
        for at, letter in enumerate(letters, behind):
            begins = begins[begins < len(self._text) - at]
            begins = begins[self._text[begins + at] == letter]
        return begins

    def _read(self, begin: int, end: int) -> bytes:
        return self._text[begin:end].tobytes()


def _behind_top(places: Array) -> Array:
    return places[np.searchsorted(places, TOP) :]


def _once(ascending: Array) -> Array:
    """Each of some numbers once."""
    return ascending[np.flatnonzero(np.diff(ascending, prepend=-1))]


def _unmarked(letters: bytes) -> bytes:
    return letters.replace(WORD, b"")


def _hits(text: bytes, pattern: bytes) -> Array:
    """Where a pattern is found."""
    return np.fromiter(_found(text, pattern), np.int64)


def _found(text: bytes, pattern: bytes) -> Iterator[int]:
    at = text.find(pattern)
    while at >= 0:
        yield at
        at = text.find(pattern, at + 1)
