"""What the door hands out: plain data for pages, already found fit for the reader who asked."""

from dataclasses import dataclass, field
from datetime import date, datetime

from archive.access import Asking
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


@dataclass(frozen=True, slots=True)
class Heading:
    """The head of a tag's, author's or series' page, above its shelf."""

    kind: str
    """What it is, for the screen: "Fandom", "Author", "Series"."""
    name: str
    shelf: Shelf
    moved_to: Name | None = None
    """Where a merged tag has gone."""
