"""A work opened: its chapters, its pictures, and the gate before it."""

from dataclasses import dataclass, field
from datetime import date

from archive.access import Asking
from archive.shown.works import Blurb, Name
from archive.vocabulary import ArchiveWarning, Rating


@dataclass(frozen=True, slots=True)
class ChapterLine:
    """A line of the chapter list."""

    number: int
    title: str
    """As shown: "Chapter 3", or "3 · The Harbour Cat"."""
    words: int


@dataclass(frozen=True, slots=True)
class ChapterText:
    """One chapter to read. The four texts are cleaned HTML, for the one template that may print it as it is."""

    number: int
    title: str
    """The chapter's own title, empty when it has none."""
    summary: str
    notes: str
    body: str
    end_notes: str
    words: int
    minutes: int


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture of a work."""

    sha256: str
    media_type: str
    data: bytes = field(repr=False)
    gated: bool
    """Whether it stands behind a gate that was passed: then nothing may store it."""


@dataclass(frozen=True, slots=True)
class WorkPage:
    """A work opened for reading: one chapter, or the whole of it."""

    blurb: Blurb
    source: str
    """The name of its home, such as "Archive of Our Own"; empty when not stated."""
    source_url: str
    summary: str
    """Cleaned HTML, as are the notes; shown with the first chapter, end notes with the last."""
    notes: str
    end_notes: str
    contents: tuple[ChapterLine, ...]
    chapters: tuple[ChapterText, ...]
    whole: bool
    """Whether `chapters` is the whole work."""
    previous: ChapterLine | None
    next: ChapterLine | None
    gated: bool
    """Whether the page stands behind a gate that was passed: then nothing may store it."""
    minutes_left: int
    """Reading time from the start of this chapter to the end of the work."""
    extra: dict[str, str] = field(default_factory=dict)
    counts: tuple[tuple[str, int], ...] = ()
    """Kudos, hits, bookmarks and comments at its home, those that a file tells, as of `counted`."""
    counted: date | None = None


@dataclass(frozen=True, slots=True)
class Gate:
    """What a gate page may show: never text; tags and summary only past the rating gate."""

    work: int
    title: str
    authors: tuple[Name, ...]
    rating: Rating
    rating_stated: str
    warnings: ArchiveWarning
    warnings_stated: tuple[str, ...]
    asking: Asking
    asking_tags: tuple[str, ...]
    """The names of the tags that are asked about."""
    stakes: str
    blurb: Blurb | None
    """Given when the rating gate is passed already."""
    lang: str = ""
    dir: str = "auto"
    keeps_back: bool = False
    """Whether warnings or tags are told to this reader only when they ask."""
    file: str = ""
    """The digest of the file that asks, where a text or file of the work is stricter than the work is now."""
