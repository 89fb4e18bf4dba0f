"""FanFicFare's HTML files: one page with a heading, a table of labels, a table of contents, and every chapter."""

import re
from collections.abc import Iterator
from functools import partial

from archive import clean
from archive.formats import markup
from archive.formats.books.leaves import looks
from archive.formats.fanficfare import notes, rows
from archive.formats.fanficfare.parts import Part
from archive.formats.fanficfare.work import work_of
from archive.formats.format import Format
from archive.formats.source import Source
from archive.parsed import ParsedWork, Refused

_START = re.compile(rb"(?:\xef\xbb\xbf)?\s*<")
_MARK = 'name="section'
_CHAPTER = re.compile(
    r"<a\s[^<>]{0,200}?name=\"section(\d{4,6})\"[^<>]{0,200}>\s*<h2[^<>]{0,200}>(.{0,500}?)</h2>\s*</a>",
    re.DOTALL | re.IGNORECASE,
)
_END = "</body>"


def _recognises(source: Source) -> bool:
    if not _START.match(source.head) or source.encoding_failed:
        return False
    text = source.text
    first = _CHAPTER.search(text) if _MARK in text else None
    return first is not None and text.find("<h1", 0, first.start()) >= 0


def _read(source: Source) -> Iterator[ParsedWork | Refused]:
    try:
        yield _work(clean.mend(source.text))
    except Refused as refused:
        yield refused


def _work(text: str) -> ParsedWork:
    starts = list(_CHAPTER.finditer(text))
    last = text.rfind(_END, starts[-1].end())
    ends = [*(start.start() for start in starts[1:]), len(text) if last < 0 else last]
    head = markup.parse(text[: starts[0].start()])
    classes = looks(clean.styles("\n".join(style.text or "" for style in head.iter("style"))))
    page = rows.title_page(head, {})
    parts = [
        _part(int(start[1]), start[2], text[start.end() : end], classes)
        for start, end in zip(starts, ends, strict=True)
    ]
    return work_of(page, parts)


def _part(number: int, title: str, body: str, classes: dict[str, str]) -> Part:
    cleaned = partial(clean.html, classes=classes)
    found: dict[str, str] = {}
    if notes.CLASS in body:
        tree = markup.parse(body)
        found = notes.take_notes(tree, cleaned)
        body = markup.inner(tree)
    return Part(number, markup.words(markup.parse(title)), cleaned(body), notes=found)


FORMAT = Format(name="fanficfare-html", version=1, recognises=_recognises, read=_read)
