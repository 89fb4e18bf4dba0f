"""A work laid open: its chapters, texts and neighbours. Called by the door, after the verdict."""

import zlib
from collections.abc import Sequence

from django.db.models import QuerySet

from archive import clean, samples
from archive.blurbs import minutes
from archive.merging import COUNTS
from archive.models import Chapter, VersionChapter, Work
from archive.shown import Blurb, ChapterLine, ChapterText, WorkPage

SHORT = 2_000
"""Words up to which a work of several chapters opens whole."""

_HOMES = {
    "archiveofourown.org": "Archive of Our Own",
    "fanfiction.net": "FanFiction.Net",
    samples.SOURCE: "the sample shelf",
}

_SHOWN = ("source", "source_url", "summary", "notes", "end_notes", "extra", "counted")


def contents(work: int) -> tuple[ChapterLine, ...]:
    """The chapter list."""
    rows = Chapter.everything.filter(work=work).order_by("number").values_list("number", "title", "words")
    return tuple(ChapterLine(number, line(number, title), words) for number, title, words in rows)


def line(number: int, title: str) -> str:
    """A chapter as lists show it: its number and title."""
    return f"{number} · {title}" if title else f"Chapter {number}"


def opened(blurb: Blurb, lines: Sequence[ChapterLine], numbers: Sequence[int], *, gated: bool) -> WorkPage:
    """The page that shows these chapters of a work: one of them, or all."""
    work = Work.everything.values(*_SHOWN, *COUNTS).get(pk=blurb.id)
    places = [line.number for line in lines]
    first, last = places.index(numbers[0]), places.index(numbers[-1])
    return WorkPage(
        blurb=blurb,
        source=_HOMES.get(work["source"], work["source"]),
        source_url=work["source_url"],
        summary=work["summary"],
        notes=work["notes"],
        end_notes=work["end_notes"],
        contents=tuple(lines),
        chapters=_texts(blurb, numbers),
        whole=len(numbers) == len(lines),
        previous=lines[first - 1] if first > 0 else None,
        next=lines[last + 1] if last + 1 < len(lines) else None,
        gated=gated,
        minutes_left=minutes(sum(line.words for line in lines[first:]), blurb.lang),
        extra=work["extra"],
        counts=tuple((name, work[name]) for name in COUNTS if work[name] is not None),
        counted=work["counted"],
    )


def _texts(blurb: Blurb, numbers: Sequence[int]) -> tuple[ChapterText, ...]:
    return texts(Chapter.everything.filter(work=blurb.id, number__in=numbers), blurb)


def texts(rows: QuerySet[Chapter] | QuerySet[VersionChapter], blurb: Blurb) -> tuple[ChapterText, ...]:
    """Chapters, of the present or of the past, as they are read."""
    shown = rows.order_by("number").values_list(
        "number", "title", "summary", "notes", "text__body", "end_notes", "text__words"
    )
    return tuple(
        ChapterText(
            number=number,
            title=title,
            summary=summary,
            notes=notes,
            body=clean.numbered(zlib.decompress(body).decode(), f"c{number}p"),
            end_notes=end_notes,
            words=words,
            minutes=minutes(words, blurb.lang),
        )
        for number, title, summary, notes, body, end_notes, words in shown
    )
