"""The change log: nothing is written to works, taggings and tags without an entry, and entries keep their order."""

import threading
from typing import Any

import pytest
from django.db import connection

from archive import changes
from archive.models import Change, Tag, Work
from tests.rows import row_of_work


@pytest.mark.django_db
def test_a_work_is_not_saved_outside_a_recording() -> None:
    with pytest.raises(changes.Unrecorded):
        row_of_work(1).save()
    assert not Work.everything.exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    "write",
    [
        lambda: Work.everything.update(held=True),
        lambda: Work.everything.all().delete(),
        lambda: Work.everything.bulk_create([row_of_work(2)]),
        lambda: Work.everything.bulk_update([], ["held"]),
        lambda: Work.everything.get().delete(),
        lambda: Tag.everything.create(kind="fandom", name="a", key="a", slug="a"),
    ],
)
def test_no_other_way_writes_outside_a_recording(write: Any) -> None:
    with changes.recorded():
        row_of_work(1).save()
    with pytest.raises(changes.Unrecorded):
        write()
    assert Work.everything.filter(held=False).count() == 1


@pytest.mark.django_db
def test_a_bulk_write_that_names_no_work_is_undone() -> None:
    with pytest.raises(changes.Unrecorded), changes.recorded():
        Work.everything.bulk_create([row_of_work(1)])
    assert not Work.everything.exists()


@pytest.mark.django_db
def test_one_recording_is_one_entry_that_names_what_it_touched() -> None:
    with changes.recorded() as recording:
        first, second = row_of_work(1), row_of_work(2)
        first.save()
        with changes.recorded():
            second.save()
        tag = Tag.everything.create(kind="fandom", name="a", key="a", slug="a")
        assert recording.works == {first.pk, second.pk}
    entry = Change.everything.get()
    assert (entry.number, entry.works, entry.tags) == (1, [first.pk, second.pk], [tag.pk])
    assert changes.latest() == (1, entry.token)


@pytest.mark.django_db
def test_a_recording_that_fails_leaves_neither_rows_nor_entry() -> None:
    def failing() -> None:
        with changes.recorded():
            row_of_work(1).save()
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        failing()
    assert not Work.everything.exists()
    assert changes.latest() == (0, "")
    with pytest.raises(changes.Unrecorded):
        row_of_work(2).save()


@pytest.mark.django_db(transaction=True)
def test_writers_at_once_get_numbers_without_gaps_in_the_order_of_their_commits() -> None:
    def write(start: int) -> None:
        try:
            for number in range(start, start + 5):
                with changes.recorded():
                    row_of_work(number).save()
        finally:
            connection.close()

    threads = [threading.Thread(target=write, args=(start,)) for start in (0, 100, 200)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(Change.everything.values_list("number", flat=True)) == list(range(1, 16))
    assert len(set(Change.everything.values_list("token", flat=True))) == 15
