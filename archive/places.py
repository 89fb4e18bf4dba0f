"""Places: where in a work a reader stopped, found again after its text has changed.

A place remembers its paragraph and a few around it by digest (eight bytes each, as `Text.paragraphs` keeps them), so
that it survives chapters that are inserted, split, joined or renumbered, and paragraphs that are edited or taken out.
"""

from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

WIDTH = 8
"""Bytes of one digest."""
AROUND = 3
"""Neighbours on either side that a place remembers."""


@dataclass(frozen=True, slots=True)
class Paragraphs:
    """One chapter as places see it: its number, its key, and the digests of its paragraphs one after the other."""

    number: int
    key: str
    digests: bytes


@dataclass(frozen=True, slots=True)
class Place:
    """A paragraph of a chapter, numbered from one, with what it takes to find it again.

    `before` and `after` are digests in reading order, across the ends of chapters; both are shorter where the work
    begins or ends. `only` says that no other paragraph of the work had the same words; `share` how far into the work
    it stood, from 0 to 1.
    """

    chapter: int
    key: str
    paragraph: int
    digest: bytes
    before: bytes
    after: bytes
    only: bool
    share: float


@dataclass(frozen=True, slots=True)
class Found:
    """Where a place is now. `sure` when it is the very paragraph, else the best guess there is."""

    chapter: int
    paragraph: int
    sure: bool


