"""Versions read and laid over one another: the texts of the past, fetched for a page."""

import zlib
from collections.abc import Collection, Iterable, Sequence
from functools import partial
from html import unescape
from itertools import pairwise

from archive import reading
from archive.access import Hidden
from archive.clean.paragraphs import leaves
from archive.differences import Change, Comparison, Effort, Kind, Paragraph, Side, compare, differences, same_words
from archive.models import Text, VersionChapter
from archive.past.admitted import Kept, Past
from archive.shown import ChangesPage, ChapterChange, ChapterLine, VersionLine, VersionPage
from archive.statements import StatedChapter

TOLD = 20
"""Versions of which the list tells what they brought, the newest; of older ones their own page does."""
LAID = 30_000
"""Words of edited chapters that one page lays over one another."""


def lines(past: Past) -> tuple[VersionLine, ...]:
    """The versions of a work, the present one first, each with what it brought against the one below it."""
    row: list[Kept | None] = [None, *past.versions] if past.present else []
    digests = {chapter.digest for one in row[: TOLD + 1] for chapter in _chapters(past, one)}
    texts = _paragraphs(digests) if len(row) > 1 else {}
    told = []
    for place, (one, below) in enumerate(pairwise([*row, None])):
        if place + 1 == len(row):
            told.append(past.line(one))
        else:
            known = place < TOLD
            compared = compare(_sides(past, below, texts), _sides(past, one, texts)).sentence if known else ""
            told.append(past.line(one, compared, below.number if below else 0))
    return tuple(told)


def opened(past: Past, version: Kept, place: int | None, *, whole: bool, gated: bool) -> VersionPage:
    """An older version opened at a chapter; without one at its first, or whole. Raises Hidden without that chapter."""
    listed = tuple(ChapterLine(one.number, reading.line(one.number, one.title), one.words) for one in version.chapters)
    numbers = [line.number for line in listed]
    if whole or (place is None and past.line(version).words <= reading.SHORT):
        chosen = numbers
    else:
        chosen = [number for number in numbers if number == (numbers[0] if place is None else place)]
    if not chosen:
        raise Hidden
    first, last = numbers.index(chosen[0]), numbers.index(chosen[-1])
    rows = VersionChapter.everything.filter(version=version.pk, number__in=chosen)
    put = partial(reading.placed, past.blurb.id, chosen, older=version.number)
    return VersionPage(
        blurb=past.blurb,
        version=past.line(version),
        contents=listed,
        chapters=reading.texts(rows, past.blurb, put),
        whole=len(chosen) == len(numbers),
        previous=listed[first - 1] if first else None,
        next=listed[last + 1] if last + 1 < len(listed) else None,
        gated=gated,
    )


def changes(past: Past, version: Kept, *, now: bool, chapter: int | None) -> ChangesPage:
    """What changed from a version to the one that came after it, or (`now`) to the present text.

    Edited chapters are laid over one another as long as they are not too many; else the one that is asked for. Whether
    the page is gated, the door says.
    """
    row: list[Kept | None] = [None, *past.versions]
    after = None if now else row[row.index(version) - 1]
    texts = _paragraphs({one.digest for which in (version, after) for one in _chapters(past, which)})
    compared = compare(_sides(past, version, texts), _sides(past, after, texts))
    laid = _laid(_chosen(compared, chapter))
    told = [change for change in compared.changes if not change.silent]
    return ChangesPage(
        blurb=past.blurb,
        before=past.line(version),
        after=past.line(after),
        sentence=compared.sentence,
        chapters=tuple(_told(change, laid) for change in told),
        unchanged=len(compared.changes) - len(told),
        gated=True,
    )


def _chapters(past: Past, version: Kept | None) -> tuple[StatedChapter, ...]:
    return version.chapters if version else past.present


def _paragraphs(digests: Collection[str]) -> dict[str, bytes]:
    found: dict[str, bytes] = {}
    wanted = sorted(digests)
    for start in range(0, len(wanted), 500):
        rows = Text.everything.filter(digest__in=wanted[start : start + 500]).values_list("digest", "paragraphs")
        found |= {digest: bytes(paragraphs) for digest, paragraphs in rows}
    return found


def _sides(past: Past, version: Kept | None, texts: dict[str, bytes]) -> list[Side]:
    return [
        Side(
            number=one.number,
            key=one.key,
            title=one.title,
            text=one.digest,
            paragraphs=texts.get(one.digest, b""),
            words=one.words,
            notes=(one.summary, one.notes, one.end_notes),
        )
        for one in _chapters(past, version)
    ]


def _chosen(compared: Comparison, chapter: int | None) -> list[Change]:
    """The edited chapters that are laid out: the one that is asked for, or as many as fit."""
    edited = compared.of(Kind.EDITED)
    if chapter is not None:
        return [change for change in edited if change.side.number == chapter]
    chosen: list[Change] = []
    words = 0
    for change in edited:
        words += change.side.words
        if chosen and words > LAID:
            break
        chosen.append(change)
    return chosen


def _laid(edited: Sequence[Change]) -> dict[int, tuple[Paragraph, ...] | None]:
    """By number of the chapter: its paragraphs laid over those before; None where only the markup is another one."""
    sides = [side for change in edited for side in (change.old, change.new) if side]
    bodies = _bodies(str(side.text) for side in sides)
    effort = Effort()
    found: dict[int, tuple[Paragraph, ...] | None] = {}
    for change in edited:
        if change.old and change.new:
            old, new = (bodies.get(str(side.text), []) for side in (change.old, change.new))
            found[change.new.number] = None if same_words(old, new) else tuple(differences(old, new, effort))
    return found


def _bodies(digests: Iterable[str]) -> dict[str, list[str]]:
    rows = Text.everything.filter(digest__in=set(digests)).values_list("digest", "body")
    return {digest: [unescape(leaf) for leaf in leaves(zlib.decompress(body).decode())] for digest, body in rows}


def _told(change: Change, laid: dict[int, tuple[Paragraph, ...] | None]) -> ChapterChange:
    side, kind = change.side, change.kind
    if kind is Kind.EDITED and laid.get(side.number, ()) is None:
        kind = Kind.MARKUP
    return ChapterChange(
        title=reading.line(side.number, side.title),
        was=reading.line(change.old.number, change.old.title) if change.old and change.renamed else "",
        kind=kind.value,
        moved=change.moved,
        annotated=change.annotated,
        paragraphs=change.paragraphs,
        words=side.words,
        number=side.number,
        laid=(laid.get(side.number) or ()) if kind is Kind.EDITED else (),
    )
