"""The text of a work's page at the Archive of Our Own, as scrapers, web caches and browsers that translate leave it.

Two shapes are passed round. The short one is the page's title, `Author:`, `Summary 1:`, `Note 1:` and `Work Text:`. The
long one has the whole page: `Work Header`, then each label on a line with its values on lines of their own, or without
any where links were dropped; then title, byline, `Summary:`, `Notes:` and the text, with the page's buttons behind it.
A translating browser leaves both languages in a line (`Work Text:作品正文：`).
"""

import re
from collections.abc import Iterator
from dataclasses import replace

from archive import clean
from archive.formats import values
from archive.formats.format import Format
from archive.formats.source import Source
from archive.formats.texts.header import Entry, Header, blank
from archive.formats.texts.labels import field_of
from archive.formats.texts.page_title import PageTitle, is_page_title, page_title
from archive.formats.texts.textwork import name_of, work_of
from archive.parsed import ParsedWork, Refused

_EDGE = " \t\xa0\u200b\ufeff\u3000"
_HEADING = re.compile(r"(work header|(?:work|chapter) text|stats|actions)[\W\u3400-\u9fff]*", re.IGNORECASE)
_CHAPTER = re.compile(r"Chapter \d{1,5}(?:: .{1,250})?", re.IGNORECASE)
_TEXT = re.compile(r"(?:work|chapter) text[\W\u3400-\u9fff]*", re.IGNORECASE)
_LABEL = re.compile(
    r"([A-Za-z][A-Za-z /]{2,30}?)(?: \d{1,2})?[:：](?:\s?[\u3400-\u9fff]{1,12}[:：])?\s*(.*)", re.DOTALL
)
_CHINESE = re.compile(r"[\u3400-\u9fff]")
_JUMP = re.compile(
    r"<p class=\"jump\">\s?|\(See the end of the (?:work|chapter) for (?:<a[^<>]{0,200}>)?\s?(?:more )?"
    r"(?:notes?|other works inspired by this one)?(?:</a>)?[\s.]{0,4}\)(?:</p>)?",
    re.IGNORECASE,
)
_ONE_LINE = {
    "language", "published", "updated", "completed", "status", "words", "chapters", "kudos", "hits", "bookmarks",
    "comments",
}  # fmt: skip
"""Labels whose value is a single line, with the next line belonging to something else."""
_COUNTS = {"words", "chapters", "kudos", "hits", "bookmarks", "comments"}
_SECTIONS = {"summary", "notes"}
_BUTTONS = {"kudos", "comments", "post comment", "footer", "share", "bookmark", "top", "↑ top"}
_SIGNS = ("Archive of Our Own", "Work Header")
_HEAD = 10_000
_BEGINNING = 300
_LONGEST_NOTES = 1500
_FURNITURE = 3000
"""Lines behind a text that may be comments and buttons."""


def _recognises(source: Source) -> bool:
    if source.encoding_failed:
        return False
    text = source.text
    if not any(text.find(sign, 0, _HEAD) >= 0 for sign in _SIGNS):
        return False
    lines = [line.strip(_EDGE) for line in text[:_HEAD].split("\n")[:_BEGINNING]]
    titled = next((is_page_title(line) for line in lines if line), False)
    named = any((found := _HEADING.fullmatch(line)) and found[1].casefold() == "work header" for line in lines)
    return (titled or named) and any(_TEXT.fullmatch(line) or field_of(line.partition(":")[0]) for line in lines)


def _read(source: Source) -> Iterator[ParsedWork | Refused]:
    lines = [line.strip(_EDGE) for line in clean.mend(source.text).split("\n")]
    try:
        yield _work(lines, name_of(source.path))
    except Refused as refused:
        yield refused


