"""Reading for a snapshot: all of it as at one moment, some rows at a time, while others write."""

from unittest import mock

import numpy as np
import pytest
from django.db import connection

from archive import changes, wrangling
from archive.index import building, listed, reading
from archive.index.graph import graph
from archive.index.laying import tags_of
from archive.index.selecting import one_moment
from archive.models import Work
from tests.index import lives
from tests.rows import row_of_work

pytestmark = pytest.mark.django_db(transaction=True)


def make(number: int) -> int:
    with changes.recorded():
        row = row_of_work(number)
        row.save()
        wrangling.retag({row.pk: {"freeform": ["A", f"B {number}"], "fandom": ["C"]}})
    return int(row.pk)


def test_what_is_written_while_it_reads_is_not_seen() -> None:
    before = make(1)
    position = changes.latest()
    with one_moment() as moment:
        first = reading.rows()
        (after,) = lives.in_threads(lambda: make(2), 1)
        again = reading.rows()
        assert changes.latest() == moment == position
    assert first.numbers["id"].tolist() == again.numbers["id"].tolist() == [before]
    assert len(first.taggings) == len(again.taggings) == 3
    assert sorted(reading.rows().numbers["id"].tolist()) == [before, after]
    assert changes.latest() != position


def test_whoever_reads_on_postgres_cannot_write(on_postgres: bool) -> None:
    with one_moment(), connection.cursor() as cursor:
        cursor.execute("SHOW transaction_read_only" if on_postgres else "SELECT 'on'")
        assert cursor.fetchone() == ("on",)


@pytest.mark.parametrize("together", [1, 2, 50_000])
def test_rows_that_come_some_at_a_time_are_all_there(together: int) -> None:
    ids = [make(number) for number in range(5)]
    with mock.patch.object(listed, "_ROWS", together), one_moment():
        everything, some = reading.rows(), reading.rows(ids[1:3])
        tags = tags_of(everything)
        assert np.array_equal(graph(tags, whole=True).heads, tags)
    assert everything.numbers["id"].tolist() == ids
    assert some.numbers["id"].tolist() == ids[1:3]
    assert {tuple(row) for row in some.taggings.tolist()} <= {tuple(row) for row in everything.taggings.tolist()}
    assert len(everything.taggings) == 15
    assert everything.words["title_key"] == list(Work.everything.order_by("pk").values_list("title_key", flat=True))


def test_a_part_may_be_built_inside_a_transaction_that_has_written() -> None:
    with changes.recorded():
        row = row_of_work(1)
        row.save()
        assert building.part([row.pk]).ids.tolist() == [row.pk]
