"""Texts with their tags behind them: a body, then `[starting tags]`, then `relationship:`, `freeform:` and `fandom:`.

The scraper that writes these puts the text of the page's chapters first, headings and all; a tag stands on each line,
or `None`. By a slip it writes the relationships once more under `fandom:`.
"""

import re
from collections.abc import Iterator

from archive import clean
from archive.formats.format import Format
from archive.formats.source import Source
from archive.formats.texts.header import Entry, Header
from archive.formats.texts.labels import field_of
from archive.formats.texts.textwork import name_of, work_of
from archive.parsed import ParsedWork, Refused

_SIGN = "[starting tags]"
_MARK = re.compile(r"^[ \t]*\[starting tags\][ \t]*$", re.MULTILINE)
_LABEL = re.compile(r"(relationship|freeform|fandom|character|rating|warning|category|language|author|title)s?:(.*)")
_HEADING = re.compile(r"\s*(?:work|chapter) text:?\s*", re.IGNORECASE)
_NUMBER = re.compile(r"\d{4,12}")
_NOTHING = {"", "none"}


def _recognises(source: Source) -> bool:
    return not source.encoding_failed and _SIGN in source.text and _MARK.search(source.text) is not None


def _read(source: Source) -> Iterator[ParsedWork | Refused]:
    text = clean.mend(source.text)
    marks = list(_MARK.finditer(text))
    header = Header(list(_entries(text[marks[-1].end() :].split("\n"))))
    name = name_of(source.path)
    lines = [line for line in text[: marks[-1].start()].split("\n") if not _HEADING.fullmatch(line)]
    try:
        yield work_of(header, lines, f"Work {name}" if _NUMBER.fullmatch(name) else name)
    except Refused as refused:
        yield refused


def _entries(lines: list[str]) -> Iterator[Entry]:
    found: dict[str, list[str]] = {}
    label = ""
    for line in lines:
        words = line.strip()
        if opening := _LABEL.fullmatch(words):
            label, words = opening[1], opening[2].strip()
        if label and words.casefold() not in _NOTHING:
            found.setdefault(label, []).append(words)
    if found.get("fandom") == found.get("relationship"):
        found.pop("fandom", None)
    for label, tags in found.items():
        yield Entry(label.title(), field_of(label), ", ".join(tags))


FORMAT = Format(name="tags-behind", version=1, recognises=_recognises, read=_read)
