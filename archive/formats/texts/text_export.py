"""The plain-text export: a header of labels, then sections, then the body; often many works in one file."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from archive import clean
from archive.formats.format import Format
from archive.formats.source import Source
from archive.formats.texts import body
from archive.formats.texts.header import blank, entry_of, read_header, run_around
from archive.formats.texts.textwork import name_of, work_of
from archive.parsed import ParsedWork, Refused
from archive.vocabulary import ArchiveWarning, warnings_of

_WORK_ID = re.compile(r"\n[ \t\xa0\ufeff\u200b]*(?i:work[ _]?id)[ \t\xa0]*[:：][ \t\xa0]*#?(\d+)")
"""Found fast, as it begins with a line end."""
_LONGEST_ID_LABEL = 20
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
    lines = source.opening
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
    source.spare()
    name = name_of(source.path)
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
    return work_of(header, [header.first, *lines[header.body :]], name)


FORMAT = Format(name="text-export", version=2, recognises=_recognises, read=_read)
