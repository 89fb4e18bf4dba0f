"""What a file states about its works, as frozen plain data: the common tongue of every format."""

from dataclasses import dataclass, field
from datetime import date, datetime


class Refused(Exception):
    """A file, or one work in it, that cannot be taken in. Its message is the reason a keeper reads, one line.

    `title` names the work, where there is one to name.
    """

    def __init__(self, reason: str, title: str = "") -> None:
        super().__init__(reason)
        self.title = title


@dataclass(frozen=True, slots=True)
class ParsedSeries:
    """One series a work belongs to; `position` is None when not stated."""

    title: str
    position: int | None = None


@dataclass(frozen=True, slots=True)
class ParsedPicture:
    """One picture that a file brings. Cleaned texts name it as `picture:<sha256>`; sides are in pixels."""

    sha256: str
    data: bytes = field(repr=False)
    media_type: str
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class ParsedChapter:
    """One chapter. All texts are HTML already cleaned by `archive.clean`; titles are plain text.

    `key` names the chapter at its source when the source has a name for it, else it is empty.
    """

    number: int
    body: str
    title: str = ""
    summary: str = ""
    notes: str = ""
    end_notes: str = ""
    key: str = ""


@dataclass(frozen=True, slots=True)
class ParsedWork:
    """One work as one file states it. Empty means *not stated*, everywhere; nothing is invented.

    `rating`, `warnings`, `categories` are the stated words; `ratings` with several entries mean that several were
    stated. `complete` is None when the file says nothing that decides it. `chapters_planned` is None for `?` or
    nothing. `summary`, `notes`, `end_notes` are cleaned HTML. `extra` holds labels that have no field here, as stated.
    `partial` is set when the file says that it holds only some of the chapters it knows of.
    `kudos`, `hits`, `bookmarks` and `comments` are as of `counted`, the day the file was saved, when it tells.
    `id`, `added`, `sha256` and `format` are set only by our own export, which passes them through.
    """

    title: str
    source: str = ""
    source_id: str = ""
    source_url: str = ""
    authors: tuple[str, ...] = ()
    ratings: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    fandoms: tuple[str, ...] = ()
    relationships: tuple[str, ...] = ()
    characters: tuple[str, ...] = ()
    freeforms: tuple[str, ...] = ()
    language: str = ""
    published: date | None = None
    updated: date | None = None
    complete: bool | None = None
    chapters_posted: int | None = None
    chapters_planned: int | None = None
    words: int | None = None
    kudos: int | None = None
    hits: int | None = None
    bookmarks: int | None = None
    comments: int | None = None
    counted: date | None = None
    summary: str = ""
    notes: str = ""
    end_notes: str = ""
    series: tuple[ParsedSeries, ...] = ()
    chapters: tuple[ParsedChapter, ...] = ()
    pictures: tuple[ParsedPicture, ...] = ()
    extra: dict[str, str] = field(default_factory=dict)
    partial: bool = False
    id: int | None = None
    added: datetime | None = None
    format: str = ""
    sha256: str = ""
