"""Texts as ao3_beautiful_txt_getter writes them: title, `作者 - X`, `简介 - ...`, paragraphs set in by wide spaces."""

import re
from collections.abc import Iterator
from itertools import islice

from archive import clean
from archive.formats.format import Format
from archive.formats.source import Source
from archive.formats.texts.header import Entry, Header, blank
from archive.formats.texts.textwork import name_of, work_of
from archive.parsed import ParsedWork, Refused

_EDGE = " \t\xa0\u200b\ufeff\u3000"
_AUTHOR = re.compile(r"[ \t\u3000]*作者\s*[-–—：:]\s*(.*)")
_SUMMARY = re.compile(r"[ \t\u3000]*简介\s*[-–—：:]\s*(.*)")
_INDENT = "\u3000\u3000"
_TOP = 20


def _recognises(source: Source) -> bool:
    if source.encoding_failed or source.text.find("作者", 0, 2_000) < 0:
        return False
    top = list(islice((line for line in source.opening if not blank(line)), _TOP))
    return any(map(_AUTHOR.fullmatch, top[1:3])) and any(map(_SUMMARY.fullmatch, top[1:4]))


def _read(source: Source) -> Iterator[ParsedWork | Refused]:
    lines = clean.mend(source.text).split("\n")
    header, start = _header(lines)
    spaced = [one for line in lines[start:] for one in (("", line) if line.startswith(_INDENT) else (line,))]
    try:
        yield work_of(header, spaced, name_of(source.path))
    except Refused as refused:
        yield refused


def _header(lines: list[str]) -> tuple[Header, int]:
    """Title, author and summary; the summary ends at a blank line, or where the first paragraph is set in."""
    entries: list[Entry] = []
    summary: list[str] | None = None
    at = 0
    for at, line in enumerate(lines):  # noqa: B007 (where it ends is what is asked)
        words = line.strip(_EDGE)
        if author := _AUTHOR.fullmatch(line):
            entries.append(Entry("Author", "authors", author[1].strip(_EDGE)))
        elif opening := _SUMMARY.fullmatch(line):
            summary = [opening[1].strip(_EDGE)]
        elif summary is not None and (line.startswith(_INDENT) or (not words and any(summary))):
            break
        elif summary is not None:
            summary.append(words)
        elif words and not entries:
            entries.append(Entry("Title", "title", words))
    entries.append(Entry("Summary", "summary", "\n".join(summary or ())))
    return Header(entries), at


FORMAT = Format(name="chinese-text", version=1, recognises=_recognises, read=_read)
