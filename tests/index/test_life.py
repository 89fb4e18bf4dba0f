"""The life of the index in one process: adopted, followed, put aside, built anew; and every answer is exact."""

import itertools
import json
import logging
import re
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from archive import changes, forgetting, index, keeping, locks, visible, worker, wrangling
from archive.access import Reader, Sight
from archive.admin.indexed import indexed
from archive.browse import BrowseQuery
from archive.index import answering, checking, compacting, current, delta, folder, plain, snapshots
from archive.models import Change, DuplicateSearch, Tag, Work, WorkerBeat
from archive.search import following
from archive.vocabulary import Rating
from tests.index import libraries
from tests.index.test_life_follows import edit
from tests.rows import row_of_work

pytestmark = pytest.mark.django_db

EVERYBODY = Sight(Reader(welcome=True, ceiling=Rating.EXPLICIT, adult=True))
CHILD = Sight(Reader(welcome=True, ceiling=Rating.TEEN))


@pytest.fixture(autouse=True)
def new_index() -> Iterator[None]:
    """No index, and a process that knows of none."""
    shutil.rmtree(snapshots.house(), ignore_errors=True)
    current.forget()
    yield
    shutil.rmtree(snapshots.house(), ignore_errors=True)
    current.forget()


def make(number: int, **stated: object) -> int:
    with changes.recorded():
        row = row_of_work(number)
        for name, value in stated.items():
            setattr(row, name, value)
        row.save()
    return int(row.pk)


def make_many(numbers: range) -> list[int]:
    """As an import does: many works in one transaction."""
    with changes.recorded() as recording:
        rows = Work.everything.bulk_create(row_of_work(number) for number in numbers)
        recording.works.update(row.pk for row in rows)
    return [row.pk for row in rows]


def found(sight: Sight = EVERYBODY) -> list[int]:
    """What the index finds; it must stand."""
    state = current.state()
    assert state is not None
    return sorted(answering.ids(state, sight, BrowseQuery()))


def shelf(sight: Sight = EVERYBODY) -> list[int]:
    return sorted(plain.ids(sight, BrowseQuery()))


def compact() -> Path:
    built = compacting.compact(wait=False)
    assert built is not None
    return built.folder


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