def place_of(chapters: Sequence[Paragraphs], number: int, paragraph: int) -> Place:
    """The place of a paragraph (from one) in the chapter of this number. Raises LookupError when there is none.

    A paragraph beyond the last means the last; a chapter without any is a place of its own.
    """
    text = _Text(chapters)
    which = next((index for index, one in enumerate(chapters) if one.number == number), None)
    if which is None:
        raise LookupError(f"no chapter {number}")
    length = text.length(which)
    inside = min(max(paragraph, 1), length or 1)
    at = text.starts[which] + inside - 1
    digest = text.digests(at, at + 1) if length else b""
    return Place(
        chapter=number,
        key=chapters[which].key,
        paragraph=inside,
        digest=digest,
        before=text.digests(at - AROUND, at),
        after=text.digests(at + len(digest) // WIDTH, at + len(digest) // WIDTH + AROUND),
        only=bool(digest) and text.first(digest) == text.last(digest),
        share=at / max(text.total, 1),
    )


def find(place: Place, chapters: Sequence[Paragraphs]) -> Found:
    """Where a place is in the present chapters. Raises LookupError for a work without any chapter."""
    if not chapters:
        raise LookupError("no chapters")
    text = _Text(chapters)
    expected = _expected(place, text)
    for pattern, inside in _itself(place):
        if (at := text.nearest(pattern, expected - inside)) is not None:
            return text.found(at + inside, sure=place.only or text.first(pattern) == text.last(pattern))
    at = _between(place, text, expected)
    return text.found(expected if at is None else at, sure=False)


class _Text:
    """The digests of a whole work in one row of bytes, and where each chapter begins in it, counted in paragraphs."""

    def __init__(self, chapters: Sequence[Paragraphs]) -> None:
        self.chapters = chapters
        self.row = b"".join(one.digests for one in chapters)
        ends = list(accumulate(len(one.digests) // WIDTH for one in chapters))
        self.starts = [0, *ends[:-1]]
        self.total = ends[-1] if ends else 0

    def length(self, which: int) -> int:
        return len(self.chapters[which].digests) // WIDTH

    def digests(self, start: int, end: int) -> bytes:
        return self.row[max(start, 0) * WIDTH : max(end, 0) * WIDTH]

    def first(self, pattern: bytes, start: int = 0) -> int | None:
        at = self.row.find(pattern, start * WIDTH)
        while at % WIDTH and at >= 0:
            at = self.row.find(pattern, at + 1)
        return None if at < 0 else at // WIDTH

    def last(self, pattern: bytes, end: int | None = None) -> int | None:
        """The last one that begins before paragraph `end`."""
        stop = len(self.row) if end is None else max(end - 1, 0) * WIDTH + len(pattern)
        at = self.row.rfind(pattern, 0, stop) if end is None or end > 0 else -1
        while at % WIDTH and at >= 0:
            at = self.row.rfind(pattern, 0, at + len(pattern) - 1)
        return None if at < 0 else at // WIDTH

    def nearest(self, pattern: bytes, expected: int) -> int | None:
        """Where a row of digests stands, nearest to where it is expected."""
        expected = min(max(expected, 0), self.total)
        found = [at for at in (self.last(pattern, expected), self.first(pattern, expected)) if at is not None]
        return min(found, key=lambda at: abs(at - expected), default=None)

    def found(self, at: int, *, sure: bool) -> Found:
        at = min(max(at, 0), max(self.total - 1, 0))
        which = bisect_right(self.starts, at) - 1
        while which > 0 and not self.length(which):  # an empty chapter begins where the next one does
            which -= 1
        return Found(self.chapters[which].number, at - self.starts[which] + 1, sure)


def _expected(place: Place, text: _Text) -> int:
    """Where the place would be if only other chapters had changed: in the chapter of its key, else as far along."""
    same = [index for index, one in enumerate(text.chapters) if one.key == place.key]
    which = min(same, key=lambda index: abs(text.chapters[index].number - place.chapter), default=None)
    if which is None:
        return round(place.share * text.total)
    return text.starts[which] + min(place.paragraph, max(text.length(which), 1)) - 1


def _itself(place: Place) -> Iterator[tuple[bytes, int]]:
    """What to look for, the most particular first: the paragraph among its neighbours, and where in that it stands.

    Alone it is looked for only if its words stood nowhere else: *"Yes."* says nothing about where one was.
    """
    if not place.digest:
        return
    for before, after in ((3, 3), (2, 2), (1, 1), (2, 0), (0, 2), (1, 0), (0, 1)):
        behind, ahead = place.before[len(place.before) - before * WIDTH :], place.after[: after * WIDTH]
        if len(behind) == before * WIDTH and len(ahead) == after * WIDTH:
            yield behind + place.digest + ahead, before
    if place.only or not (place.before or place.after):
        yield place.digest, 0


def _between(place: Place, text: _Text, expected: int) -> int | None:
    """Where a paragraph was that is gone or was edited: between the nearest of its neighbours that are still there."""
    behind = [place.before[at : at + WIDTH] for at in range(len(place.before) - WIDTH, -1, -WIDTH)]
    ahead = [place.after[at : at + WIDTH] for at in range(0, len(place.after), WIDTH)]
    left = _neighbour(text, behind, lambda gone: expected - 1 - gone, last=True)
    if left:
        start, gone = left[0] + 1, left[1]
        right = _neighbour(text, ahead, lambda gone: start + gone)
        if right and start <= right[0] <= start + 2 * AROUND:
            return start + min(gone, max(right[0] - start - 1, 0))
        return start + (gone if start + gone < text.total else 0)
    if right := _neighbour(text, ahead, lambda gone: expected + 1 + gone):
        at, gone = right
        return max(at - 1 - gone, 0)
    return text.nearest(place.digest, expected) if place.digest else None


def _neighbour(
    text: _Text, nearest_first: list[bytes], expected: Callable[[int], int], *, last: bool = False
) -> tuple[int, int] | None:
    """Where the nearest neighbour stands that is still there, and how many nearer ones are gone.

    Short paragraphs stand everywhere: so two together are looked for first, then one that stands once, then any.
    """
    pairs = [(b + a if last else a + b, gone) for gone, (a, b) in enumerate(pairwise(nearest_first))]
    single = list(enumerate(nearest_first))
    once = [(one, gone) for gone, one in single if text.first(one) == text.last(one)]
    for pattern, gone in [*pairs, *once, *((one, gone) for gone, one in single)]:
        before = len(pattern) // WIDTH - 1 if last else 0
        if (at := text.nearest(pattern, expected(gone) - before)) is not None:
            return at + before, gone
    return None
