"""The life of the index in one process: adopted and followed, and every answer is exact."""

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from archive import changes, index, keeping
from archive.browse import BrowseQuery
from archive.index import answering, compacting, current, delta, plain
from archive.models import Work
from archive.vocabulary import Rating
from tests.index import libraries
from tests.index.living import CHILD, EVERYBODY, compact, found, make, make_many, shelf
from tests.index.test_life_follows import edit

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("new_index")]


class Lives(TestCase):
    @settings(max_examples=25)
    @given(data=st.data(), shelved=st.lists(libraries.works, max_size=10), graph=libraries.graphs())
    def test_index_and_plain_sql_answer_alike_through_any_life(
        self, data: st.DataObject, shelved: libraries.Given, graph: libraries.Graph
    ) -> None:
        library = libraries.shelve(shelved, graph)
        compact()
        with libraries.on_that_day():
            for _ in range(data.draw(st.integers(1, 4))):
                for _ in range(data.draw(st.integers(1, 3))):
                    edit(data)
                if data.draw(st.integers(0, 3)) == 0:
                    compact()
                state = current.state()
                assert state is not None
                sight, query = data.draw(libraries.sights(library)), data.draw(libraries.questions(library))
                assert answering.page(state, sight, query) == plain.page(sight, query)
                assert answering.facets(state, sight, query) == plain.facets(sight, query)


def test_an_empty_library_has_no_index_and_needs_none() -> None:
    assert compacting.compact(wait=False) is None
    assert not compacting.Watch().wanted()
    assert current.state() is None


def test_the_first_works_are_shown_before_there_is_an_index() -> None:
    works = make_many(range(30))
    assert current.state() is None
    assert compacting.Watch().wanted()
    assert sorted(index.ids(EVERYBODY, BrowseQuery())) == works


def test_a_snapshot_is_adopted_at_the_next_question() -> None:
    make(1)
    assert current.state() is None
    compact()
    before = current.state()
    assert before is not None
    make(2)
    compact()
    after = current.state()
    assert after is not None
    assert after.base is not before.base
    assert found() == shelf()


def test_what_rises_is_held_or_is_binned_is_hidden_at_the_very_next_question() -> None:
    raised, held, binned = (make(number) for number in range(3))
    compact()
    assert found(CHILD) == [raised, held, binned]
    keeping.hold(held, "for a look")
    assert found(CHILD) == [raised, binned]
    keeping.bin(binned)
    assert found(CHILD) == [raised]
    with changes.recorded() as recording:
        Work.everything.filter(pk=raised).update(rating=Rating.EXPLICIT)
        recording.works.add(raised)
    assert found(CHILD) == []
    keeping.release(held)
    keeping.restore(binned)
    assert found(CHILD) == [held, binned]
    keeping.bin(held)
    keeping.remove(held)
    assert found(CHILD) == [binned]


def test_what_was_added_in_the_last_moment_of_a_day_was_added_that_day() -> None:
    make(1, added=datetime(2026, 2, 28, 23, 59, 59, 999999, tzinfo=UTC))
    compact()
    state = current.state()
    assert state is not None
    asked = BrowseQuery.read({"added": ["2026-02-28..2026-02-28"]})
    assert answering.count(state, EVERYBODY, asked) == plain.count(EVERYBODY, asked) == 1


def test_nothing_that_did_not_change_is_read_again(monkeypatch: pytest.MonkeyPatch) -> None:
    works = make_many(range(5))
    compact()
    read: list[int] = []
    rows = delta.rows
    monkeypatch.setattr(delta, "rows", lambda ids: (read.extend(ids), rows(ids))[1])
    keeping.bin(works[0])
    found()
    keeping.bin(works[3])
    found()
    found()
    assert read == [works[0], works[3]]
