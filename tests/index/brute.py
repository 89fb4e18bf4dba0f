"""The answer by brute force: every work looked at in turn, in plain Python. What the library answers must equal it."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import TypeVar

from django.utils import timezone
from pyroaring import BitMap

from archive.access import Sight, Standing, Verdict, listed, verdict
from archive.browse import (
    CATEGORIES,
    COMPLETE,
    DAYS,
    PAGE_SIZE,
    RANGES,
    RATINGS,
    TAGS,
    WARNINGS,
    WORDS,
    YES_NO,
    BrowseQuery,
    Term,
    day_range,
    number_range,
)
from archive.index import likeness
from archive.index.answers import COLUMNS, Answer, Counts, Facets, Value, asked, most_values
from archive.index.best import best
from archive.index.shuffling import place
from archive.search.words import phrases
from archive.vocabulary import ArchiveWarning, Category

T = TypeVar("T", int, date)


@dataclass(frozen=True)
class Label:
    """A tag. `above` are the ids of its metatags, which only canonicals have."""

    pk: int
    kind: str
    slug: str
    key: str
    canonical: int | None = None
    above: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Book:
    """A work. `tags` are the ids of its raw tags in the author's order."""

    standing: Standing
    tags: tuple[int, ...] = ()
    title_key: str = ""
    author_key: str = ""
    words: int = 0
    chapters: int = 1
    planned: int | None = None
    language: str = ""
    complete: bool | None = None
    categories: Category = Category(0)
    format: str = ""
    authors: frozenset[str] = frozenset()
    series: Mapping[int, int | None] = field(default_factory=dict)
    published: date | None = None
    updated: date | None = None
    added: datetime = datetime(2026, 1, 1, tzinfo=UTC)
    dated: date = date.min
    kudos: int | None = None
    hits: int | None = None
    bookmarks: int | None = None
    comments: int | None = None
    told: Mapping[str, str] = field(default_factory=dict)
    """Its folded words by field of words, as shelves tell them."""
    told_inside: Mapping[str, str] = field(default_factory=dict)
    """The same with the words of its text, which count for those readers only to whom it is open."""

    @property
    def pk(self) -> int:
        return self.standing.work


@dataclass(frozen=True)
class Library:
    """All works and tags on one day."""

    books: tuple[Book, ...]
    labels: Mapping[int, Label]
    today: date

    def folded(self, book: Book) -> set[int]:
        """A work's tags with synonyms and metatags folded in: canonicals, and all that stands above them."""
        found: set[int] = set()
        waiting = {self.head(tag) for tag in book.tags}
        while waiting:
            found |= waiting
            waiting = {above for tag in waiting for above in self.labels[tag].above} - found
        return found

    def head(self, tag: int) -> int:
        """The canonical of a tag."""
        return self.labels[tag].canonical or tag

    def named(self, book: Book, kind: str) -> list[int]:
        """The canonicals of one kind that a work names, each once, in the author's order."""
        heads = [self.head(tag) for tag in book.tags if self.labels[tag].kind == kind]
        return list(dict.fromkeys(heads))

    def meant(self, term: Term) -> set[int]:
        """The canonicals that a term of tags names."""
        kind = "relationship" if term.field == "primary" else term.field
        return {
            self.head(label.pk)
            for label in self.labels.values()
            if (label.slug == term.value and kind in (label.kind, "tag")) or (kind == "tag" and label.key == term.value)
        }


def matching(library: Library, sight: Sight, query: BrowseQuery) -> list[Book]:
    """The works that stand on this reader's shelves and meet every group of the question."""
    return [
        book
        for book in library.books
        if listed(sight, book.standing)
        and all(any(finds(library, sight, book, one.term) is one.wanted for one in group) for group in asked(query))
    ]


def finds(library: Library, sight: Sight, book: Book, term: Term) -> bool:
    """Whether a work that is listed meets one condition."""
    if term.field in (*TAGS, "tag"):
        return not library.meant(term).isdisjoint(library.folded(book))
    if term.field == "primary":
        first = Book(book.standing, tuple(library.named(book, "relationship")[:1]))
        return not library.meant(term).isdisjoint(library.folded(first))
    if term.field in WORDS:
        told = [book.told]
        if verdict(sight, book.standing) is Verdict.OPEN:
            told.append(book.told_inside)
        return any(all(phrase in one.get(term.field, "") for phrase in phrases(term.value)) for one in told)
    if term.field in RANGES:
        return _between(_number(library, book, term.field), number_range(term.value))
    if term.field in DAYS:
        return _between(_day(book, term.field), day_range(term.value, library.today))
    if term.field == "author":
        return term.value in book.authors
    if term.field == "series":
        return int(term.value) in book.series
    return _VALUES[term.field](term.value) in values(library, book, term.field)


