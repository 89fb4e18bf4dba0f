"""When a snapshot is built, which are kept, and for how long the change log must hold what they need."""

import itertools
from collections.abc import Iterator
from datetime import timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from archive import changes, forgetting, locks
from archive.index import compacting, current, folder, snapshots
from archive.models import Change, DuplicateSearch
from archive.search import following
from tests.index.living import compact, found, make, make_many, shelf

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("new_index")]


def test_a_disk_that_is_full_costs_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    make(1)
    compact()
    make(2)
    write = vars(folder)["_write"]

    def fill(path: Path, pieces: Iterator[object]) -> None:
        write(path, itertools.islice(pieces, 9))
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(folder, "_write", fill)
    with pytest.raises(CommandError, match="No space left on device"):
        call_command("rebuild_index")
    assert found() == shelf()
    assert len(list(snapshots.house().iterdir())) == 1, "what was written is taken away"


def test_two_are_never_built_at_once() -> None:
    make(1)
    with locks.held("index"), pytest.raises(locks.Taken):
        compacting.compact(wait=False)
    told = StringIO()
    with locks.held("index"):
        call_command("rebuild_index", "--gently", stdout=told)
    assert "Another process" in told.getvalue()


def test_the_last_two_are_kept() -> None:
    kept = []
    for number in range(4):
        make(number)
        kept.append(compact())
    assert sorted(snapshots.house().iterdir()) == kept[-2:]


def test_a_snapshot_is_wanted_after_enough_changes_or_after_a_day(
    small_delta: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    make(1)
    compact()
    watch = compacting.Watch()
    assert not watch.wanted()
    make_many(range(10, 14))
    assert not watch.wanted()
    monkeypatch.setattr(compacting, "OLD", timedelta(0))
    assert watch.wanted()
    monkeypatch.undo()
    make_many(range(20, 1100))
    assert watch.wanted()
    compact()
    assert not watch.wanted()
    monkeypatch.setattr(compacting, "OLD", timedelta(0))
    assert not watch.wanted(), "nothing has changed since"


def test_the_change_log_is_kept_short_for_as_long_as_nobody_reads_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(forgetting, "MARGIN", 2)
    for number in range(10):
        make(number)
    newest = changes.latest()[0]
    DuplicateSearch.everything.create(pk=1, number=newest)
    compact()
    assert forgetting.forget_changes() == 0, "the texts are not followed yet"
    following.follow()
    assert forgetting.forget_changes() > 0
    assert list(Change.everything.order_by("number").values_list("number", flat=True)) == [
        newest - 2,
        newest - 1,
        newest,
    ]
    current.forget()
    assert found() == shelf()
    DuplicateSearch.everything.update(number=0)
    for number in range(20, 30):
        make(number)
    assert forgetting.forget_changes() == 0
    for _ in range(3):
        DuplicateSearch.everything.update(number=newest + 100)
        following.follow()
        compact()
        forgetting.forget_changes()
    assert changes.latest()[0] == newest + 10
    assert found() == shelf()


def test_a_process_that_missed_what_is_forgotten_opens_a_newer_snapshot(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(forgetting, "MARGIN", 0)
    make(1)
    compact()
    found()
    for number in range(2, 6):
        make(number)
    compact()
    compact()
    DuplicateSearch.everything.create(pk=1, number=changes.latest()[0])
    following.follow()
    forgetting.forget_changes()
    assert Change.everything.count() == 1
    make(9)
    assert found() == shelf()
