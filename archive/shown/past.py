"""Where a work comes from: its files, its older texts, and what changed between them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from archive.differences import Paragraph
from archive.shown.reading import ChapterLine, ChapterText
from archive.shown.works import Blurb


@dataclass(frozen=True, slots=True)
class FileLine:
    """One file that a work came from. Where it lay (`path`) is told to keepers only."""

    number: int
    """What the page calls it: 1 for the first that was imported."""
    sha256: str
    format: str
    """The format's name for the screen: "AO3 EPUB"."""
    imported: datetime
    dated: date | None
    """The day on which the work was updated, as the file states it."""
    chapters: int
    words: int
    size: int
    partial: bool
    replaced: bool
    """Whether another file of the work has taken its place."""
    handed_out: bool
    """Whether this reader may download it."""
    path: str = ""


@dataclass(frozen=True, slots=True)
class FactLine:
    """One thing that is shown of a work, and who says so."""

    label: str
    value: str
    by: str
    """"keeper", "rule" or "counted"; empty when files say it, those of `files`."""
    files: tuple[int, ...]
    others: tuple[tuple[int, str], ...]
    """Files that say something else, with what they say."""


@dataclass(frozen=True, slots=True)
class VersionLine:
    """One text of a work: as it stands now (number 0), or an older or lesser one."""

    number: int
    chapters: int
    words: int
    imported: datetime | None
    dated: date | None
    partial: bool
    files: tuple[int, ...] = ()
    changes: str = ""
    """What it brought, against the version below it; empty for the oldest, or when that has not been looked into."""
    before: int = 0
    """The number of the version below it."""


@dataclass(frozen=True, slots=True)
class HistoryPage:
    """Where a work comes from: facts, files and versions, the newest first."""

    blurb: Blurb
    facts: tuple[FactLine, ...]
    files: tuple[FileLine, ...]
    versions: tuple[VersionLine, ...]
    gated: bool


@dataclass(frozen=True, slots=True)
class VersionPage:
    """An older version of a work opened for reading: one chapter, or the whole of it."""

    blurb: Blurb
    version: VersionLine
    contents: tuple[ChapterLine, ...]
    chapters: tuple[ChapterText, ...]
    whole: bool
    previous: ChapterLine | None
    next: ChapterLine | None
    gated: bool


@dataclass(frozen=True, slots=True)
class ChapterChange:
    """What became of one chapter. `laid` are the paragraphs of an edited one, if they were laid over one another."""

    title: str
    was: str
    """Its title before, if that was another one."""
    kind: str
    """"same", "markup", "edited", "added" or "removed"."""
    moved: bool
    annotated: bool
    paragraphs: int
    words: int
    number: int
    """In the newer version, or in the older one for a chapter that was removed."""
    laid: tuple[Paragraph, ...] = ()


@dataclass(frozen=True, slots=True)
class ChangesPage:
    """What changed between two versions of a work. `now` says that the newer one is the present text."""

    blurb: Blurb
    before: VersionLine
    after: VersionLine
    sentence: str
    chapters: tuple[ChapterChange, ...]
    """Those of which there is something to tell."""
    unchanged: int
    gated: bool


class Pieces(Protocol):
    """The bytes of a file, piece by piece; to be closed when they are done with."""

    def __iter__(self) -> Iterator[bytes]: ...

    def close(self) -> None:
        """It need not have been read to its end."""


@dataclass(frozen=True, slots=True)
class Original:
    """A file to be handed out under this name, in pieces that have to be closed; None when the library has lost it."""

    blurb: Blurb
    name: str
    size: int
    pieces: Pieces | None
