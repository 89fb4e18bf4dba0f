"""The answer in plain SQL equals brute force: page, total and every facet, over random libraries and questions."""

from unittest import mock

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from archive import changes
from archive.access import Reader, Sight
from archive.browse import BrowseQuery
from archive.index import plain
from archive.vocabulary import ArchiveWarning, Rating
from tests.index import brute, libraries
from tests.rows import row_of_work

EVERYTHING = Sight(Reader(welcome=True, ceiling=Rating.EXPLICIT, adult=True, ask_warnings=ArchiveWarning(0)))


class PlainAnswers(TestCase):
    @given(data=st.data(), shelved=st.lists(libraries.works, max_size=30), graph=libraries.graphs())
    def test_order_page_count_and_facets_equal_brute_force(
        self, data: st.DataObject, shelved: libraries.Given, graph: libraries.Graph
    ) -> None:
        library = libraries.shelve(shelved, graph)
        told = libraries.facets_of(data.draw(st.integers(1, 3)), data.draw(st.integers(2, 10)))
        with libraries.on_that_day(), libraries.words_found(library), told:
            for _ in range(4):
                sight = data.draw(libraries.sights(library))
                query = data.draw(libraries.questions(library))
                found = brute.ids(library, sight, query)
                assert plain.ids(sight, query) == found
                assert plain.count(sight, query) == len(found)
                assert plain.page(sight, query) == brute.page(library, sight, query)
                assert plain.facets(sight, query) == brute.facets(library, sight, query)
                aside = brute.aside(library, sight, query)
                with mock.patch.object(plain, "MOST_ASIDE", data.draw(st.sampled_from([0, 100]))):
                    assert plain.aside(sight.unruled, query, [sight, sight])[:1] == (aside,)

    @given(data=st.data(), shelved=st.lists(libraries.works, max_size=30), graph=libraries.graphs())
    def test_works_like_another_are_the_ones_that_brute_force_finds(
        self, data: st.DataObject, shelved: libraries.Given, graph: libraries.Graph
    ) -> None:
        library = libraries.shelve(shelved, graph)
        sight = data.draw(libraries.sights(library))
        for book in library.books:
            assert plain.like(sight, book.pk) == brute.like(library, sight, book.pk)


@pytest.mark.django_db
@pytest.mark.parametrize("search", ['"', "%", "_", "\\", "NEAR(", "-", "OR", ":", "*", "' OR 1=1 --", "a" * 5000])
def test_no_search_words_err_or_find_everything(search: str) -> None:
    with changes.recorded():
        row_of_work(1).save()
    asked = BrowseQuery.read({"q": [search]})
    expected = 0 if any(letter.isalnum() for letter in search) else 1
    assert plain.count(EVERYTHING, asked) == expected