def _between(value: T | None, ends: tuple[T | None, T | None] | None) -> bool:
    low, high = ends or (None, None)
    return value is not None and (low is None or low <= value) and (high is None or value <= high)


def _number(library: Library, book: Book, name: str) -> int | None:
    if name in ("fandoms", "relationships"):
        return len(library.named(book, name.removesuffix("s")))
    if name == "average":
        return book.words // book.chapters if book.chapters else None
    found: int | None = getattr(book, name)
    return found


def _day(book: Book, name: str) -> date | None:
    return {
        "published": book.published,
        "updated": book.updated or book.published,
        "added": timezone.localdate(book.added),
    }[name]


_VALUES: dict[str, Callable[[str], Value]] = {
    "rating": lambda word: RATINGS[word].value,
    "warning": lambda word: WARNINGS[word].value,
    "category": lambda word: CATEGORIES[word].value,
    "complete": lambda word: COMPLETE[word],
    "language": lambda word: "" if word == "not-stated" else word,
    "format": lambda word: "" if word == "not-stated" else word,
    **dict.fromkeys(("crossover", "oneshot", "series-part"), lambda word: YES_NO[word]),
}
"""What a word of the address stands for."""


def values(library: Library, book: Book, name: str) -> Iterable[Value]:
    """What a work is counted under in one facet."""
    if name in TAGS:
        return [tag for tag in library.folded(book) if library.labels[tag].kind == name]
    if name == "crossover":
        fandoms = len(library.named(book, "fandom"))
        return [fandoms > 1] if fandoms else []
    several: dict[str, list[Value]] = {
        "warning": [bit.value for bit in ArchiveWarning(book.standing.warnings)],
        "category": [bit.value for bit in book.categories] or [0],
    }
    one: dict[str, Value] = {
        "rating": book.standing.rating.value,
        "complete": book.complete,
        "language": book.language,
        "format": book.format,
        "oneshot": book.planned == 1,
        "series-part": bool(book.series),
    }
    return several.get(name) or [one[name]]


def ids(library: Library, sight: Sight, query: BrowseQuery) -> tuple[int, ...]:
    """All works that a question finds, in its order."""
    found = matching(library, sight, query)
    if query.sort == "best":
        opened = BitMap(book.pk for book in found if verdict(sight, book.standing) is Verdict.OPEN)
        return tuple(best(query, [book.pk for book in found], opened))
    known = [(key, book.pk) for book in found if (key := _sort_key(book, query)) is not None]
    unknown = [book.pk for book in found if _sort_key(book, query) is None]
    ordered = [pk for _, pk in sorted(known, reverse=not query.ascending)]
    return (*ordered, *sorted(unknown, reverse=not query.ascending))


def _sort_key(book: Book, query: BrowseQuery) -> int | str | date | None:
    """By what a work is ordered; None for one that comes last in either direction."""
    if query.sort == "random":
        return place(query.seed, book.pk)
    if query.sort == "part":
        asked = {int(term.value) for _, term in query if term.field == "series"}
        return min((part for series, part in book.series.items() if series in asked and part is not None), default=None)
    columns = {"updated": "dated", "title": "title_key", "author": "author_key"}
    found: int | str | date | None = getattr(book, columns.get(query.sort, query.sort))
    return found


def page(library: Library, sight: Sight, query: BrowseQuery) -> Answer:
    """One page and the total; a page beyond the last is the last one."""
    found = ids(library, sight, query)
    last = max(1, -(-len(found) // PAGE_SIZE))
    start = (min(query.page, last) - 1) * PAGE_SIZE
    return Answer(len(found), found[start : start + PAGE_SIZE])


def aside(library: Library, sight: Sight, query: BrowseQuery) -> int:
    """How many works more a question would find if the reader's own rules set none aside."""
    return len(matching(library, sight.unruled, query)) - len(matching(library, sight, query))


def facets(library: Library, sight: Sight, query: BrowseQuery) -> Facets:
    """Every facet, each counted without its own *any of*."""
    found: Facets = {}
    most = most_values(query)
    for name in (*TAGS, *COLUMNS):
        counter: Counter[Value] = Counter()
        for book in matching(library, sight, query.without_any(name)):
            counter.update(values(library, book, name))
        found[name] = Counts.of(counter, most.get(name))
    return found


def like(library: Library, sight: Sight, work: int) -> tuple[int, ...]:
    """The works that share rare tags with one that is listed, the likest first."""
    books = {book.pk: library.folded(book) for book in library.books if listed(sight, book.standing)}
    if work not in books:
        return ()
    counts = Counter(tag for tags in books.values() for tag in tags)
    weights = likeness.weights({tag: counts[tag] for tag in books[work]}, len(books))
    scores = {pk: sum(weights.get(tag, 0) for tag in tags) for pk, tags in books.items() if pk != work}
    return likeness.likest(scores)
