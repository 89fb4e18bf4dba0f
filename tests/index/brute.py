"""The answer by brute force: every work looked at in turn, in plain Python. What the library answers must equal it."""

from collections import Counter
from dataclasses import dataclass, field

from archive.access import Sight, Standing, listed
from archive.browse import CATEGORIES, COMPLETE, PAGE_SIZE, RATINGS, TAGS, WARNINGS, BrowseQuery, Mode, Term, word_range
from archive.vocabulary import ArchiveWarning, Category


@dataclass(frozen=True)
class Book:
    """One work of a random library. `canonicals` are its tags as (kind, slug of the canonical)."""

    pk: int
    standing: Standing
    words: int
    language: str
    complete: bool | None
    categories: Category
    canonicals: frozenset[tuple[str, str]] = field(default_factory=frozenset)


def finds(book: Book, term: Term, canonical: dict[tuple[str, str], str]) -> bool:
    """Whether a work meets one condition."""
    if term.field in TAGS:
        slug = canonical.get((term.field, term.value), term.value)
        return (term.field, slug) in book.canonicals
    if term.field == "rating":
        return book.standing.rating is RATINGS[term.value]
    if term.field == "warning":
        return bool(book.standing.warnings & WARNINGS[term.value])
    if term.field == "category":
        bit = CATEGORIES[term.value]
        return bool(book.categories & bit) if bit else not book.categories
    if term.field == "complete":
        return book.complete is COMPLETE[term.value]
    if term.field == "language":
        return book.language == ("" if term.value == "not-stated" else term.value)
    low, high = word_range(term.value) or (None, None)
    return (low is None or book.words >= low) and (high is None or book.words <= high)


def matching(books: list[Book], sight: Sight, query: BrowseQuery, canonical: dict[tuple[str, str], str]) -> list[Book]:
    """The works that stand on this reader's shelves and meet every clause."""

    def meets(book: Book) -> bool:
        for clause in query.clauses:
            found = [finds(book, term, canonical) for term in clause.terms]
            if not {Mode.ALL: all, Mode.ANY: any, Mode.NONE: lambda each: not any(each)}[clause.mode](found):
                return False
        return True

    return [book for book in books if listed(sight, book.standing) and meets(book)]


def page(books: list[Book], query: BrowseQuery) -> tuple[int, ...]:
    """The ids of one page in order of words; a page beyond the last is the last."""
    ordered = sorted(books, key=lambda book: (book.words, book.pk), reverse=not query.ascending)
    last = max(1, -(-len(books) // PAGE_SIZE))
    start = (min(query.page, last) - 1) * PAGE_SIZE
    return tuple(book.pk for book in ordered[start : start + PAGE_SIZE])


def counted(books: list[Book], name: str) -> Counter[object]:
    """The counts of one facet; tags by slug."""
    found: Counter[object] = Counter()
    for book in books:
        if name in TAGS:
            found.update(slug for kind, slug in book.canonicals if kind == name)
        elif name == "warning":
            found.update(bit.value for bit in ArchiveWarning(book.standing.warnings))
        elif name == "category":
            found.update([bit.value for bit in book.categories] or [0])
        else:
            found[{"rating": book.standing.rating, "complete": book.complete, "language": book.language}[name]] += 1
    return found
