"""Statements: what one file states about one work, with its texts named by digest, kept as JSON."""

from dataclasses import dataclass, fields, replace
from datetime import date, datetime
from typing import Any

from archive.parsed import ParsedSeries, ParsedWork


@dataclass(frozen=True, slots=True)
class StatedChapter:
    """One chapter of a statement. `digest` names its text; `words` are counted, not stated."""

    number: int
    key: str
    digest: str
    words: int
    title: str = ""
    summary: str = ""
    notes: str = ""
    end_notes: str = ""


@dataclass(frozen=True, slots=True)
class StatedPicture:
    """One picture of a statement, kept by its digest."""

    sha256: str
    media_type: str
    size: int


@dataclass(frozen=True, slots=True)
class Statement:
    """What one file states about one work.

    `work` has neither chapters nor pictures, which stand beside it. `sha256` and `format` are those of the original
    that the text first came from: our own export passes them through, for every other file they are its own.
    """

    work: ParsedWork
    chapters: tuple[StatedChapter, ...]
    sha256: str
    format: str
    pictures: tuple[StatedPicture, ...] = ()
    """Those that its texts show."""
    superseded: bool = False
    """Whether its file has since been replaced, in its own place, by another file of the same work."""


_TUPLES = {field.name for field in fields(ParsedWork) if str(field.type).startswith("tuple")}
_DATES = ("published", "updated", "counted")


def dump(statement: Statement) -> dict[str, Any]:
    """A statement as plain data, without what is not stated."""
    data = _stated(statement.work)
    for name in _DATES:
        if name in data:
            data[name] = data[name].isoformat()
    if "added" in data:
        data["added"] = data["added"].isoformat()
    if "series" in data:
        data["series"] = [[series.title, series.position] for series in statement.work.series]
    data |= {"sha256": statement.sha256, "format": statement.format}
    data["chapters"] = [_stated(chapter) for chapter in statement.chapters]
    if statement.pictures:
        data["pictures"] = [[picture.sha256, picture.media_type, picture.size] for picture in statement.pictures]
    return data | ({"superseded": True} if statement.superseded else {})


def load(data: dict[str, Any]) -> Statement:
    """The statement that `dump` wrote."""
    stated: dict[str, Any] = {"title": ""} | {
        name: tuple(value) if name in _TUPLES else value
        for name, value in data.items()
        if name not in ("chapters", "pictures", "superseded")
    }
    for name in _DATES:
        if name in stated:
            stated[name] = date.fromisoformat(stated[name])
    if "added" in stated:
        stated["added"] = datetime.fromisoformat(stated["added"])
    if "series" in stated:
        stated["series"] = tuple(ParsedSeries(title, position) for title, position in stated["series"])
    return Statement(
        work=ParsedWork(**stated),
        chapters=tuple(StatedChapter(**chapter) for chapter in data["chapters"]),
        sha256=data["sha256"],
        format=data["format"],
        pictures=tuple(StatedPicture(*picture) for picture in data.get("pictures", ())),
        superseded=data.get("superseded", False),
    )


def statement(work: ParsedWork, chapters: tuple[StatedChapter, ...], sha256: str, format_name: str) -> Statement:
    """The statement of a file, whose digest and format stand unless our own export passes others through."""
    pictures = tuple(StatedPicture(one.sha256, one.media_type, len(one.data)) for one in work.pictures)
    sha256, format_name = work.sha256 or sha256, work.format or format_name
    return Statement(
        work=replace(work, chapters=(), pictures=(), sha256=sha256, format=format_name),
        chapters=chapters,
        sha256=sha256,
        format=format_name,
        pictures=pictures,
    )


def _stated(part: ParsedWork | StatedChapter) -> dict[str, Any]:
    return {
        field.name: value
        for field in fields(part)
        if (value := getattr(part, field.name)) not in ("", (), None, {}) and value is not False
    } | ({"complete": False} if isinstance(part, ParsedWork) and part.complete is False else {})
