"""The answer in plain SQL equals brute force: page, total and every facet, over random libraries and questions."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from archive import changes
from archive.access import Reader, Sight, Standing
from archive.browse import CLOSED, SINGLE, TAGS, BrowseQuery, Mode, Term
from archive.index import plain
from archive.models import Tag, Tagging, Work
from archive.vocabulary import ArchiveWarning, Category, Rating
from tests.index import brute
from tests.rows import row_of_work

SLUGS = ["a", "b", "c", "d"]
PAIRS = [(kind, slug) for kind in TAGS for slug in SLUGS]

books = st.fixed_dictionaries(
    {
        "rating": st.sampled_from(Rating),
        "warnings": st.builds(ArchiveWarning, st.integers(1, 255)),
        "categories": st.builds(Category, st.integers(0, 63)),
        "held": st.booleans(),
        "binned": st.booleans(),
        "words": st.integers(0, 9),
        "language": st.sampled_from(["", "en", "fr"]),
        "complete": st.sampled_from([True, False, None]),
        "tags": st.sets(st.sampled_from(PAIRS), max_size=6),
    }
)
terms = st.one_of(
    st.builds(Term, st.sampled_from(TAGS), st.sampled_from([*SLUGS, "nowhere"])),
    st.sampled_from([Term(name, value) for name, values in CLOSED.items() for value in values]),
    st.builds(Term, st.just("language"), st.sampled_from(["en", "not-stated"])),
    st.builds(Term, st.just("words"), st.sampled_from(["3-6", "4-", "-5"])),
)
readers = st.builds(
    Reader,
    welcome=st.sampled_from([True, True, True, False]),
    ceiling=st.sampled_from([Rating.TEEN, Rating.EXPLICIT, Rating.EXPLICIT]),
    adult=st.sampled_from([True, True, False]),
)


@st.composite
def questions(draw: st.DrawFn) -> BrowseQuery:
    query = BrowseQuery(sort="words", ascending=draw(st.booleans()))
    for term in draw(st.lists(terms, max_size=4)):
        mode = draw(st.sampled_from(Mode))
        query = query.adding(Mode.ANY if term.field in SINGLE and mode is Mode.ALL else mode, term)
    return query.on_page(draw(st.sampled_from([1, 1, 2])))


class PlainAnswers(TestCase):
    @given(
        given_books=st.lists(books, max_size=30),
        synonyms=st.booleans(),
        query=questions(),
        reader=readers,
        blocked=st.sets(st.sampled_from(PAIRS), max_size=2),
    )
    def test_page_total_and_facets_equal_brute_force(
        self,
        given_books: list[dict[str, Any]],
        synonyms: bool,
        query: BrowseQuery,
        reader: Reader,
        blocked: set[tuple[str, str]],
    ) -> None:
        """With and without synonyms, for every kind of reader."""
        tags, canonical = _tags(synonyms)
        library = _shelve(given_books, tags, canonical)
        sight = Sight(reader, blocked=frozenset(tags[pair].pk for pair in blocked))
        found = brute.matching(library, sight, query, canonical)

        answer = plain.page(sight, query)
        assert answer.total == len(found)
        assert answer.ids == brute.page(found, query)

        slugs = {tag.pk: tag.slug for tag in tags.values()}
        for name, counts in plain.facets(sight, query).items():
            over = brute.matching(library, sight, query.without_any(name), canonical)
            expected = brute.counted(over, name)
            values = {slugs[value] if name in TAGS else value: number for value, number in counts.values}
            assert values == dict(expected)


def _tags(synonyms: bool) -> tuple[dict[tuple[str, str], Tag], dict[tuple[str, str], str]]:
    """All tags; with synonyms, every `b` is a spelling of `a`."""
    with changes.recorded() as recording:
        tags = {pair: Tag(kind=pair[0], name=pair[1], key=pair[1], slug=pair[1]) for pair in PAIRS}
        Tag.everything.bulk_create(tags.values())
        recording.tags.update(tag.pk for tag in tags.values())
        if synonyms:
            for kind in TAGS:
                tags[kind, "b"].canonical = tags[kind, "a"]
                tags[kind, "b"].save()
    return tags, ({(kind, "b"): "a" for kind in TAGS} if synonyms else {})


def _shelve(
    given_books: list[dict[str, Any]], tags: dict[tuple[str, str], Tag], canonical: dict[tuple[str, str], str]
) -> list[brute.Book]:
    with changes.recorded() as recording:
        works = Work.everything.bulk_create(_row(number, book) for number, book in enumerate(given_books))
        recording.works.update(work.pk for work in works)
        Tagging.everything.bulk_create(
            Tagging(content_object=work, tag=tags[pair], spelling=pair[1], position=position)
            for work, book in zip(works, given_books, strict=True)
            for position, pair in enumerate(sorted(book["tags"]))
        )
    return [_book(work, book, tags, canonical) for work, book in zip(works, given_books, strict=True)]


def _row(number: int, book: dict[str, Any]) -> Work:
    stakes = {name: book[name] for name in ("rating", "warnings", "held", "binned")}
    work = row_of_work(number, **stakes)
    for name in ("categories", "words", "language", "complete"):
        setattr(work, name, book[name])
    return work


def _book(
    work: Work, book: dict[str, Any], tags: dict[tuple[str, str], Tag], canonical: dict[tuple[str, str], str]
) -> brute.Book:
    raw = frozenset(tags[pair].pk for pair in book["tags"])
    return brute.Book(
        pk=work.pk,
        standing=Standing(work.pk, book["rating"], book["warnings"], raw, book["held"], book["binned"]),
        words=book["words"],
        language=book["language"],
        complete=book["complete"],
        categories=book["categories"],
        canonicals=frozenset((kind, canonical.get((kind, slug), slug)) for kind, slug in book["tags"]),
    )


@pytest.mark.django_db
@pytest.mark.parametrize("search", ['"', "%", "_", "\\", "NEAR(", "-", "OR", ":", "*", "' OR 1=1 --", "a" * 5000])
def test_no_search_words_err_or_find_everything(search: str) -> None:
    with changes.recorded():
        row_of_work(1).save()
    sight = Sight(Reader(welcome=True, ceiling=Rating.EXPLICIT, adult=True))
    asked = BrowseQuery.read({"q": [search]})
    expected = 0 if any(letter.isalnum() for letter in search) else 1
    assert plain.count(sight, asked) == expected
