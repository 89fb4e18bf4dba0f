"""Any other text that is something to read: its title from its first line or its file, its chapters as they announce
themselves, and nothing else stated, so that it counts as adult until somebody says otherwise."""

import re
from collections.abc import Iterator

from archive import clean
from archive.formats import values
from archive.formats.format import Format
from archive.formats.source import Source
from archive.formats.texts import body
from archive.formats.texts.header import Entry, Header, blank
from archive.formats.texts.reading_matter import unfit
from archive.formats.texts.textwork import name_of, work_of
from archive.formats.walls import wall
from archive.parsed import ParsedWork, Refused

_LONGEST_TITLE = 100
_ENDS_A_SENTENCE = (".", ",", ";", ":", "-", "—", "。", "，", "：", "”", '"', "’")
_OPENS_SPEECH = ('"', "“", "‘", "«", "—", "– ", "- ", "「", "『", "*")
_BYLINE = re.compile(r"(?:written )?by:?\s+(.{1,80})|(?:author|作者)\s*[:：-]\s*(.{1,80})", re.IGNORECASE)
_MARKUP = re.compile(r"\s*<(?!/?(?:i|em|b|strong|u|s)\b)[a-z!?/]", re.IGNORECASE)
_RICH = "{\\rtf"


def readable(source: Source) -> bool:
    """Whether a file is a plain text to read: no markup, no page that stands for a work, no log and no program."""
    if source.encoding_failed:
        return False
    text = source.text
    return not (_MARKUP.match(text) or text.startswith(_RICH) or wall(text) or unfit(text))


def _read(source: Source) -> Iterator[ParsedWork | Refused]:
    lines = clean.mend(source.text).split("\n")
    header, start = opening(lines)
    try:
        yield work_of(header, lines[start:], name_of(source.path))
    except Refused as refused:
        yield refused


def opening(lines: list[str]) -> tuple[Header, int]:
    """Title and byline above a text, if it has them, and the line where it begins."""
    header = Header()
    first = _next(lines, 0)
    if first == len(lines) or not _is_title(lines, first):
        return header, 0
    header.entries.append(Entry("Title", "title", values.line(lines[first])))
    at = _next(lines, first + 1)
    found = _BYLINE.fullmatch(lines[at].strip()) if at < len(lines) else None
    if not found:
        return header, first + 1
    header.entries.append(Entry("Author", "authors", (found[1] or found[2]).strip()))
    return header, at + 1


def _is_title(lines: list[str], at: int) -> bool:
    """Whether a line is a title: short, no sentence and no speech, and set off from the text or above a byline."""
    words = lines[at].strip()
    if len(words) > _LONGEST_TITLE or words.endswith(_ENDS_A_SENTENCE) or words.startswith(_OPENS_SPEECH):
        return False
    if body.announces_chapter(words) or not any(char.isalnum() for char in words):
        return False
    following = lines[at + 1] if at + 1 < len(lines) else ""
    return blank(following) or _BYLINE.fullmatch(following.strip()) is not None


def _next(lines: list[str], at: int) -> int:
    while at < len(lines) and blank(lines[at]):
        at += 1
    return at


FORMAT = Format(name="plain-text", version=1, recognises=readable, read=_read)
