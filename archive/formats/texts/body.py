"""The body of a text export: the repeated title, chapters that are announced, and end notes behind the text."""

import re
from dataclasses import dataclass, field

from archive.clean.prose import is_scene_break
from archive.formats import values
from archive.formats.texts.header import blank, entry_of
from archive.formats.texts.numerals import number_of, style_of
from archive.vocabulary import fold

_HEADING = re.compile(
    r"(?:chapter|chapitre|cap[ií]tulo|capitolo|kapitel|hoofdstuk|rozdzia[łl]|глава|розділ)\s+"
    r"(\d{1,5}|[ivxlc]{1,9}|(?:the\s)?[a-z]{3,11}(?:[- ][a-z]{3,7})?)"
    r"(?:\s*[:：.\-–—]\s*(.{0,250}))?"
    r"|第\s*(\d{1,5}|[一二三四五六七八九十]{1,3})\s*[章回話话](?:\s*[:：.\-–— ]\s*(.{0,250}))?",
    re.IGNORECASE,
)
_STARTS = set("cCkKhHrRгГрР第")
_EDGE = " \t\xa0\u200b\ufeff\u3000"
_OPENINGS = _STARTS | set(_EDGE)
_LONGEST_NOTES = 20_000
_LONGEST_LABEL = 40
_LONGEST_HEADING = 300


@dataclass(slots=True)
class Part:
    """One chapter as lines, with the sections that stand before and behind them."""

    number: int
    title: str = ""
    lines: list[str] = field(default_factory=list)
    sections: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Heading:
    line: int
    number: int
    style: str
    title: str


def without_title(lines: list[str], title: str, authors: tuple[str, ...]) -> list[str]:
    """The lines without the title, and the byline, that the body repeats at its start."""
    at = _next(lines, 0)
    if at < len(lines) and len(lines[at]) <= 2 * len(title) + 40 and fold(values.line(lines[at])) == fold(title):
        lines = lines[at + 1 :]
        at = _next(lines, 0)
        byline = "by " + ", ".join(authors)
        if authors and at < len(lines) and fold(values.line(lines[at])) == fold(byline):
            lines = lines[at + 1 :]
    return lines


def take_end_notes(part: Part) -> None:
    """End notes behind the text: a label alone after a blank line, the only one, with few lines behind it."""
    lines = part.lines
    found = [at for at, line in enumerate(lines) if line and len(line) < _LONGEST_LABEL and _end_label(lines, at)]
    if len(found) != 1 or _next(lines, 0) == found[0]:
        return
    at = found[0]
    value = "\n".join(lines[at + 1 :]).strip(_EDGE + "\n")
    if len(value) <= _LONGEST_NOTES:
        part.lines = lines[:at]
        part.sections["end_notes"] = value


def take_opening_sections(part: Part) -> None:
    """The summary and notes of a chapter: a label alone below the announcement, with its lines right behind it."""
    at = _next(part.lines, 0)
    while at + 1 < len(part.lines) and not blank(part.lines[at + 1]):
        entry = entry_of(part.lines[at])
        if entry is None or entry.value or entry.field not in {"summary", "notes"}:
            return
        end = at + 1
        while end < len(part.lines) and not blank(part.lines[end]):
            end += 1
        part.sections[entry.field] = "\n".join(part.lines[at + 1 : end])
        part.lines = part.lines[end:]
        at = _next(part.lines, 0)


def _end_label(lines: list[str], at: int) -> bool:
    entry = entry_of(lines[at]) if at and blank(lines[at - 1]) else None
    return entry is not None and entry.field == "end_notes" and not entry.value


def split_chapters(lines: list[str], posted: int | None) -> list[Part]:
    """The chapters that lines of their own announce, when they run 1, 2, 3 or the header counts several."""
    headings = _run(lines, _headings(lines), posted)
    if not headings:
        return [Part(1, lines=lines)]
    parts: list[Part] = []
    before = lines[: headings[0].line]
    if headings[0].number > 1 and any(not blank(line) for line in before):
        parts.append(Part(1, lines=before))
        before = []
    for place, heading in enumerate(headings):
        end = headings[place + 1].line if place + 1 < len(headings) else len(lines)
        part = Part(heading.number, heading.title, lines[heading.line + 1 : end])
        take_opening_sections(part)
        part.lines = [*before, *part.lines]
        parts.append(part)
        before = []
    return parts


def announces_chapter(words: str) -> bool:
    """Whether words announce a chapter, and do nothing else."""
    return _heading(words) is not None


def chapter_title(words: str, place: int | None = None) -> str:
    """The title of a chapter by its heading: empty for a bare number, the words themselves where there is none.

    >>> chapter_title("Chapter Two: The Crossing"), chapter_title("Chapter 2"), chapter_title("The Crossing")
    ('The Crossing', '', 'The Crossing')

    With the place at which the chapter stands, a number that is another one is kept:

    >>> chapter_title("Chapter 5: Ashore", 5), chapter_title("Chapter 5: Ashore", 1)
    ('Ashore', 'Chapter 5: Ashore')
    """
    heading = _heading(words)
    return heading.title if heading and place in {None, heading.number} else words


def _heading(words: str, line: int = 0) -> _Heading | None:
    found = _HEADING.fullmatch(words)
    written = found and (found[1] or found[3])
    if not found or not written or (number := number_of(" ".join(written.split()))) is None:
        return None
    return _Heading(line, number, style_of(written), values.line(found[2] or found[4] or ""))


def _headings(lines: list[str]) -> list[_Heading]:
    """Lines that may announce a chapter: alone at the start of a paragraph, with text before the next such line."""
    found: list[_Heading] = []
    for at, line in enumerate(lines):
        if line[:1] not in _OPENINGS or len(line) > _LONGEST_HEADING or line.lstrip(_EDGE)[:1] not in _STARTS:
            continue
        if at and not blank(lines[at - 1]):
            continue
        if heading := _heading(line.strip(_EDGE), at):
            found.append(heading)
    if not found:
        return []
    ends = [*(heading.line for heading in found[1:]), len(lines)]
    return [
        heading
        for heading, end in zip(found, ends, strict=True)
        if any(not blank(line) for line in lines[heading.line + 1 : end])
    ]


def _run(lines: list[str], found: list[_Heading], posted: int | None) -> list[_Heading]:
    """Of the lines that may announce chapters, those that count up by one from the first, all numbered alike."""
    styles = list(dict.fromkeys(heading.style for heading in found))
    runs = [_run_of(lines, [one for one in found if one.style == style], posted) for style in styles]
    return max(runs, key=len, default=[])


def _run_of(lines: list[str], found: list[_Heading], posted: int | None) -> list[_Heading]:
    several = (posted or 0) > 1
    opens = _next(lines, 0) == found[0].line
    expected = 1
    if not any(heading.number == 1 for heading in found):
        expected = found[0].number if several and opens and found[0].number <= (posted or 0) else 2
    run: list[_Heading] = []
    for heading in found:
        if heading.number == expected:
            run.append(heading)
            expected += 1
    if several or len(run) > 1:
        return run if several or run[0].number == 1 else []
    return run if run and opens and run[0].number == 1 else []


def trimmed(lines: list[str], *, separators: bool) -> list[str]:
    """Lines without blank ones at the end, and without the rule that parts works in a file of many."""
    end = len(lines)
    while end and (blank(lines[end - 1]) or (separators and is_scene_break(lines[end - 1].strip(_EDGE)))):
        end -= 1
    return lines[:end]


def _next(lines: list[str], at: int) -> int:
    while at < len(lines) and blank(lines[at]):
        at += 1
    return at