def _work(lines: list[str], name: str) -> ParsedWork:
    first = next((at for at, line in enumerate(lines) if line), 0)
    titled = is_page_title(lines[first])
    start = next((at for at, line in enumerate(lines[:_BEGINNING]) if _is_work_header(line)), None)
    text = next((at for at, line in enumerate(lines[:_LONGEST_NOTES]) if _TEXT.fullmatch(line)), None)
    start = first - (not titled) if start is None else start
    begin = None if text is None else _first_chapter(lines, start, text)
    header, loose = _header([line for line in lines[start + 1 : begin] if not _TEXT.fullmatch(line)])
    told = _titled(lines[first], header) if titled else _untitled(loose)
    for label, field, value in (("Title", "title", told.title), ("Author", "authors", told.author)):
        if value and not header.has(field):
            header.entries.append(Entry(label, field, value))
    if told.fandoms and not header.has("fandoms"):
        header.entries.append(Entry("Fandom", "fandoms", told.fandoms))
    if begin is None:
        raise Refused("no text after the header", told.title or name)
    work = work_of(header, _body(lines[begin:]), name, partial=bool(told.chapter))
    if told.chapter and len(work.chapters) == 1:
        return replace(work, chapters=(replace(work.chapters[0], number=told.chapter),))
    return work


def _first_chapter(lines: list[str], start: int, text: int) -> int:
    """Where the text begins: at the heading of its first chapter, which stands above the word for the text."""
    return next((at for at in range(text - 1, start, -1) if _CHAPTER.fullmatch(lines[at])), text + 1)


def _untitled(loose: list[str]) -> PageTitle:
    """Title and byline as they stand between the labels and the summary."""
    title, author, *_ = *loose, "", ""
    return PageTitle(title, author)


def _titled(line: str, header: Header) -> PageTitle:
    authors = next((entry.value for entry in header.entries if entry.field == "authors"), "")
    return page_title(line, values.names(authors))


def _is_work_header(line: str) -> bool:
    found = _HEADING.fullmatch(line)
    return bool(found and found[1].casefold() == "work header")


def _header(lines: list[str]) -> tuple[Header, list[str]]:
    """The labels above a text with their values, and the lines that belong to none: title and byline."""
    entries: list[Entry] = []
    loose: list[str] = []
    closed = True
    for line in lines:
        within = bool(entries) and entries[-1].field in _SECTIONS
        if (entry := _entry(line)) and (not within or entry.field in _SECTIONS):
            entries.append(entry)
            closed = entry.field in _ONE_LINE and bool(entry.value)
        elif blank(line):
            if within and entries[-1].value:
                entries[-1] = _with(entries[-1], "")
        elif closed or (entries[-1].field in _COUNTS and not line[0].isdigit()):
            loose += [] if _HEADING.fullmatch(line) else [line]
        else:
            entries[-1] = _with(entries[-1], line)
            closed = entries[-1].field in _ONE_LINE
    return Header([_tidy(entry) for entry in entries if entry.value]), loose


def _entry(line: str) -> Entry | None:
    found = _LABEL.fullmatch(line)
    if not found:
        return None
    label, value = found[1].strip(), found[2].strip(_EDGE)
    name = field_of(label)
    if name in {"", "title", "text"}:
        return Entry(label, "", value) if label.casefold() in {"collections", "stats"} else None
    return Entry(label, name, value)


def _with(entry: Entry, line: str) -> Entry:
    joint = "\n" if entry.field in _SECTIONS else ", "
    return Entry(entry.label, entry.field, f"{entry.value}{joint}{line}" if entry.value else line)


def _tidy(entry: Entry) -> Entry:
    """A value without the buttons of the page, and without its translation."""
    if entry.field in _SECTIONS:
        return Entry(entry.label, entry.field, _JUMP.sub("", entry.value).strip())
    parts = map(_untranslated, entry.value.split(", "))
    return Entry(entry.label, entry.field, ", ".join(part for part in parts if part.strip(" ,")))


def _untranslated(value: str) -> str:
    """A value in Latin letters without the Chinese that a browser has put behind it."""
    chinese = _CHINESE.search(value)
    own = value[: chinese.start()].strip() if chinese else ""
    return own if own.isascii() and any(char.isalnum() for char in own) else value


def _body(lines: list[str]) -> list[str]:
    """The text without the headings of the page between its chapters, and without the buttons behind it."""
    for at in range(len(lines) - 1, max(-1, len(lines) - _FURNITURE), -1):
        if lines[at].casefold() == "actions" and _BUTTONS & {line.casefold() for line in lines[at + 1 : at + 40]}:
            lines = lines[:at]
    return [_JUMP.sub("", line) if "(See the end" in line else line for line in lines if not _TEXT.fullmatch(line)]


FORMAT = Format(name="page-text", version=1, recognises=_recognises, read=_read)
