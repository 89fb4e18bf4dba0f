"""Columns come from the database as lists: all rows, whatever their ids and whatever is written in them."""

from unittest import mock

import numpy as np
import pytest

from archive import changes, wrangling
from archive.index import building, keys, listed, reading
from archive.index.arrays import SIZES
from archive.index.folder import About
from archive.index.graph import graph
from archive.index.laying import lay_out, tags_of
from tests.rows import row_of_work

pytestmark = pytest.mark.django_db(transaction=True)

ODD = ['a "quoted" key', "back\\slash", "two\nlines", "\x1fa sign", "灯塔 \U0001f4da", "null", "[1, 2]", ""]


def make(pk: int, key: str) -> None:
    with changes.recorded():
        row = row_of_work(pk)
        row.pk, row.title_key, row.author_key = pk, key, key
        row.save()


@pytest.mark.parametrize("together", [1, 3, 50_000])
def test_words_come_as_they_are_written(together: int) -> None:
    for pk, key in enumerate(ODD, 1):
        make(pk, key)
    with mock.patch.object(listed, "_ROWS", together):
        read = reading.rows()
    assert read.words["title_key"] == read.words["author_key"] == ODD
    assert reading.rows([2, 3, 99]).words["title_key"] == ODD[1:3]


def test_ids_may_lie_far_apart() -> None:
    for pk in (2**31 - 10**6, 7, 1_000_000_007):
        make(pk, "a")
    with mock.patch.object(listed, "_ROWS", 2):
        assert reading.rows().numbers["id"].tolist() == [7, 1_000_000_007, 2**31 - 10**6]


def test_an_empty_table_has_columns_without_rows() -> None:
    assert listed.integers("archive_tagging", ("tag_id", "position"), None).shape == (0, 2)
    found = listed.at_once("archive_tag ORDER BY key", ("id",), ("key",))
    assert found.numbers[0].tolist() == listed.decoded(found.words[0]) == []


def test_numbers_take_64_bits_only_where_they_must() -> None:
    make(1, "a")
    found = listed.at_once("archive_work", ("-2147483648", "2147483647", "2147483648", "9007199254740993")).numbers
    assert [column.dtype for column in found] == [np.int32, np.int32, np.int64, np.int64]
    assert [column.tolist() for column in found] == [[-(2**31)], [2**31 - 1], [2**31], [2**53 + 1]]


def test_names_come_in_the_order_of_their_keys_with_their_canonicals() -> None:
    make(1, "a")
    with changes.recorded():
        wrangling.retag({1: {"freeform": ["Éclair", "b", "A"], "fandom": ["C"]}})
    found = keys.read()
    assert listed.decoded(found["freeform"].keys) == ["a", "b", "eclair"]
    assert found["freeform"].ids.tolist() == found["freeform"].heads.tolist()
    assert len(found["fandom"].ids) == 1
    assert listed.decoded(found["author"].keys) == []


def test_a_work_that_was_tagged_anew_is_laid_out_as_before() -> None:
    for pk in (1, 2):
        make(pk, "a")
    with changes.recorded():
        wrangling.retag({2: {"freeform": ["A", "B"]}, 1: {"freeform": ["B"]}})
    with changes.recorded():
        wrangling.retag({1: {"freeform": ["B", "A", "C"]}})
    read = reading.rows()
    arrays, _ = lay_out(read, graph(tags_of(read), whole=True), About(sizes=SIZES))
    again = building.part([1, 2]).arrays
    assert arrays.keys() == again.keys()
    assert np.array_equal(arrays["forward.starts"], [0, 3, 5])
    assert all(np.array_equal(arrays[name], again[name]) for name in arrays)
