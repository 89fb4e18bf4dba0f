"""A title page of FanFicFare as the fields of a work, whichever of its formats the page was found in."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from archive.formats import values
from archive.formats.fanficfare.guessing import guessed
from archive.formats.fanficfare.labels import field_of
from archive.formats.texts.header import Entry, Header
from archive.formats.texts.statement import Statement
from archive.parsed import ParsedSeries
from archive.vocabulary import categories_of

KEPT = "kept"
"""The field of a row that has none and is to stay as it is."""
_COUNTS = ("kudos", "hits", "bookmarks", "comments")
_NUMBERED = re.compile(r"(.+) \[(\d{1,6})(?:\.\d+)?\]", re.DOTALL)
_RANGE = re.compile(r"\s*\(Ch (\d{1,6})(?:-(\d{1,6}))?\)$")
_NO_TAGS = {"fanfiction"}
"""What FanFicFare itself adds to the tags of every work."""
_AO3_LIKE = {"archiveofourown.org", "squidgeworld.org", "superlove.sayitditto.net", "adastrafanfic.com",
             "cfaarchive.org"}  # fmt: skip
_QUOTE, _UNQUOTE = "<blockquote>", "</blockquote>"
_ONLY_AO3 = {"F/M", "M/M", "F/F"}


@dataclass(frozen=True, slots=True)
class Row:
    """One label of a title page with its value as text; `field` when it is known from elsewhere."""

    label: str
    value: str
    field: str = ""


@dataclass(frozen=True, slots=True)
class TitlePage:
    """What stands on a title page. `address` is the work's own; the summary is cleaned HTML and no row."""

    title: str
    authors: tuple[str, ...] = ()
    address: str = ""
    rows: tuple[Row, ...] = ()
    summary: str = ""
    notes: str = ""

    @property
    def first(self) -> int:
        """The number of the first chapter in the file: only of a download of some chapters it is not 1."""
        found = _RANGE.search(self.title)
        return int(found[1]) if found else 1


def fields_of(page: TitlePage) -> dict[str, Any]:
    """The fields of a `ParsedWork`, all but its chapters and pictures; what has no field is in `extra`."""
    rows = with_fields(page.rows)
    statement = Statement(Header(list(_entries(page, rows))))
    fields = statement.fields
    fields["title"] = _RANGE.sub("", page.title) or "Untitled"
    fields["authors"] = page.authors
    fields["partial"] = bool(_RANGE.search(page.title))
    fields |= {"summary": page.summary, "notes": page.notes}
    fields["series"] = tuple(dict.fromkeys(_series(row.value) for row in rows if row.field == "series"))
    extra = dict(statement.extra)
    _take_counts(rows, fields, extra)
    _split_genre(rows, fields)
    for name in ("fandoms", "characters", "relationships", "freeforms", "categories"):
        fields.setdefault(name, ())
    return {**fields, "extra": extra}


def unquoted(html: str) -> str:
    """A cleaned text that is one quotation and nothing else, without the quotation: AO3's summaries and notes are."""
    if html.startswith(_QUOTE) and html.count(_QUOTE) == 1 and html.endswith(_UNQUOTE):
        return html.removeprefix(_QUOTE).removesuffix(_UNQUOTE)
    return html


def series_rows(found: Iterable[ParsedSeries]) -> list[Row]:
    """Series as rows of a title page."""
    return [
        Row("Series", one.title if one.position is None else f"{one.title} [{one.position}]", "series") for one in found
    ]


def with_fields(rows: Sequence[Row]) -> list[Row]:
    """The rows that say something, each with the field it is for."""
    said = [row for row in rows if values.stated(row.value)]
    known = [row.field or field_of(row.label) for row in said]
    fields = guessed(known, [row.value for row in said])
    return [Row(row.label, row.value, field) for row, field in zip(said, fields, strict=True)]


def _entries(page: TitlePage, rows: Iterable[Row]) -> Iterable[Entry]:
    """What the page states in the words of every header; the rest is taken apart here."""
    if page.address:
        yield Entry("Story URL", "url", page.address)
    chapters = [row for row in rows if row.field == "chapters"]
    for row in sorted(chapters, key=lambda row: "/" not in row.value)[:1]:
        yield Entry(row.label, "chapters", row.value)
    for row in rows:
        if row.field == "restricted" and row.value.casefold() in {"true", "yes", "1"}:
            yield Entry("Restricted", "", "Yes")
        elif row.field == "collections":
            yield Entry("Collections", "", row.value)
        elif row.field not in _TAKEN_APART and not (row.field == "url" and page.address):
            yield Entry(row.label, "" if row.field == KEPT else row.field, row.value)


_TAKEN_APART = {*_COUNTS, "series", "genre", "chapters", "packaged", "restricted", "nothing", "summary", "notes"}


def _series(value: str) -> ParsedSeries:
    """A series as FanFicFare writes it, with the position in brackets: `Low Water [3]`."""
    title = values.line(value)
    if found := _NUMBERED.fullmatch(title):
        return ParsedSeries(found[1], int(found[2]))
    return ParsedSeries(title)


def _take_counts(rows: Iterable[Row], fields: dict[str, Any], extra: dict[str, str]) -> None:
    """Counts are as of the day the file was packaged."""
    for row in rows:
        if row.field in _COUNTS:
            number = values.number(row.value)
            if number is None:
                extra[values.line(row.label)] = values.line(row.value)
            else:
                fields[row.field] = number
        elif row.field == "packaged" and (day := values.day(row.value)):
            fields["counted"] = day
    if not any(name in fields for name in _COUNTS):
        fields.pop("counted", None)


def _split_genre(rows: Iterable[Row], fields: dict[str, Any]) -> None:
    """Of AO3 and its kin, `Genre` holds categories among the freeform tags."""
    genre = [name for row in rows if row.field == "genre" for name in values.names(row.value)]
    tags = dict.fromkeys(fields.get("freeforms", ()))
    stated = dict.fromkeys(fields.get("categories", ()))
    like_ao3 = fields.get("source") in _AO3_LIKE or stated or not _ONLY_AO3.isdisjoint(genre)
    for name in genre:
        if like_ao3 and categories_of([name]):
            stated.setdefault(name)
        else:
            tags.setdefault(name)
    fields["freeforms"] = tuple(name for name in tags if name.casefold() not in _NO_TAGS)
    fields["categories"] = tuple(stated)
