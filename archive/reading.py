"""A work laid open: its chapters, texts and neighbours. Called by the door, after the verdict."""

import zlib
from collections.abc import Callable, Sequence
from functools import partial

from django.db.models import QuerySet
from django.urls import reverse

from archive import clean, pictures, samples, shown
from archive.blurbs import minutes
from archive.merging import COUNTS
from archive.models import Chapter, Picture, VersionChapter, Work
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
    place = partial(placed, blurb.id, [*numbers, 0] if len(numbers) == len(places) else numbers)
    first, last = places.index(numbers[0]), places.index(numbers[-1])
    return WorkPage(
        blurb=blurb,
        source=_HOMES.get(work["source"], work["source"]),
        source_url=work["source_url"],
        **{name: place(work[name], 0) for name in ("summary", "notes", "end_notes")},
        contents=tuple(lines),
        chapters=_texts(blurb, numbers, place),
        whole=len(numbers) == len(lines),
        previous=lines[first - 1] if first > 0 else None,
        next=lines[last + 1] if last + 1 < len(lines) else None,
        gated=gated,
        minutes_left=minutes(sum(line.words for line in lines[first:]), blurb.lang),
        extra=work["extra"],
        counts=tuple((name, work[name]) for name in COUNTS if work[name] is not None),
        counted=work["counted"],
    )


def picture(work: int, sha256: str, *, gated: bool) -> shown.Picture | None:
    """A picture that some text of this work shows."""
    row = Picture.everything.filter(work=work, sha256=sha256).first()
    try:
        return shown.Picture(sha256, row.media_type, pictures.read(sha256), gated) if row else None
    except FileNotFoundError:
        return None


def _texts(blurb: Blurb, numbers: Sequence[int], place: Callable[[str, int], str]) -> tuple[ChapterText, ...]:
    return texts(Chapter.everything.filter(work=blurb.id, number__in=numbers), blurb, place)


def texts(
    rows: QuerySet[Chapter] | QuerySet[VersionChapter], blurb: Blurb, place: Callable[[str, int], str]
) -> tuple[ChapterText, ...]:
    """Chapters, of the present or of the past, as they are read. `place` puts links and pictures right."""
    columns = rows.order_by("number").values_list(
        "number", "title", "summary", "notes", "text__body", "end_notes", "text__words"
    )
    return tuple(
        ChapterText(
            number=number,
            title=title,
            summary=place(summary, number),
            notes=place(notes, number),
            body=clean.numbered(place(zlib.decompress(body).decode(), number), f"c{number}p"),
            end_notes=place(end_notes, number),
            words=words,
            minutes=minutes(words, blurb.lang),
        )
        for number, title, summary, notes, body, end_notes, words in columns
    )


def placed(work: int, numbers: Sequence[int], html: str, chapter: int, *, older: int = 0) -> str:
    """A text of a chapter on the page that shows these; 0 stands for the notes of the work itself.

    Those stand with the first chapter or the last, so that a link to them leads to the whole work. In an older
    version links stay within that version.
    """
    route, before = ("version-chapter", [work, older]) if older else ("chapter", [work])

    def address(number: int, name: str) -> str:
        if number in numbers:
            return f"#{_before(number)}{name}" if name else f"#chapter-{number}"
        there = reverse(route, args=[*before, number]) if number else reverse("whole", args=[work])
        return f"{there}#{_before(number)}{name}" if name else there

    def drawn(sha256: str) -> str:
        return reverse("picture", args=[work, sha256])

    return clean.placed(html, _before(chapter), chapter=address, picture=drawn)


def _before(chapter: int) -> str:
    """What the ids of a chapter's texts begin with."""
    return f"c{chapter}-" if chapter else "work-"
