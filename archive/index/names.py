"""Names in a snapshot: which of them typed letters meet, those of the most used first."""

from collections.abc import Iterator

import numpy as np

from archive.index.arrays import Array, Arrays
from archive.index.matching import EXACT, LETTERS_WITHIN, STARTS, WITHIN
from archive.index.naming import NAME, SORTED, WORD, marked

TOP = 16_384
"""Names, the most used, that are looked through before any are looked up: they have what is often asked for."""
_FIRST = 512
"""Of them so many at first, then twice as many each time."""
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
            yield from self._exact(inner)
        elif how == STARTS or len(letters) >= LETTERS_WITHIN:
            yield from self._top(inner if how == WITHIN else WORD + inner)
            begins = self._within(inner) if how == WITHIN else self._beginning(inner)
            places = np.unique(np.searchsorted(self._starts, begins, side="right") - 1)
            yield places[np.searchsorted(places, TOP) :]

    def before(self, key: str) -> int:
        """How many heads come before this key in the order of keys, or have it."""
        return self._up_to(self.alphabet, _unmarked(marked(key)))

    def _exact(self, inner: bytes) -> Iterator[Array]:
        """The names that these letters are: one, or none, or a few series."""
        letters = _unmarked(inner)
        last = self._up_to(self._sorted, letters)
        first = last
        while first and self._key(int(self._sorted[first - 1])) == letters:
            first -= 1
        yield np.sort(self._sorted[first:last])

    def _up_to(self, ordered: Array, letters: bytes) -> int:
        low, high = 0, len(ordered)
        while low < high:
            middle = (low + high) // 2
            low, high = (middle + 1, high) if self._key(int(ordered[middle])) <= letters else (low, middle)
        return low

    def _key(self, place: int) -> bytes:
        end = self._starts[place + 1]
        return _unmarked(self._read(int(self._starts[place]) + 1, int(end)))

    def _top(self, pattern: bytes) -> Iterator[Array]:
        """The places of those among the most used names whose text has the pattern."""
        low, many, last = 0, _FIRST, min(TOP, len(self))
        while low < last:
            high = min(low + many, last)
            begin = int(self._starts[low])
            hits = np.fromiter(_hits(self._read(begin, int(self._starts[high])), pattern, NAME), np.int64)
            yield np.unique(np.searchsorted(self._starts[low:high], hits + begin, side="right") - 1 + low)
            low, many = high, many * 2

    def _beginning(self, inner: bytes) -> Array:
        """Where in the text a word, with what follows it in its name, begins with these letters."""
        sought = inner[:SORTED]
        low, high = self._bound(sought, after=False), self._bound(sought, after=True)
        return self._following(self._words[low:high], SORTED, inner[SORTED:])

    def _bound(self, sought: bytes, *, after: bool) -> int:
        low, high = 0, len(self._words)
        while low < high:
            middle = (low + high) // 2
            begin = int(self._words[middle])
            found = self._read(begin, begin + len(sought))
            low, high = (middle + 1, high) if found < sought or (after and found == sought) else (low, middle)
        return low

    def _within(self, inner: bytes) -> Array:
        """Where in the text a word begins that has these letters inside; or, when they are more than a word, the
        second of their words."""
        first, mark, rest = inner.partition(WORD)
        if mark:
            begins = self._beginning(rest)
            return self._following(begins[begins > len(first)], -1 - len(first), first)
        words = self._different.tobytes()
        starts = np.flatnonzero(self._different == WORD[0])
        hits = np.fromiter(_hits(words, inner, WORD), np.int64)
        groups = np.searchsorted(starts, hits, side="right") - 1
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


def _unmarked(letters: bytes) -> bytes:
    return letters.replace(WORD, b"")


def _hits(text: bytes, pattern: bytes, mark: bytes) -> Iterator[int]:
    """Where a pattern is found, at most once between two marks."""
    at = text.find(pattern)
    while at >= 0:
        yield at
        following = text.find(mark, at + 1)
        at = text.find(pattern, following) if following >= 0 else -1
