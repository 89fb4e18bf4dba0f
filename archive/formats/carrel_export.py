"""Our own export: JSON lines, one work a line, with every field of `ParsedWork` and the id it had."""

import json
from base64 import b64decode
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from typing import Any

from archive import clean
from archive.formats.format import Format
from archive.formats.pictures import picture_of
from archive.formats.source import Source
from archive.parsed import ParsedChapter, ParsedPicture, ParsedSeries, ParsedWork, Refused

MOST_OF_PICTURES = 40 * 1024 * 1024
"""Bytes of pictures that one work takes along, so that its line can be read again without much memory."""
_LONGEST_LINE = 96 * 1024 * 1024


class _Wrong(ValueError):
    """A field that is not what the export writes. Its message names the field."""


def _recognises(source: Source) -> bool:
    """Each line is a JSON object with a title and chapters; the first bytes show how it begins."""
    head = source.head.removeprefix(b"\xef\xbb\xbf").lstrip()
    return head.startswith(b"{") and b'"title"' in head and b'"source_id"' in head


def _read(source: Source) -> Iterator[ParsedWork | Refused]:
    lines = source.lines(_LONGEST_LINE)
    number = 0
    while True:
        number += 1
        try:
            line = next(lines)
        except StopIteration:
            return
        except Refused as refused:
            yield refused
            return
        if line.strip(b"\xef\xbb\xbf \t\r\n"):
            yield _work_or_reason(line, number)


def _work_or_reason(line: bytes, number: int) -> ParsedWork | Refused:
    try:
        return parse(json.loads(line.decode("utf-8-sig")))
    except _Wrong as wrong:
        return Refused(f"line {number}: {wrong}")
    except (ValueError, RecursionError):  # not UTF-8, not JSON, or a number of more digits than Python reads
        return Refused(f"line {number} is not JSON")


def parse(record: Any) -> ParsedWork:
    """One line of the export as a work. Everything is checked and cleaned again, as if it came from a stranger."""
    if not isinstance(record, dict):
        raise _Wrong("not a work")
    if not _words(record, "title"):
        raise _Wrong("title is missing")
    chapters = tuple(_chapter(chapter, place) for place, chapter in enumerate(_list(record, "chapters"), 1))
    if not any(chapter.body for chapter in chapters):
        raise _Wrong("no text in any chapter")
    fields: dict[str, Any] = {name: take(record, name) for take, of in _FIELDS for name in of}
    fields["extra"] = _extra(record)
    if rating := _words(record, "rating"):
        fields["ratings"] = (rating,)
    fields["series"] = tuple(_series(entry) for entry in _list(record, "series"))
    return ParsedWork(**fields, chapters=chapters, pictures=tuple(_pictures(record)))


def _words(record: dict[str, Any], name: str) -> str:
    value = record.get(name)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise _Wrong(f"{name} is not text")
    return value.replace("\0", "").encode("utf-8", "replace").decode("utf-8") if value else ""


def _list(record: dict[str, Any], name: str) -> list[Any]:
    value = record.get(name)
    if value is None:
        return []
    if not isinstance(value, list):
        raise _Wrong(f"{name} is not a list")
    return value


def _names(record: dict[str, Any], name: str) -> tuple[str, ...]:
    return tuple(words for entry in _list(record, name) if (words := _words({name: entry}, name)))


def _number(record: dict[str, Any], name: str) -> int | None:
    value = record.get(name)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value < 2**31:
        raise _Wrong(f"{name} is not a number of things")
    return value


def _date(record: dict[str, Any], name: str) -> date | None:
    if not (words := _words(record, name)):
        return None
    try:
        return date.fromisoformat(words)
    except ValueError:
        raise _Wrong(f"{name} is not a date") from None


def _moment(record: dict[str, Any], name: str) -> datetime | None:
    if not (words := _words(record, name)):
        return None
    try:
        moment = datetime.fromisoformat(words)
    except ValueError:
        raise _Wrong(f"{name} is not a moment") from None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _truth(record: dict[str, Any], name: str) -> bool | None:
    value = record.get(name)
    if value is not None and not isinstance(value, bool):
        raise _Wrong(f"{name} is neither true, false nor null")
    return value


def _markup(record: dict[str, Any], name: str) -> str:
    return clean.html(_words(record, name))


def _series(entry: Any) -> ParsedSeries:
    if not isinstance(entry, dict) or not (title := _words(entry, "title")):
        raise _Wrong("a series has no title")
    return ParsedSeries(title, _number(entry, "position"))


def _chapter(entry: Any, place: int) -> ParsedChapter:
    if not isinstance(entry, dict):
        raise _Wrong("a chapter is not a chapter")
    number = _number(entry, "number")
    texts = {name: _markup(entry, name) for name in ("summary", "notes", "body", "end_notes")}
    return ParsedChapter(
        number=place if number is None else number, title=_words(entry, "title"), key=_words(entry, "key"), **texts
    )


def _pictures(record: dict[str, Any]) -> Iterator[ParsedPicture]:
    """Pictures in base64, known by their bytes; what is none is left out, and its place in the text says so."""
    for data in _names(record, "pictures"):
        try:
            picture = picture_of(b64decode(data, validate=True))
        except ValueError:
            continue
        if picture:
            yield picture


def _extra(record: dict[str, Any]) -> dict[str, str]:
    extra = record.get("extra")
    if extra is None:
        return {}
    if not isinstance(extra, dict):
        raise _Wrong("extra is not a set of labels")
    return {_words({"extra": label}, "extra"): _words(extra, label) for label in extra}


_FIELDS: tuple[tuple[Callable[[dict[str, Any], str], Any], tuple[str, ...]], ...] = (
    (_words, ("title", "source", "source_id", "source_url", "language", "format", "sha256")),
    (_names, ("authors", "warnings", "categories", "fandoms", "relationships", "characters", "freeforms")),
    (_number, ("id", "chapters_posted", "chapters_planned", "words", "kudos", "hits", "bookmarks", "comments")),
    (_markup, ("summary", "notes", "end_notes")),
    (_date, ("published", "updated", "counted")),
    (_moment, ("added",)),
    (_truth, ("complete",)),
)
"""How each field of the export is read."""

FORMAT = Format(name="carrel-export", version=1, recognises=_recognises, read=_read)
