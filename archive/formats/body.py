"""The body of a text export: the repeated title, chapters that are announced, and end notes behind the text."""

import re
from dataclasses import dataclass, field

from archive.clean.prose import is_scene_break
from archive.formats import values
from archive.formats.header import blank, entry_of
from archive.vocabulary import fold

_HEADING = re.compile(
    r"(?:chapter|chapitre|cap[ií]tulo|capitolo|kapitel|hoofdstuk|rozdzia[łl]|глава|розділ)\s+(\d{1,5})"
    r"(?:\s*[:：.\-–—]\s*(.{0,250}))?"
    r"|第\s*(\d{1,5})\s*[章回話话](?:\s*[:：.\-–— ]\s*(.{0,250}))?",
    re.I,
)
_STARTS = re.compile(r"[\s\ufeff\u200b]*(?:[ckhrгр第]|$)", re.I)
_EDGE = " \t\xa0\u200b\ufeff\u3000"
_LONGEST_NOTES = 20_000


@dataclass(slots=True)
class Part:
    """One chapter as lines; `number` is None for a body without chapters."""

    number: int
    title: str = ""
    lines: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Heading:
    line: int
    number: int
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


def split_end_notes(lines: list[str]) -> tuple[list[str], str]:
    """The body, and the end notes behind it: a label alone after a blank line, the only one, with few lines behind."""
    found = [at for at, line in enumerate(lines) if line[:24].lstrip(_EDGE)[:1] in {"E", "e"} and _end_label(lines, at)]
    if len(found) != 1 or not any(not blank(line) for line in lines[: found[0]]):
        return lines, ""
    at = found[0]
    value = "\n".join(lines[at + 1 :]).strip(_EDGE + "\n")
    return (lines[:at], value) if len(value) <= _LONGEST_NOTES else (lines, "")


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
        parts.append(Part(heading.number, heading.title, [*before, *lines[heading.line + 1 : end]]))
        before = []
    return parts


def _headings(lines: list[str]) -> list[_Heading]:
    """Lines that may announce a chapter: alone at the start of a paragraph, with text before the next such line."""
    found: list[_Heading] = []
    for at, line in enumerate(lines):
        if len(line) > 300 or not _STARTS.match(line) or not (at == 0 or blank(lines[at - 1])):
            continue
        heading = _HEADING.fullmatch(line.strip(_EDGE))
        if heading:
            number, title = heading[1] or heading[3], heading[2] or heading[4] or ""
            found.append(_Heading(at, int(number), values.line(title)))
    if not found:
        return []
    ends = [*(heading.line for heading in found[1:]), len(lines)]
    return [
        heading
        for heading, end in zip(found, ends, strict=True)
        if any(not blank(line) for line in lines[heading.line + 1 : end])
    ]


def _run(lines: list[str], found: list[_Heading], posted: int | None) -> list[_Heading]:
    """Of the lines that may announce chapters, those that count up by one from the first."""
    if not found:
        return []
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
