"""A work made of a header and lines of text, which is what every format of plain text comes down to."""

from collections.abc import Sequence
from pathlib import PurePath

from archive import clean
from archive.formats.texts import body
from archive.formats.texts.header import Header, blank
from archive.formats.texts.statement import Statement
from archive.formats.texts.unwrapping import unwrapped
from archive.formats.walls import wall
from archive.parsed import ParsedChapter, ParsedWork, Refused

_MOST_LINES_OF_A_WALL = 400
_PIECE = 20_000


def work_of(header: Header, lines: list[str], name: str, partial: bool = False) -> ParsedWork:
    """The work that a header and the lines behind it make. `name` is what it is called when nothing else says.

    Refuses what has no text, and pages that were saved instead of a work.
    """
    statement = Statement(header)
    title, authors = statement.title_or(name), statement.fields.get("authors", ())
    lines = body.without_title(lines, title, authors)
    if reason := wall("\n".join(lines)) if len(lines) < _MOST_LINES_OF_A_WALL else None:
        raise Refused(reason, title)
    parts = body.split_chapters(unwrapped(lines), statement.fields.get("chapters_posted"))
    parts[0].lines = body.without_title(parts[0].lines, title, authors)
    for part in parts:
        body.take_end_notes(part)
    if end_notes := parts[-1].sections.pop("end_notes", ""):
        statement.sections.setdefault("end_notes", []).append(end_notes)
    chapters = tuple(map(_chapter, parts))
    return work_with(statement, title, chapters, partial=partial or chapters[0].number > 1)


def work_with(
    statement: Statement, title: str, chapters: Sequence[ParsedChapter], *, partial: bool = False
) -> ParsedWork:
    """The work that a statement and its chapters make; its summary and notes are plain text."""
    if not any(chapter.body for chapter in chapters):
        raise Refused("no text after the header", title)
    sections = {name: clean.paragraphs("\n\n".join(found)) for name, found in statement.sections.items()}
    fields = statement.fields | sections | {"title": title}
    return ParsedWork(**fields, chapters=tuple(chapters), extra=statement.extra, partial=partial)


def name_of(path: str) -> str:
    """What a work is called after its file, for want of anything better."""
    return PurePath(path.replace("\\", "/")).stem.replace("_", " ").strip()


def _chapter(part: body.Part) -> ParsedChapter:
    return ParsedChapter(
        number=part.number,
        title=part.title,
        body=_prose(part.lines),
        **{section: clean.paragraphs(text) for section, text in part.sections.items()},
    )


def _prose(lines: list[str]) -> str:
    """Lines in canonical HTML; a very long text goes through in pieces, parted at blank lines, to spare memory."""
    pieces: list[str] = []
    start = 0
    while start < len(lines):
        end = start + _PIECE
        while end < len(lines) and not blank(lines[end]):
            end += 1
        if piece := clean.paragraphs("\n".join(lines[start:end])):
            pieces.append(piece)
        start = end
    return "\n".join(pieces)
