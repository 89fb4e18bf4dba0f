"""The plain-text export: a header of labels, then sections, then the body; often many works in one file."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import PurePath

from archive import clean
from archive.formats import body
from archive.formats.format import Format
from archive.formats.header import blank, entry_of, read_header, run_around
from archive.formats.source import Source
from archive.formats.statement import Statement
from archive.formats.walls import wall
from archive.parsed import ParsedChapter, ParsedWork, Refused
from archive.vocabulary import ArchiveWarning, warnings_of

_WORK_ID = re.compile(r"\n[ \t\xa0\ufeff\u200b]*(?i:work[ _]?id)[ \t\xa0]*[:：][ \t\xa0]*#?(\d+)")
"""Found fast, as it begins with a line end."""
_MOST_LINES_OF_A_WALL = 400
_LONGEST_ID_LABEL = 20
_PIECE = 20_000
_ENOUGH = 3
"""So many known labels make a header without title and id."""
_FULL = 4
"""So many known labels besides the id are hardly quoted in a text."""
_BLANKS, _RULE = 2, 10
"""Blank lines, and the length of a line of signs, that part works."""


@dataclass(frozen=True, slots=True)
class _Start:
    """The line where a work begins, and whether it may be only a header that the text before quotes."""

    line: int
    doubtful: bool = False


def _recognises(source: Source) -> bool:
    if source.encoding_failed:
        return False
    lines = source.text[:20_000].split("\n")
    known: set[str] = set()
    for line in lines[_first_line(lines) :]:
        entry = entry_of(line)
        if entry is None:
            break
        known.add(entry.field)
    known.discard("")
    return not known.isdisjoint({"title", "work_id"}) or len(known) >= _ENOUGH


def _read(source: Source) -> Iterator[ParsedWork | Refused]:
    text = clean.mend(source.text)
    many = len(_WORK_ID.findall(text)) + bool(_WORK_ID.match("\n" + text[: _LONGEST_ID_LABEL * 2])) > 1
    lines = text.split("\n")
    del text
    name = PurePath(source.path.replace("\\", "/")).stem.replace("_", " ").strip()
    starts = [_Start(_first_line(lines)), *(_later_works(lines) if many else ())]
    ends = [*(start.line for start in starts[1:]), len(lines)]
    before: ParsedWork | None = None
    for start, end in zip(starts, ends, strict=True):
        try:
            work = _work(body.trimmed(lines[start.line : end], separators=many), name)
        except Refused as refused:
            yield refused
            continue
        before = _no_milder(work, before) if start.doubtful and before else work
        yield before


def _first_line(lines: list[str]) -> int:
    return next((at for at, line in enumerate(lines) if not blank(line)), len(lines))


def _later_works(lines: list[str]) -> Iterator[_Start]:
    """Where further works begin: a title and another work id in one run of labels after a blank line."""
    own, last = "", -1
    for at, line in enumerate(lines):
        found = _WORK_ID.match("\n" + line) if at > last and ":" in line[:_LONGEST_ID_LABEL] else None
        if not found:
            continue
        first, last, fields = run_around(lines, at)
        if not own:
            own = found[1]
        elif found[1] != own and "title" in fields and not any(char.isalnum() for char in lines[first - 1]):
            own = found[1]
            yield _Start(first, doubtful=len(fields - {""}) < _FULL and not _apart(lines, first))


def _apart(lines: list[str], first: int) -> bool:
    """Whether a header stands behind two blank lines or a long rule, as no quotation and no scene break makes them."""
    above = next((at for at in range(first - 1, -1, -1) if not blank(lines[at])), 0)
    line = lines[above].strip()
    return first - above > _BLANKS or (len(line) >= _RULE and not any(char.isalnum() for char in line))


def _no_milder(work: ParsedWork, before: ParsedWork) -> ParsedWork:
    """A work behind a slight header and a single blank line, in which the work before may have quoted another.

    So it is never milder than the one before, what either does not state is not stated, and it never replaces a text
    that stands for itself.
    """
    ratings = dict.fromkeys((*work.ratings, *before.ratings) if work.ratings and before.ratings else ())
    warnings = dict.fromkeys((*work.warnings, *before.warnings))
    if not ((work.warnings and before.warnings) or warnings_of(warnings) & ArchiveWarning.STATED):
        warnings = {}
    return replace(work, ratings=tuple(ratings), warnings=tuple(warnings), partial=True)


def _work(lines: list[str], name: str) -> ParsedWork:
    header = read_header(lines, 0)
    lines = [header.first, *lines[header.body :]]
    statement = Statement(header)
    fields = statement.fields
    title = fields.pop("title", "") or _stand_in(fields.get("source_id", ""), name)
    authors = fields.get("authors", ())
    lines = body.without_title(lines, title, authors)
    if reason := wall("\n".join(lines)) if len(lines) < _MOST_LINES_OF_A_WALL else None:
        raise Refused(reason, title)
    parts = body.split_chapters(lines, fields.get("chapters_posted"))
    parts[0].lines = body.without_title(parts[0].lines, title, authors)
    for part in parts:
        body.take_end_notes(part)
    if end_notes := parts[-1].sections.pop("end_notes", ""):
        statement.sections.setdefault("end_notes", []).append(end_notes)
    chapters = tuple(map(_chapter, parts))
    if not any(chapter.body for chapter in chapters):
        raise Refused("no text after the header", title)
    for section, found in statement.sections.items():
        fields[section] = clean.paragraphs("\n\n".join(found))
    partial = chapters[0].number > 1
    return ParsedWork(title=title, **fields, chapters=chapters, extra=statement.extra, partial=partial)


def _stand_in(source_id: str, name: str) -> str:
    """What a work without a title is called: by its id, else by the name of its file."""
    return f"Work {source_id}" if source_id else name or "Untitled"


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


FORMAT = Format(name="text-export", version=1, recognises=_recognises, read=_read)
