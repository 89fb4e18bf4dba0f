"""A work as a card on the shelf, and what stands on it."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from archive.vocabulary import ArchiveWarning, Category, Rating, TagKind


class Name(NamedTuple):
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
class Piece:
    """A piece of plain text; `hit` when it is what was searched for."""

    text: str
    hit: bool = False


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
    marked: frozenset[tuple[str, str]] = frozenset()
    """Kind and slug of the tags that the reader wants pointed out."""
    keeps_back: bool = False
    """Whether warnings or additional tags are told to this reader only when they ask."""
    snippet: tuple[Piece, ...] = ()
    """Where in its text a search was found; only ever of a work that is open to the reader."""

    @property
    def fandoms(self) -> tuple[Name, ...]:
        return self.tags.get(TagKind.FANDOM, ())
