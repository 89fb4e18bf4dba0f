"""What waits for the next snapshot is hidden, or answered in plain SQL; it is never shown as it was."""

from datetime import timedelta

import pytest
from django.utils import timezone

from archive import index, keeping, visible, worker, wrangling
from archive.access import Reader
from archive.browse import BrowseQuery
from archive.index import answering, compacting, current, plain
from archive.models import Change, Tag, WorkerBeat
from archive.vocabulary import Rating
from tests.index.living import EVERYBODY, compact, found, make, make_many, shelf

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("new_index")]


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