@pytest.fixture
def small_delta(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(delta, "ROOM", 5)
    monkeypatch.setattr(delta, "RESERVE", 2)
    monkeypatch.setattr(delta, "FEW", 3)
    monkeypatch.setattr(compacting, "ENOUGH", 5)


def test_a_bulk_import_into_a_small_library_is_shown_at_once(small_delta: None) -> None:
    make(1)
    compact()
    make_many(range(10, 30))
    assert current.state() is None
    assert len(index.ids(EVERYBODY, BrowseQuery())) == 21


def test_a_bulk_import_into_a_large_library_waits_for_the_next_snapshot(
    small_delta: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(current, "SMALL", 0)
    worker.beat()
    old = make_many(range(8))
    compact()
    make_many(range(10, 30))
    assert found() == old
    assert compacting.Watch().wanted()
    assert not current.exact()
    by_hand = make(100)
    keeping.bin(old[0])
    assert found() == [*old[1:], by_hand]
    keeping.hold(old[1:], "all of them")
    assert found() == [by_hand], "what has no room is hidden, not shown as it was"
    compact()
    assert found() == shelf()
    assert current.exact()


def test_without_a_worker_nothing_waits_for_a_snapshot(small_delta: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(current, "SMALL", 0)
    make(1)
    compact()
    make_many(range(10, 30))
    assert current.state() is None
    worker.beat()
    assert current.state() is not None
    WorkerBeat.everything.update(at=timezone.now() - timedelta(hours=1))
    assert current.state() is None


def test_when_no_snapshot_can_be_built_for_long_nothing_stays_hidden(
    small_delta: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(current, "SMALL", 0)
    make(1)
    compact()
    make_many(range(10, 30))
    make(2)
    worker.beat()
    assert len(found()) == 2
    Change.everything.update(at=timezone.now() - timedelta(minutes=40))
    assert len(found()) == 2, "this process knows since when"
    current.forget()
    assert current.state() is None
    assert len(index.ids(EVERYBODY, BrowseQuery())) == 22
    assert index.page(EVERYBODY, BrowseQuery()).total == 22
    compact()
    assert found() == shelf()


def test_moving_a_tag_of_many_works_waits_for_a_snapshot_but_never_shows_what_is_blocked(small_delta: None) -> None:
    works = make_many(range(20))
    wrangling.retag({work: {"freeform": ["Fluff"] if work % 2 else ["Softness", "Angst"]} for work in works})
    compact()
    tags = {tag.name: tag for tag in Tag.everything.all()}
    blocked = Reader(welcome=True, ceiling=Rating.EXPLICIT, adult=True, blocked=frozenset({"fluff"}))
    wrangling.make_synonym(tags["Softness"], tags["Fluff"])
    state = current.state()
    assert state is not None
    assert not current.exact()
    assert compacting.Watch().wanted()
    assert answering.count(state, visible.sight(blocked), BrowseQuery()) == 0
    fluff = BrowseQuery.read({"freeform": ["fluff"]})
    assert answering.count(state, EVERYBODY, fluff) == 20
    compact()
    assert index.facets(EVERYBODY, BrowseQuery()) == plain.facets(EVERYBODY, BrowseQuery())
    assert current.exact()


def test_tags_that_hang_together_otherwise_are_counted_so_at_once() -> None:
    works = make_many(range(6))
    wrangling.retag({work: {"freeform": ["Fluff"] if work % 2 else ["Slow Burn"]} for work in works})
    wrangling.retag({make(50): {"freeform": ["Romance"]}})
    compact()
    tags = {tag.name: tag for tag in Tag.everything.all()}
    for move in (
        lambda: wrangling.set_metatag(tags["Slow Burn"], tags["Romance"]),
        lambda: wrangling.make_synonym(tags["Fluff"], tags["Romance"]),
        lambda: wrangling.unset_metatag(tags["Slow Burn"], tags["Romance"]),
    ):
        move()
        state = current.state()
        assert state is not None
        assert answering.facets(state, EVERYBODY, BrowseQuery()) == plain.facets(EVERYBODY, BrowseQuery())


@pytest.fixture
def spoiled() -> Path:
    """A snapshot that stands, to be spoiled, in a library with one work."""
    make(1)
    return compact()


def no_header(folder: Path) -> None:
    (folder / "header.json").unlink()


def half_a_header(folder: Path) -> None:
    (folder / "header.json").write_text('{"format": ')


def foreign(folder: Path) -> None:
    header = json.loads((folder / "header.json").read_text())
    (folder / "header.json").write_text(json.dumps({**header, "format": 99}))


def cut_off(folder: Path) -> None:
    with (folder / "arrays").open("r+b") as file:
        file.truncate(3)


def one_missing(folder: Path) -> None:
    (folder / "arrays").unlink()


@pytest.mark.parametrize("spoil", [no_header, half_a_header, foreign, cut_off, one_missing])
def test_a_spoiled_snapshot_is_put_aside_with_one_line_and_plain_sql_answers(
    spoil: object, spoiled: Path, caplog: pytest.LogCaptureFixture
) -> None:
    spoil(spoiled)  # type: ignore[operator]
    with caplog.at_level(logging.WARNING):
        assert current.state() is None
        assert index.page(EVERYBODY, BrowseQuery()).total == 1
        current.forget()
        assert current.state() is None
    assert len(caplog.records) == 1
    assert compacting.Watch().wanted()
    compact()
    assert found() == shelf()
    assert len(list(snapshots.house().iterdir())) == 1


def test_a_snapshot_with_other_bytes_than_were_written_is_found_and_built_anew(spoiled: Path) -> None:
    assert current.state() is not None
    snapshots.prove()
    assert spoiled.exists()
    size = (spoiled / "arrays").stat().st_size
    with (spoiled / "arrays").open("r+b") as file:
        file.seek(size // 2)
        file.write(bytes(byte ^ 255 for byte in (spoiled / "arrays").read_bytes()[size // 2 :]))
    snapshots.prove()
    assert not spoiled.exists()
    assert compacting.Watch().wanted()
    compact()
    assert found() == shelf(), "whoever had it open takes the new one"


def test_a_spoiled_snapshot_gives_way_to_the_one_before() -> None:
    make(1)
    compact()
    make(2)
    no_header(compact())
    assert found() == shelf()


def test_a_snapshot_that_cannot_be_read_at_this_moment_is_left_where_it_is(
    spoiled: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def read(folder: Path) -> None:
        raise OSError(24, "Too many open files")

    with monkeypatch.context() as crowded:
        crowded.setattr(folder, "read", read)
        assert current.state() is None
        assert index.page(EVERYBODY, BrowseQuery()).total == 1
    assert "Too many open files" in caplog.text
    current.forget()
    assert found() == shelf()
    assert spoiled.exists()


def test_a_deleted_folder_harms_nobody() -> None:
    make(1)
    compact()
    found()
    shutil.rmtree(snapshots.house())
    make(2)
    assert found() == shelf(), "what is open stays open"
    assert compacting.Watch().wanted()
    current.forget()
    assert current.state() is None
    compact()
    assert found() == shelf()


def test_bytes_that_lead_astray_cost_a_line_in_the_log_and_no_page(
    spoiled: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def astray(*asked: object) -> None:
        raise IndexError

    monkeypatch.setattr(answering, "page", astray)
    assert index.page(EVERYBODY, BrowseQuery()).total == 1
    assert "plain SQL does" in caplog.text


def test_a_restored_older_library_uses_no_snapshot_of_a_newer_one() -> None:
    make(1)
    compact()
    assert len(found()) == 1
    with transaction.atomic():
        later = transaction.savepoint()
        make(2)
        compact()
        compact()  # both that are kept are newer than the backup
        assert len(found()) == 2
        transaction.savepoint_rollback(later)
    assert current.state() is None
    assert compacting.Watch().wanted()
    make(3)
    assert current.state() is None, "the same number, another token"
    compact()
    assert found() == shelf()
    assert len(list(snapshots.house().iterdir())) == 1


def test_a_snapshot_older_than_the_backup_goes_on_serving() -> None:
    make(1)
    compact()
    with transaction.atomic():
        later = transaction.savepoint()
        make(2)
        assert len(found()) == 2
        transaction.savepoint_rollback(later)
    make(3)
    make(4)
    assert found() == shelf()


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


def test_the_command_checks_answers_and_bytes() -> None:
    works = make_many(range(30))
    wrangling.retag({work: {"freeform": ["Fluff", f"n{work}"], "fandom": ["Ships"]} for work in works})
    with pytest.raises(CommandError, match="no index"):
        call_command("check_index")
    built = compact()
    told = StringIO()
    call_command("check_index", "--questions", "30", "--seed", "7", stdout=told)
    assert "answer alike" in told.getvalue()
    at = json.loads((built / "header.json").read_text())["arrays"]["column.words"][2]
    written = bytearray((built / "arrays").read_bytes())
    written[at] ^= 1
    (built / "arrays").write_bytes(written)
    with pytest.raises(CommandError, match="1 wrong"):
        call_command("check_index", "--questions", "0", stdout=told)
    assert "damaged: column.words" in told.getvalue()


def test_the_command_tells_a_difference(monkeypatch: pytest.MonkeyPatch) -> None:
    make_many(range(5))
    compact()
    monkeypatch.setattr(plain, "count", lambda sight, query: 77)
    told = StringIO()
    with pytest.raises(CommandError, match="3 wrong"):
        call_command("check_index", "--questions", "3", stdout=told)
    assert "plain: 77" in told.getvalue()
    assert [one.what for one in checking.differences(1, 1) if one] == ["count"]


def test_the_desk_has_one_line_about_it() -> None:
    assert indexed() == ""
    make(1)
    assert indexed().startswith("There is no index yet")
    compact()
    assert re.fullmatch(r"The index: 1 work, built .+ ago; nothing has changed since\.", indexed())
    make(2)
    assert re.fullmatch(r"The index: 1 work, built .+ ago; 1 changed since\.", indexed())
    compact()
    assert indexed().startswith("The index: 2 works")
