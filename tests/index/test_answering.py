"""The answer from the index equals brute force, whichever way a part is laid out and however much has changed since."""

from collections.abc import Collection

from django.db import transaction
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase
from pyroaring import BitMap

from archive import changes
from archive.index import answering, building
from archive.index.arrays import Sizes
from archive.index.state import State
from archive.models import Byline, SeriesEntry, Tagging, Work
from tests.index import brute, libraries

layouts = st.builds(
    Sizes,
    common=st.sampled_from([1, 2, 4, 256]),
    width=st.sampled_from([1, 2, 16]),
    codes=st.sampled_from([1, 4, 65_535]),
    few=st.sampled_from([1, 3, 320]),
    share=st.sampled_from([1, 2, 16, 1_000]),
    cell=st.sampled_from([1, 2, 1_000_000]),
    packed=st.sampled_from([0, 3, 2_000]),
    sparse=st.sampled_from([1, 3, 64]),
)


class IndexAnswers(TestCase):
    @given(data=st.data(), shelved=st.lists(libraries.works, max_size=30), graph=libraries.graphs(), sizes=layouts)
    def test_order_page_count_and_facets_equal_brute_force(
        self, data: st.DataObject, shelved: libraries.Given, graph: libraries.Graph, sizes: Sizes
    ) -> None:
        library = libraries.shelve(shelved, graph)
        ids = [book.pk for book in library.books]
        state = _state(ids, data.draw(_some(ids)), data.draw(_some(ids)), sizes)
        told = libraries.facets_of(data.draw(st.integers(1, 3)), data.draw(st.integers(2, 10)))
        with libraries.on_that_day(), libraries.words_found(library), told:
            for _ in range(4):
                sight = data.draw(libraries.sights(library))
                query = data.draw(libraries.questions(library))
                found = brute.ids(library, sight, query)
                assert answering.ids(state, sight, query) == found
                assert answering.count(state, sight, query) == len(found)
                assert answering.page(state, sight, query) == brute.page(library, sight, query)
                assert answering.facets(state, sight, query) == brute.facets(library, sight, query)
                assert answering.aside(state, sight.unruled, query, [sight]) == (brute.aside(library, sight, query),)


def _some(ids: list[int]) -> st.SearchStrategy[set[int]]:
    return st.sets(st.sampled_from(ids)) if ids else st.just(set())


def _state(ids: Collection[int], changed: set[int], new: set[int], sizes: Sizes) -> State:
    """Some works have changed since the base was built, others came; one that went was there, too."""
    with transaction.atomic():
        _otherwise(changed)
        base = building.part(set(ids) - new, sizes)
        transaction.set_rollback(True)
    return State(base, BitMap(changed), building.part(changed | new, sizes))


def _otherwise(works: set[int]) -> None:
    """What these works were before."""
    with changes.recorded() as recording:
        recording.works.update(works)
        Work.everything.filter(pk__in=works).update(
            rating=1,
            words=7,
            held=False,
            binned_at=None,
            restricted=False,
            language="xx",
            title_key="m",
            kudos=2,
            dated="2020-01-01",
        )
        for rows in (Byline.everything.filter(work__in=works), SeriesEntry.everything.filter(work__in=works)):
            rows.delete()
        Tagging.everything.filter(content_object__in=works, position__gt=1).delete()
