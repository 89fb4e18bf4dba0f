"""Random libraries, in the database and as plain objects beside it; random readers; random questions of every field."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from unittest import mock

from django.utils import timezone
from hypothesis import strategies as st
from pyroaring import BitMap

from archive import changes, search
from archive.access import Kind, Reader, Sight, Standing, at_stake
from archive.browse import CLOSED, DAYS, RANGES, TAGS, WORDS, YES_NO, BrowseQuery, Literal, Mode, Term
from archive.browse.orders import SORTS
from archive.browse.shape import usual_mode
from archive.index import answers
from archive.models import Author, Byline, Metatagging, SearchText, Series, SeriesEntry, Tag, Tagging, Work
from archive.search.words import phrases
from archive.vocabulary import ArchiveWarning, Category, Rating
from tests.index import brute
from tests.rows import row_of_work

TODAY = date(2026, 3, 1)
LETTERS = "abcdef"
"""Of each kind there is a tag of each letter."""
TAG_NAMES = [(kind, letter) for kind in TAGS for letter in LETTERS]
Pair = tuple[str, str]
AUTHORS, SERIES, LANGUAGES, FORMATS = ["ann", "bo"], [0, 1], ["", "en", "fr"], ["", "ao3-epub", "text"]
SPOKEN = ["lamp", "harbour", "灯"]
DATES = [None, TODAY, TODAY - timedelta(1), TODAY - timedelta(400), date(2024, 2, 29), date(2019, 7, 1)]
NUMBERS = [None, 0, 1, 2, 3, 1000]


@dataclass(frozen=True)
class Graph:
    """How tags hang together: synonyms by their canonical, and pairs of a canonical and a metatag of it."""

    canonical: Mapping[Pair, Pair]
    above: frozenset[tuple[Pair, Pair]]


@st.composite
def graphs(draw: st.DrawFn) -> Graph:
    """Synonyms go to earlier letters, canonicals stand under earlier ones: so nothing goes round."""
    canonical: dict[Pair, Pair] = {}
    for kind, letter in draw(st.lists(st.sampled_from(TAG_NAMES), max_size=6, unique=True)):
        heads = [other for other in LETTERS if other < letter and (kind, other) not in canonical]
        if heads and not any(head == (kind, letter) for head in canonical.values()):
            canonical[kind, letter] = kind, draw(st.sampled_from(heads))
    pairs = st.tuples(st.sampled_from(TAGS), st.sampled_from(LETTERS), st.sampled_from(LETTERS))
    above = {
        ((kind, low), (kind, high))
        for kind, low, high in draw(st.lists(pairs, max_size=10))
        if low > high and canonical.keys().isdisjoint({(kind, low), (kind, high)})
    }
    return Graph(canonical, frozenset(above))


works = st.fixed_dictionaries(
    {
        "rating": st.sampled_from(Rating),
        "warnings": st.builds(ArchiveWarning, st.integers(1, 255)),
        "categories": st.builds(Category, st.integers(0, 63)),
        "held": st.sampled_from([False] * 7 + [True]),
        "binned": st.sampled_from([False] * 7 + [True]),
        "restricted": st.sampled_from([False] * 3 + [True]),
        "words": st.integers(0, 9),
        "chapters_posted": st.integers(0, 3),
        "chapters_planned": st.sampled_from([None, 1, 1, 2]),
        "language": st.sampled_from(LANGUAGES),
        "format": st.sampled_from(FORMATS),
        "complete": st.sampled_from([True, False, None]),
        "published": st.sampled_from(DATES),
        "updated": st.sampled_from(DATES),
        "added": st.sampled_from(
            [datetime(2026, 3, 1, 0, 0, tzinfo=UTC), datetime(2026, 2, 28, 23, 59, 59, 999999, tzinfo=UTC)]
        ),
        **{name: st.sampled_from(NUMBERS) for name in ("kudos", "hits", "bookmarks", "comments")},
        "title_key": st.sampled_from(["", "a", "b", "é"]),
        "author_key": st.sampled_from(["", "a", "Z"]),
        "authors": st.sets(st.sampled_from(AUTHORS)),
        "series": st.dictionaries(st.sampled_from(SERIES), st.sampled_from([None, 1, 2])),
        "tags": st.lists(st.sampled_from(TAG_NAMES), max_size=9, unique=True),
        "told": st.sets(st.sampled_from(SPOKEN), max_size=2),
        "told_inside": st.sets(st.sampled_from(SPOKEN), max_size=2),
    }
)
Given = Sequence[Mapping[str, Any]]


def shelve(given: Given, graph: Graph) -> brute.Library:
    """Put works and tags into the database, and say beside it what it holds."""
    with changes.recorded() as recording:
        tags = _tags(graph)
        recording.tags.update(tag.pk for tag in tags.values())
        people = {slug: Author.everything.create(name=slug, key=slug, slug=slug) for slug in AUTHORS}
        series = [Series.everything.create(title="S", key="s", identity=str(number)) for number in SERIES]
        rows = Work.everything.bulk_create(_row(number, one) for number, one in enumerate(given))
        recording.works.update(row.pk for row in rows)
        shelved = list(zip(rows, given, strict=True))
        Tagging.everything.bulk_create(
            Tagging(content_object=row, tag=tags[pair], spelling=pair[1], position=position)
            for row, one in shelved
            for position, pair in enumerate(one["tags"])
        )
        Byline.everything.bulk_create(
            Byline(work=row, author=people[slug], position=0) for row, one in shelved for slug in one["authors"]
        )
        SeriesEntry.everything.bulk_create(
            SeriesEntry(work=row, series=series[number], position=position)
            for row, one in shelved
            for number, position in one["series"].items()
        )
        SearchText.everything.bulk_create(SearchText(work=row, folded=_spoken(one["told"])) for row, one in shelved)
    names = {author.slug: author.pk for author in people.values()}
    labels = {tag.pk: _label(pair, tags, graph) for pair, tag in tags.items()}
    books = tuple(_book(row, one, tags, series, names) for row, one in shelved)
    return brute.Library(books, labels, TODAY)


def _tags(graph: Graph) -> dict[Pair, Tag]:
    tags = {pair: Tag(kind=pair[0], name=pair[1], key=f"{pair[1]} key", slug=pair[1]) for pair in TAG_NAMES}
    Tag.everything.bulk_create(tags.values())
    for spelling, head in graph.canonical.items():
        tags[spelling].canonical = tags[head]
    Tag.everything.bulk_update(tags.values(), ["canonical"])
    Metatagging.everything.bulk_create(Metatagging(tag=tags[low], metatag=tags[high]) for low, high in graph.above)
    return tags


def _label(pair: Pair, tags: Mapping[Pair, Tag], graph: Graph) -> brute.Label:
    tag = tags[pair]
    above = frozenset(tags[high].pk for low, high in graph.above if low == pair)
    return brute.Label(tag.pk, tag.kind, tag.slug, tag.key, tag.canonical_id, above)


def _row(number: int, one: Mapping[str, Any]) -> Work:
    work = row_of_work(number, **{name: one[name] for name in ("rating", "warnings", "held", "binned")})
    for name in one.keys() - {"rating", "warnings", "held", "binned", *_APART}:
        setattr(work, name, one[name])
    work.dated = one["updated"] or one["published"] or one["added"].date()
    return work


_APART = ("authors", "series", "tags", "told", "told_inside")


def _book(
    row: Work, one: Mapping[str, Any], tags: Mapping[Pair, Tag], series: Sequence[Series], authors: Mapping[str, int]
) -> brute.Book:
    carried = tuple(tags[pair].pk for pair in one["tags"])
    same = ("title_key", "author_key", "words", "language", "complete", "categories", "format", "published", "updated")
    return brute.Book(
        standing=Standing(
            row.pk,
            one["rating"],
            one["warnings"],
            frozenset(carried),
            one["held"],
            one["binned"],
            one["restricted"],
            frozenset(authors[slug] for slug in one["authors"]),
        ),
        tags=carried,
        chapters=one["chapters_posted"],
        planned=one["chapters_planned"],
        authors=frozenset(one["authors"]),
        series={series[number].pk: position for number, position in one["series"].items()},
        dated=row.dated,
        told={name: _spoken(one["told"]) for name in WORDS},
        told_inside={name: _spoken(one["told"] | one["told_inside"]) for name in WORDS},
        **{name: one[name] for name in (*same, "added", "kudos", "hits", "bookmarks", "comments")},
    )


def _spoken(words: set[str]) -> str:
    return f" {' '.join(sorted(words))} "


SLUGS = [*LETTERS, "nowhere"]
VALUES: dict[str, list[str]] = {
    **{name: [*values] for name, values in CLOSED.items()},
    **dict.fromkeys((*TAGS, "primary"), SLUGS),
    "tag": [*SLUGS, *(f"{letter} key" for letter in LETTERS)],
    "language": ["en", "fr", "not-stated"],
    "format": ["ao3-epub", "text", "not-stated"],
    **{name: [*YES_NO] for name in ("crossover", "oneshot", "series-part")},
    "author": [*AUTHORS, "nobody"],
    **{name: ["1-2", "2-", "-1", "0-0", "0-", "3-999999999"] for name in RANGES},
    **{name: ["2019..2024-02", "2024-02-29..", "..1y", "1d..", "1m..1d", "..2026-02-28"] for name in DAYS},
    **{name: ["lamp", "la harbour", '"灯"', '"lamp harbour"', "nowhere", "?!"] for name in WORDS},
}
"""Of each field, but for the ids of series, some values."""


@st.composite
def questions(draw: st.DrawFn, library: brute.Library) -> BrowseQuery:
    """A question of any fields, as an address or a typed form may put it together."""
    series = {number for book in library.books for number in book.series}
    values = {**VALUES, "series": [str(number) for number in sorted(series)] or ["1"]}
    terms = st.sampled_from(sorted(values)).flatmap(
        lambda name: st.builds(Term, st.just(name), st.sampled_from(values[name]))
    )
    query = BrowseQuery(
        sort=draw(st.sampled_from(sorted(SORTS))),
        ascending=draw(st.booleans()),
        seed=draw(st.integers(0, 3)),
        more=draw(st.sampled_from(["", *TAGS])),
        search=draw(st.sampled_from(["", "", "", "lamp", '"harbour"'])),
        also=tuple(draw(st.lists(groups(terms), max_size=2))),
    )
    for term in draw(st.lists(terms, max_size=4)):
        query = query.adding(usual_mode(draw(st.sampled_from(Mode)), term), term)
    return query.on_page(draw(st.sampled_from([1, 1, 2])))


def groups(terms: st.SearchStrategy[Term]) -> st.SearchStrategy[tuple[Literal, ...]]:
    """Either of a few literals, wanted or not."""
    return st.lists(st.builds(Literal, terms, st.booleans()), min_size=1, max_size=3).map(tuple)


@st.composite
def sights(draw: st.DrawFn, library: brute.Library) -> Sight:
    """A reader with a ceiling, with tags that are blocked or asked about, who may have agreed to some works, and may
    have rules of their own about what to avoid."""
    some = st.frozensets(st.sampled_from(sorted(library.labels)), max_size=2)
    sight = Sight(
        Reader(
            welcome=draw(st.sampled_from([True] * 5 + [False])),
            ceiling=draw(st.sampled_from([Rating.TEEN, Rating.EXPLICIT, Rating.EXPLICIT])),
            adult=draw(st.sampled_from([True, True, False])),
            ask_warnings=draw(st.sampled_from([ArchiveWarning(0), ArchiveWarning.DEATH, ArchiveWarning.STATED])),
            kind=draw(st.sampled_from(Kind)),
            unattended=draw(st.sampled_from([False, False, True])),
        ),
        blocked=draw(some),
        asked=draw(some),
    )
    if draw(st.booleans()):
        sight = _ruled(draw, sight, library, some)
    agreed = draw(st.lists(st.sampled_from(library.books), max_size=3)) if library.books else []
    stakes = {book.pk: at_stake(sight, book.standing) for book in agreed}
    return replace(sight, reader=replace(sight.reader, agreed=stakes))


def _ruled(draw: st.DrawFn, sight: Sight, library: brute.Library, tags: st.SearchStrategy[frozenset[int]]) -> Sight:
    """The same reader with rules of their own."""
    authors = sorted({author for book in library.books for author in book.standing.authors}) or [1]
    works = [book.pk for book in library.books] or [1]
    reader = replace(
        sight.reader,
        avoided_warnings=draw(st.sampled_from([ArchiveWarning(0), ArchiveWarning.DEATH])),
        avoided_works=draw(st.frozensets(st.sampled_from(works), max_size=2)),
        shows_avoided=draw(st.sampled_from([False, False, True])),
    )
    avoided_authors = draw(st.frozensets(st.sampled_from(authors), max_size=1))
    return replace(sight, reader=reader, avoided=draw(tags), avoided_authors=avoided_authors)


@contextmanager
def on_that_day() -> Iterator[None]:
    """Ages count from the library's day."""
    with mock.patch.object(timezone, "localdate", lambda *of: TODAY if not of else _localdate(*of)):
        yield


_localdate = timezone.localdate


@contextmanager
def facets_of(few: int, many: int) -> Iterator[None]:
    """Facets tell so few tags of a kind, and so many when more are asked for: random libraries have six at most."""
    with mock.patch.multiple(answers, FACET_VALUES=few, MORE_FACET_VALUES=many):
        yield


@contextmanager
def words_found(library: brute.Library) -> Iterator[None]:
    """Words are found in blurbs and texts as the library's books tell them, without an index of texts."""

    def found(term: Term) -> search.Found:
        def having(told: Callable[[brute.Book], Mapping[str, str]]) -> BitMap:
            wanted = phrases(term.value)
            return BitMap(
                book.pk for book in library.books if all(phrase in told(book)[term.field] for phrase in wanted)
            )

        return search.Found(having(lambda book: book.told), having(lambda book: book.told_inside))

    with mock.patch.object(search, "found", found):
        yield
