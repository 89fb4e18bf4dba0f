"""What the door hands out: plain data for pages, already found fit for the reader who asked."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Protocol

from archive.access import Asking
from archive.differences import Paragraph
from archive.vocabulary import ArchiveWarning, Category, Rating, TagKind


@dataclass(frozen=True, slots=True)
class Name:
    """An author or tag that has a page: what to write, and the slug of its address."""

    name: str
    slug: str


@dataclass(frozen=True, slots=True)
class SeriesPlace:
    """A series and the work's position in it, when one is stated."""

    id: int
    title: str
    position: int | None


@dataclass(frozen=True, slots=True)
class Blurb:
    """A work as a card on the shelf."""

    id: int
    title: str
    authors: tuple[Name, ...]
    rating: Rating
    rating_stated: str
    """As the file writes it: shown beside UNKNOWN."""
    warnings: ArchiveWarning
    warnings_stated: tuple[str, ...]
    categories: Category
    complete: bool | None
    tags: dict[TagKind, tuple[Name, ...]]
    """Each kind in the author's own order and spelling."""
    summary: str
    """Plain text; paragraphs are parted by blank lines."""
    language: str
    """The language's own name for the screen, empty when not stated."""
    lang: str
    """BCP 47 for the `lang` attribute, empty when not known."""
    dir: str
    """"rtl", "ltr", or "auto" when the language is not known."""
    words: int
    minutes: int
    """Reading time."""
    chapters_posted: int
    chapters_planned: int | None
    published: date | None
    updated: date | None
    added: datetime
    series: tuple[SeriesPlace, ...]

    @property
    def fandoms(self) -> tuple[Name, ...]:
        return self.tags.get(TagKind.FANDOM, ())


@dataclass(frozen=True, slots=True)
class Phrase:
    """A piece of the sentence that says the question; `weight` is "", "em" or "count"."""

    text: str
    weight: str = ""


@dataclass(frozen=True, slots=True)
class Chip:
    """One chosen condition: its words, whether it excludes, the questions without it and with it turned round."""

    label: str
    mode: str
    """"all", "any" or "none"."""
    remove: str
    """The address of the question without it, such as `?fandom=x`, or `?` for the bare shelf."""
    turn: str
    """The address of the question with include and exclude swapped; empty where that makes no sense."""


@dataclass(frozen=True, slots=True)
class FacetValue:
    """One value of a facet, with its exact count and the addresses of the questions it leads to."""

    value: str
    """What stands in the address: `teen`, a slug, `en`."""
    label: str
    count: int
    mode: str
    """"" when it is not chosen, else "all", "any" or "none"."""
    include: str
    exclude: str
    remove: str


@dataclass(frozen=True, slots=True)
class Facet:
    """One column of values. `more` tells how many further values there are."""

    field: str
    """The word in the address: `rating`, `warning`, `category`, `fandom`, `relationship`, `character`, `freeform`,
    `language`, `complete`."""
    label: str
    values: tuple[FacetValue, ...]
    more: int = 0

    @property
    def chosen(self) -> bool:
        return any(value.mode for value in self.values)


@dataclass(frozen=True, slots=True)
class Suggestion:
    """For an empty result: what dropping one condition would find."""

    label: str
    count: int
    query: str


@dataclass(frozen=True, slots=True)
class Shelf:
    """The answer to a question: a page of blurbs, the exact total, facets, and the question said in words."""

    question: tuple[Phrase, ...]
    total: int
    page: int
    pages: int
    blurbs: tuple[Blurb, ...]
    facets: tuple[Facet, ...]
    chips: tuple[Chip, ...]
    sorts: tuple[tuple[str, str, bool], ...]
    """(value in the address, label, chosen)."""
    runs: str
    """How the chosen order runs: "newest first"."""
    reverse: str
    """The address of the question in the reverse order; empty where an order has one way only."""
    previous: str
    """The address of the page before, empty on the first."""
    next: str
    hidden_until_agreed: bool
    """Whether to say that some works may not appear until one agrees. Never depends on what works there are."""
    suggestions: tuple[Suggestion, ...] = ()


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
    file: str = ""
    """The digest of the file that asks, where a text or file of the work is stricter than the work is now."""


@dataclass(frozen=True, slots=True)
class Heading:
    """The head of a tag's, author's or series' page, above its shelf."""

    kind: str
    """What it is, for the screen: "Fandom", "Author", "Series"."""
    name: str
    shelf: Shelf
    moved_to: Name | None = None
    """Where a merged tag has gone."""


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
