"""What was changed within a text: paragraph by paragraph, and word by word where a paragraph was edited."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from archive.clean.paragraphs import as_read
from archive.differences.sequences import Run, runs

CONTEXT = 1
"""Paragraphs shown as they are before and after what was changed."""
LONGEST = 20_000
"""Characters of a paragraph that are shown."""
ALIKE = 0.4
"""The share of words in common from which a paragraph counts as an edited one rather than as another one."""
SHORT_RUN = 2
"""Words that happen to be the same between two changes, and are not worth a mark."""

_CJK = "\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\uac00-\ud7af"
_WORD = re.compile(rf"[{_CJK}]\s*|(?:[^\W{_CJK}]|(?<=\w)['’](?=\w))+\s*|[^\w\s]\s*|\s+")


class Mark(StrEnum):
    """What became of a paragraph, or of a piece of one."""

    SAME = "same"
    GONE = "gone"
    NEW = "new"
    CHANGED = "changed"
    SKIPPED = "skipped"


@dataclass(frozen=True, slots=True)
class Piece:
    """A few words of a paragraph: SAME, GONE or NEW."""

    text: str
    mark: Mark


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of the two texts laid over one another. SKIPPED stands for `count` that are the same."""

    mark: Mark
    pieces: tuple[Piece, ...] = ()
    count: int = 1


@dataclass(slots=True)
class Effort:
    """How much may still be compared for one page: paragraphs that may belong together, and words to be marked."""

    pairs: int = 60_000
    words: int = 400_000

    def spend(self, *, pairs: int = 0, words: int = 0) -> bool:
        """Whether there is enough left; if so, it is taken."""
        if pairs > self.pairs or words > self.words:
            return False
        self.pairs -= pairs
        self.words -= words
        return True


def same_words(old: Iterable[str], new: Iterable[str]) -> bool:
    """Whether two texts read alike word for word, however they are parted into paragraphs."""
    one, other = ("".join(as_read(text) for text in texts).replace(" ", "") for texts in (old, new))
    return one == other


def differences(old: Sequence[str], new: Sequence[str], effort: Effort) -> list[Paragraph]:
    """Two texts, given as plain paragraphs, laid over one another; what is the same far from any change is skipped."""
    laid: list[Paragraph] = []
    for run in runs([as_read(text) for text in old], [as_read(text) for text in new]):
        if run.same:
            laid += [Paragraph(Mark.SAME, (Piece(_cut(text), Mark.SAME),)) for text in new[run.c : run.d]]
        else:
            laid += _changed(old[run.a : run.b], new[run.c : run.d], effort)
    return list(_near_changes(laid))


def _changed(old: Sequence[str], new: Sequence[str], effort: Effort) -> Iterator[Paragraph]:
    """Paragraphs in place of others: those that belong together as edited, the rest as gone and as new."""
    at = to = 0
    for one, other in [*_belonging(old, new, effort), (len(old), len(new))]:
        yield from (_whole(text, Mark.GONE) for text in old[at:one])
        yield from (_whole(text, Mark.NEW) for text in new[to:other])
        if one < len(old):
            yield _edited(old[one], new[other], effort)
        at, to = one + 1, other + 1


def _belonging(old: Sequence[str], new: Sequence[str], effort: Effort) -> list[tuple[int, int]]:
    """Which paragraphs are the same one before and after: in the order of both, the most alike."""
    words = sum(len(text[:LONGEST]) for text in (*old, *new)) // 5
    if not old or not new or not effort.spend(pairs=max(len(old), len(new)), words=words):
        return []
    left, right = ([set(_words(text[:LONGEST])) for text in texts] for texts in (old, new))
    if len(old) == len(new):
        each = [_alike(*pair) for pair in zip(left, right, strict=True)]
        if min(each) >= ALIKE:
            return [(place, place) for place in range(len(old))]
    if not effort.spend(pairs=len(old) * len(new)):
        return []
    return _best([[_alike(one, other) for other in right] for one in left])


def _alike(one: set[str], other: set[str]) -> float:
    return 2 * len(one & other) / (len(one) + len(other) or 1)


def _best(likeness: Sequence[Sequence[float]]) -> list[tuple[int, int]]:
    """The pairs that are the most alike together, in the order of both sides."""
    height, width = len(likeness), len(likeness[0])
    sums = [[0.0] * (width + 1) for _ in range(height + 1)]
    for a in range(height - 1, -1, -1):
        for b in range(width - 1, -1, -1):
            here = likeness[a][b]
            with_it = here + sums[a + 1][b + 1] if here >= ALIKE else 0.0
            sums[a][b] = max(with_it, sums[a + 1][b], sums[a][b + 1])
    found, a, b = [], 0, 0
    while a < height and b < width:
        if sums[a][b] == sums[a + 1][b]:
            a += 1
        elif sums[a][b] == sums[a][b + 1]:
            b += 1
        else:
            found.append((a, b))
            a, b = a + 1, b + 1
    return found


def _edited(old: str, new: str, effort: Effort) -> Paragraph:
    before, after = _WORD.findall(old[:LONGEST]), _WORD.findall(new[:LONGEST])
    if max(len(old), len(new)) > LONGEST or not effort.spend(words=len(before) + len(after)):
        return Paragraph(Mark.CHANGED, (Piece(_cut(old), Mark.GONE), Piece(_cut(new), Mark.NEW)))
    found = runs([as_read(word) for word in before], [as_read(word) for word in after])
    pieces: list[Piece] = []
    for run in _readable(found):
        if run.same:
            pieces.append(Piece("".join(after[run.c : run.d]), Mark.SAME))
        else:
            marked = (("".join(before[run.a : run.b]), Mark.GONE), ("".join(after[run.c : run.d]), Mark.NEW))
            pieces += [Piece(text, mark) for text, mark in marked if text]
    return Paragraph(Mark.CHANGED, tuple(pieces))


def _readable(found: Sequence[Run]) -> list[Run]:
    """Runs without the stray words that two rewritten passages happen to share."""
    kept: list[Run] = []
    for place, run in enumerate(found):
        stray = run.same and run.b - run.a <= SHORT_RUN and 0 < place < len(found) - 1
        if kept and not kept[-1].same and (stray or not run.same):
            kept[-1] = Run(False, kept[-1].a, run.b, kept[-1].c, run.d)
        else:
            kept.append(run)
    return kept


def _near_changes(laid: Sequence[Paragraph]) -> Iterator[Paragraph]:
    changed = [place for place, one in enumerate(laid) if one.mark is not Mark.SAME]
    shown = {near for place in changed for near in range(place - CONTEXT, place + CONTEXT + 1)}
    skipped = 0
    for place, one in enumerate(laid):
        if place not in shown:
            skipped += 1
            continue
        if skipped:
            yield Paragraph(Mark.SKIPPED, count=skipped)
            skipped = 0
        yield one
    if skipped:
        yield Paragraph(Mark.SKIPPED, count=skipped)


def _whole(text: str, mark: Mark) -> Paragraph:
    return Paragraph(mark, (Piece(_cut(text), mark),))


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST else text[:LONGEST] + "…"


def _words(text: str) -> list[str]:
    return [as_read(word) for word in _WORD.findall(text)]
