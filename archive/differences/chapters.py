"""What became of the chapters of a work: which were added, taken out, edited, moved or given another title."""

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from archive.differences.sequences import rising, runs
from archive.vocabulary import fold

WIDTH = 8
"""Bytes of the digest of a paragraph."""
COMMON = 3
"""A paragraph that stands in more chapters than this says nothing about which one it came from."""
LIKE = 0.2
"""The share of its paragraphs that a chapter must have kept to be known by them."""


class Kind(StrEnum):
    """What became of a chapter. MARKUP means that its words are the same, written down otherwise."""

    SAME = "same"
    MARKUP = "markup"
    EDITED = "edited"
    ADDED = "added"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class Side:
    """A chapter as it stands on one side. `text` stands for its text, `paragraphs` are the digests of its words."""

    number: int
    key: str
    title: str
    text: Hashable
    paragraphs: bytes
    words: int
    notes: Hashable = ""
    """What stands around the text: summary and notes."""

    @property
    def digests(self) -> list[bytes]:
        return [self.paragraphs[at : at + WIDTH] for at in range(0, len(self.paragraphs), WIDTH)]


@dataclass(frozen=True, slots=True)
class Change:
    """What became of one chapter: `old` is None for one that was added, `new` for one that was removed."""

    kind: Kind
    old: Side | None
    new: Side | None
    paragraphs: int = 0
    """How many were edited, added or taken out."""
    moved: bool = False
    """Whether it stands elsewhere among the chapters that were there before."""

    @property
    def side(self) -> Side:
        """The chapter itself, as it stands now if it does."""
        side = self.new or self.old
        if side is None:
            raise LookupError("a change of no chapter")
        return side

    @property
    def renamed(self) -> bool:
        return bool(self.old and self.new and self.old.title != self.new.title)

    @property
    def annotated(self) -> bool:
        """Whether its summary or notes are other ones."""
        return bool(self.old and self.new and self.old.notes != self.new.notes)

    @property
    def silent(self) -> bool:
        """Whether there is nothing to tell of it."""
        return self.kind is Kind.SAME and not (self.moved or self.renamed or self.annotated)


@dataclass(frozen=True, slots=True)
class Comparison:
    """What became of all chapters, in their present order; those that are gone stand where they stood."""

    changes: tuple[Change, ...]
    words_before: int
    words_after: int

    def of(self, kind: Kind) -> tuple[Change, ...]:
        """The changes of one kind."""
        return tuple(change for change in self.changes if change.kind is kind)

    @property
    def sentence(self) -> str:
        """What became of them all, in a line.

        >>> compare([], []).sentence
        'nothing has changed'
        """
        counts = {
            "added": len(self.of(Kind.ADDED)),
            "taken out": len(self.of(Kind.REMOVED)),
            "edited": len(self.of(Kind.EDITED)),
            "moved": sum(change.moved for change in self.changes),
            "given another title": sum(change.renamed for change in self.changes),
            "given other notes": sum(change.annotated for change in self.changes),
        }
        parts = [f"{count:,} {what}" for what, count in counts.items() if count]
        if not parts:
            return "the same words in other markup" if self.markup_only else "nothing has changed"
        first = next(count for count in counts.values() if count)
        parts[0] = parts[0].replace(" ", " chapter " if first == 1 else " chapters ", 1)
        if touched := sum(change.paragraphs for change in self.of(Kind.EDITED)):
            what = "paragraph" if touched == 1 else "paragraphs"
            parts = [f"{part} ({touched:,} {what})" if part.endswith("edited") else part for part in parts]
        if self.words_before != self.words_after:
            parts.append(f"words {self.words_before:,} → {self.words_after:,}")
        return ", ".join(parts)

    @property
    def markup_only(self) -> bool:
        """Whether every word is where it was, and only the way it is written down has changed."""
        kinds = {change.kind for change in self.changes}
        return Kind.MARKUP in kinds and kinds <= {Kind.SAME, Kind.MARKUP} and not any(c.moved for c in self.changes)


