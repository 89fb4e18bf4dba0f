"""Where the pieces of FanFicFare's text files begin: title page, table of contents, chapters."""

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from archive.formats.fanficfare.wrapped import joined
from archive.vocabulary import fold

_CONTENTS = "TABLE OF CONTENTS"
_HEADING = re.compile(r"(?:\t| {8})\S")
_BEFORE_TITLE = re.compile(r"(?:\d{1,6}\. )*(?:\(new\) )?(?:\d{1,6}\. )*")
_MOST_LINES_OF_A_TITLE = 8
_BLANKS_BEHIND_THE_PAGE = 3


@dataclass(frozen=True, slots=True)
class Heading:
    """A chapter: the line it is announced in, the line its text begins with, and its title."""

    line: int
    body: int
    title: str


@dataclass(frozen=True, slots=True)
class Outline:
    """The pieces of a file. `page` are the lines between the byline and what follows the title page."""

    title: str
    byline: str
    page: Sequence[str]
    contents: tuple[str, ...]
    chapters: tuple[Heading, ...]


def outline_of(lines: Sequence[str]) -> Outline | None:
    """The pieces of a text; None when it does not open with a title, `by` somebody, and more."""
    title, at = _paragraph(lines, 0)
    byline, start = _paragraph(lines, at)
    if not title or not byline.startswith("by "):
        return None
    contents, behind = _contents(lines, start)
    headings = list(_headings(lines, behind))
    if contents:
        headings = _announced(headings, contents)
        end = behind
    elif headings:
        end = headings[0].line
        headings = headings if _counts(lines[start:end], headings) else headings[:1]
    else:
        end = _end_of_page(lines, start)
        headings = [Heading(end, end, "")]
    page = lines[start : _contents_line(lines, start) if contents else end]
    return Outline(title, byline.removeprefix("by "), page, contents, tuple(headings))


def _paragraph(lines: Sequence[str], at: int) -> tuple[str, int]:
    """The next few lines without a blank one between them as one, and the line behind them."""
    while at < len(lines) and not lines[at].strip():
        at += 1
    end = at
    while end < len(lines) and lines[end].strip() and end - at < _MOST_LINES_OF_A_TITLE:
        end += 1
    return joined(lines[at:end]), end


def _contents_line(lines: Sequence[str], start: int) -> int:
    return next((at for at in range(start, len(lines)) if lines[at].strip() == _CONTENTS), -1)


def _contents(lines: Sequence[str], start: int) -> tuple[tuple[str, ...], int]:
    """The titles in the table of contents, and the line behind it."""
    at = _contents_line(lines, start) + 1
    if not at or (at < len(lines) and lines[at].strip()) or lines[at - 2].strip():
        return (), start
    titles: list[str] = []
    while at < len(lines):
        while at < len(lines) and not lines[at].strip():
            at += 1
        if at == len(lines) or _HEADING.match(lines[at]):
            break
        title, at = _paragraph(lines, at)
        titles.append(title)
    return tuple(titles), at


def _headings(lines: Sequence[str], start: int) -> "Sequence[Heading]":
    """Lines that may announce a chapter: indented, behind two blank lines, with a blank one behind them."""
    found: list[Heading] = []
    for at in range(max(start, 2), len(lines)):
        if not _HEADING.match(lines[at]) or lines[at - 1] or lines[at - 2]:
            continue
        title, end = _paragraph(lines, at)
        if end == len(lines) or not lines[end].strip():
            found.append(Heading(at, end, title))
    return found


def _announced(headings: Sequence[Heading], contents: tuple[str, ...]) -> list[Heading]:
    """Of the lines that may announce chapters, those in the table of contents; all, when they are as many."""
    if len(headings) == len(contents):
        return list(headings)
    places: dict[str, list[int]] = {}
    for place, heading in enumerate(headings):
        places.setdefault(_key(heading.title), []).append(place)
    found: list[Heading] = []
    behind = 0
    for title in contents:
        named = places.get(_key(title), [])
        at = bisect_left(named, behind)
        if at < len(named):
            behind = named[at] + 1
            found.append(headings[named[at]])
    return found or list(headings[:1])


def _key(title: str) -> str:
    """A title without the number and the mark that stand before it in one place and not in the other."""
    return fold(_BEFORE_TITLE.sub("", title, count=1))


def _counts(page: Sequence[str], headings: Sequence[Heading]) -> bool:
    """Whether a title page without a table of contents counts as many chapters."""
    return any(line.rpartition(": ")[2] == str(len(headings)) for line in page)


def _end_of_page(lines: Sequence[str], start: int) -> int:
    """The end of a title page behind which no chapter is announced: the first three blank lines behind its labels."""
    at = start
    while at < len(lines) and not lines[at].strip():
        at += 1
    blanks = 0
    while at < len(lines) and blanks < _BLANKS_BEHIND_THE_PAGE:
        blanks = 0 if lines[at].strip() else blanks + 1
        at += 1
    return at
