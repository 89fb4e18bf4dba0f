"""What calibre knows of a book, written down from its library: a row of `metadata.db` with all that belongs to it.

The shape is ours (`archive.finding.calibre` writes it), the facts are calibre's: authors and series are calibre's own,
tags are of no kind, stars are an opinion and no rating, and a column that a reader has made is known by its label.
"""

import json
from collections.abc import Callable
from typing import Any

from archive import clean
from archive.formats import values
from archive.formats.texts.labels import field_of
from archive.parsed import ParsedSeries, ParsedWork
from archive.vocabulary import ArchiveWarning, Rating, categories_of, fold, rating_of, warnings_of

_WORDS = ("text", "enumeration")
_LISTS: dict[str, Callable[[str], bool]] = {
    "ratings": lambda words: rating_of(words) is not Rating.UNKNOWN,
    "categories": lambda words: bool(categories_of([words])),
    **dict.fromkeys(("warnings", "fandoms", "relationships", "characters", "freeforms"), bool),
}
"""Lists that a column may hold, and which words each of them takes: a reader's own "Loved it" is no rating."""
_DATES = {"published", "updated"}
_NUMBERS = {"words", "kudos", "hits", "bookmarks", "comments"}
_COMPLETE = {"complete", "completed", "finished", "done", "yes"}
_IN_PROGRESS = {"in progress", "in-progress", "work in progress", "wip", "ongoing", "incomplete", "unfinished", "no"}
_NO_TAGS = {"fanworks", "fanworks.", "fanfiction", "fan fiction", "completed", "complete", "in-progress", "in progress"}
"""What downloads carry as subjects, and what is no tag of the work."""
_LARGEST_INDEX = 1_000_000
_STAMP = "last update"
_ADDRESSES = ("url", "uri")
_UNKNOWN_LANGUAGES = {"und", "mul", "zxx"}


def read(data: bytes) -> ParsedWork | None:
    """The facts of a row as a work without chapters; None when the bytes are none.

    Who made the work where (its source and id) is not told: that is for the book itself to say.
    """
    try:
        row = json.loads(data)
    except (ValueError, RecursionError):
        return None
    if not isinstance(row, dict) or "calibre" not in row:
        return None
    fields, extra = _columns(row.get("columns", []))
    return ParsedWork(**(_own(row) | fields), extra=_extra(row) | extra)


def _own(row: dict[str, Any]) -> dict[str, Any]:
    identifiers = row.get("identifiers", {})
    address = next((identifiers[name] for name in _ADDRESSES if name in identifiers), "")
    languages = [code for code in row.get("languages", []) if code not in _UNKNOWN_LANGUAGES]
    return {
        "title": values.line(row.get("title", "")),
        "authors": _names(row.get("authors", [])),
        "series": _series(row.get("series")),
        "freeforms": tuple(tag for tag in _names(row.get("tags", [])) if not _is_no_tag(tag)),
        "language": languages[0] if languages else "",
        "published": values.day(row.get("published", "")),
        "summary": _prose(row.get("comments", "")),
        "source_url": address if address.startswith(("http://", "https://")) else "",
    }


def _extra(row: dict[str, Any]) -> dict[str, str]:
    others = [f"{name}: {value}" for name, value in row.get("identifiers", {}).items() if name not in _ADDRESSES]
    stars = row.get("stars")
    found = {
        "Publisher": row.get("publisher", ""),
        "Identifiers": "; ".join(others),
        "Stars": _stars(stars) if stars else "",
    }
    return {label: values.line(value) for label, value in found.items() if value}


def _columns(columns: list[dict[str, Any]]) -> tuple[dict[str, Any], dict[str, str]]:
    """The fields that a reader's own columns name, and what the others say."""
    fields: dict[str, Any] = {}
    extra: dict[str, str] = {}
    for column in columns:
        found = _field(column)
        if found and found[0] not in fields and found[1] not in (None, (), ""):
            fields[found[0]] = found[1]
        elif words := values.line(_said(column)):
            extra[values.line(column["name"])] = words
    return fields, extra


def _field(column: dict[str, Any]) -> tuple[str, Any] | None:
    """The field that a column names, by its label or else its heading, with what it says there."""
    value, sort = column["value"], column["datatype"]
    name = field_of(column["label"]) or field_of(column["name"])
    if name == "summary" and sort in (*_WORDS, "comments"):
        return name, _prose(str(value))
    if sort in _WORDS and name in _LISTS:
        listed = _listed(value)
        return (name, listed) if all(map(_LISTS[name], listed)) else None
    if name in _DATES:
        return name, values.day(str(value)[:10])
    if name in _NUMBERS:
        return name, values.number(_said(column))
    if name in ("status", "completed"):
        words = _said(column).casefold()
        return "complete", True if words in _COMPLETE else False if words in _IN_PROGRESS else None
    return None


def _said(column: dict[str, Any]) -> str:
    """What a column says, as words that people read."""
    value, sort = column["value"], column["datatype"]
    if sort in _SAYING:
        return _SAYING[sort](value)
    if isinstance(value, list):
        return "; ".join(map(str, value))
    return str(value).removesuffix(".0") if isinstance(value, float) else str(value)


def _listed(value: Any) -> tuple[str, ...]:
    return _names(value) if isinstance(value, list) else values.names(str(value))


def _names(names: list[Any]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for each in names if (name := values.line(str(each)))))


def _series(stated: Any) -> tuple[ParsedSeries, ...]:
    if not stated or not (title := values.line(stated[0])):
        return ()
    index = stated[1]
    whole = isinstance(index, int | float) and 0 < index < _LARGEST_INDEX and index == int(index)
    return (ParsedSeries(title, int(index) if whole else None),)


def _is_no_tag(tag: str) -> bool:
    """Whether a tag of no kind is a word of the closed vocabulary, which only labels may say, or of a program."""
    words = fold(tag)
    return (
        words in _NO_TAGS
        or words.startswith(_STAMP)
        or rating_of(words) is not Rating.UNKNOWN
        or not warnings_of([words]) & ArchiveWarning.OTHER
        or bool(categories_of([words]))
    )


def _prose(text: str) -> str:
    return clean.html(text) if "<" in text else clean.paragraphs(text)


def _stars(value: float) -> str:
    """Stars as people count them; calibre keeps twice as many.

    >>> _stars(7)
    '3.5 of 5'
    """
    return f"{value / 2:g} of 5"


_SAYING: dict[str, Callable[[Any], str]] = {
    "bool": lambda value: "Yes" if value else "No",
    "rating": _stars,
    "datetime": lambda value: str(value)[:10],
    "series": lambda value: str(value[0]) if value[1] is None else f"{value[0]} [{value[1]:g}]",
    "comments": lambda value: clean.plain(_prose(str(value))),
}