def compare(old: Sequence[Side], new: Sequence[Side]) -> Comparison:
    """Lay the chapters of two versions over one another."""
    pairs = _paired(old, new)
    ordered = sorted(pairs, key=lambda pair: pair[1])
    in_order = set(rising([one for one, _ in ordered]))
    came = {other: _change(old[one], new[other], place not in in_order) for place, (one, other) in enumerate(ordered)}
    after = dict(pairs)
    gone: dict[int, list[Change]] = {}
    last = -1
    for place, side in enumerate(old):
        last = after.get(place, last)
        if place not in after:
            gone.setdefault(last, []).append(Change(Kind.REMOVED, side, None, len(side.paragraphs) // WIDTH))
    changes = [*gone.get(-1, ())]
    for place, side in enumerate(new):
        changes.append(came.get(place) or Change(Kind.ADDED, None, side, len(side.paragraphs) // WIDTH))
        changes += gone.get(place, ())
    return Comparison(tuple(changes), sum(side.words for side in old), sum(side.words for side in new))


def _change(old: Side, new: Side, moved: bool) -> Change:
    if old.text == new.text:
        return Change(Kind.SAME, old, new, moved=moved)
    if old.paragraphs == new.paragraphs:
        return Change(Kind.MARKUP, old, new, moved=moved)
    found = runs(old.digests, new.digests)
    touched = sum(max(run.b - run.a, run.d - run.c) for run in found if not run.same)
    return Change(Kind.EDITED, old, new, touched, moved)


def _paired(old: Sequence[Side], new: Sequence[Side]) -> list[tuple[int, int]]:
    """Which chapter is which: by the name that its source has for it, by its text, by paragraphs, by title, by number.

    A chapter without a name is known by its number, which says little: one that is inserted changes all that follow.
    """
    left, right = dict(enumerate(old)), dict(enumerate(new))
    pairs: list[tuple[int, int]] = []

    def take(found: Iterable[tuple[int, int]]) -> None:
        for one, other in found:
            if one in left and other in right:
                pairs.append((one, other))
                del left[one], right[other]

    take(_by(left, right, lambda side: side.key if side.key != str(side.number) else None))
    take(_by(left, right, lambda side: (side.number, side.text)))
    take(_by(left, right, lambda side: side.text))
    take(_by(left, right, lambda side: side.paragraphs or None))
    take(_by_likeness(left, right))
    take(_by(left, right, lambda side: fold(side.title) or None))
    take(_by(left, right, lambda side: side.key))
    return pairs


_Sides = dict[int, Side]


def _by(left: _Sides, right: _Sides, mark: Callable[[Side], Hashable | None]) -> list[tuple[int, int]]:
    """Chapters with the same mark, the first with the first."""
    waiting: dict[Hashable, list[int]] = {}
    for place, side in reversed(left.items()):
        waiting.setdefault(mark(side), []).append(place)
    found = []
    for place, side in right.items():
        sign = mark(side)
        if sign is not None and waiting.get(sign):
            found.append((waiting[sign].pop(), place))
    return found


def _by_likeness(left: _Sides, right: _Sides) -> list[tuple[int, int]]:
    """Chapters that have paragraphs in common, those first that have the most."""
    where: dict[bytes, list[int]] = {}
    for place, side in left.items():
        for digest in set(side.digests):
            where.setdefault(digest, []).append(place)
    found: list[tuple[int, int, int]] = []
    for place, side in right.items():
        digests = set(side.digests)
        shared = Counter(
            one for digest in digests if len(where.get(digest, ())) <= COMMON for one in where.get(digest, ())
        )
        for one, count in shared.items():
            if count >= LIKE * min(len(digests), len(left[one].paragraphs) // WIDTH):
                found.append((-count, one, place))
    return [(one, place) for _, one, place in sorted(found)]
