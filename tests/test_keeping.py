"""What keepers do to works: said, held, released, binned, brought back, removed for good."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.utils import timezone

from archive import changes, importing, keeping
from archive.access import stakes
from archive.models import Change, Chapter, SearchText, SourceFile, Text, Tombstone, Work
from archive.vocabulary import ArchiveWarning, Rating
from tests.shelving import bring, parsed, shelve

pytestmark = pytest.mark.django_db

HELD = ("Underage Sex",)


def work(pk: int) -> Work:
    found: Work = Work.everything.get(pk=pk)
    return found


def test_a_keepers_word_beats_what_the_file_states() -> None:
    pk = shelve(ratings=("Explicit",), fandoms=("The Lighthouse Cycle",))
    assert keeping.say(pk, {"rating": "Mature", "title": "A Ledger of Lamps"}) == 1
    assert work(pk).rating == Rating.MATURE
    assert work(pk).title == "A Ledger of Lamps"
    assert "a ledger of lamps" in SearchText.everything.get(work=pk).folded


def test_a_keepers_word_survives_a_newer_file() -> None:
    pk = shelve(source="archiveofourown.org", source_id="7", freeforms=("Storms",))
    keeping.say(pk, {"freeforms": ["Weather"], "complete": True})
    shelve(source="archiveofourown.org", source_id="7", freeforms=("Storms", "Tides"), body="<p>Other words.</p>" * 3)
    assert list(work(pk).taggings.values_list("spelling", flat=True)) == ["Weather"]
    assert work(pk).complete is True


def test_a_newer_stricter_file_applies_at_once_until_the_keeper_insists() -> None:
    home = {"source": "archiveofourown.org", "source_id": "8"}
    pk = shelve(**home, ratings=("Teen And Up Audiences",))
    keeping.say(pk, {"rating": "General Audiences"})
    newer = parsed(**home, ratings=("Explicit",))
    bring(replace(newer, chapters=(*newer.chapters, replace(newer.chapters[0], number=2))))
    assert work(pk).rating == Rating.EXPLICIT
    assert work(pk).attention
    keeping.insist([pk])
    assert work(pk).rating == Rating.GENERAL
    assert work(pk).attention == ""


def test_giving_in_follows_the_newer_file() -> None:
    pk = shelve(ratings=("Explicit",))
    keeping.say(pk, {"rating": "General Audiences", "title": "Kept"})
    keeping.give_in([pk])
    assert work(pk).rating == Rating.EXPLICIT
    assert work(pk).title == "Kept"


def test_taking_a_word_back_lets_the_file_be_heard_again() -> None:
    pk = shelve(ratings=("Explicit",))
    keeping.say(pk, {"rating": "Mature"})
    keeping.unsay(pk, ["rating"])
    assert work(pk).rating == Rating.EXPLICIT
    assert work(pk).kept == {}


def test_saying_the_same_twice_changes_nothing() -> None:
    pk = shelve()
    keeping.say(pk, {"title": "Once"})
    before = changes.latest()
    assert keeping.say(pk, {"title": "Once"}) == 0
    assert changes.latest() == before


def test_nothing_can_be_said_of_an_unknown_field() -> None:
    with pytest.raises(ValueError, match="held"):
        keeping.say(shelve(), {"held": False})


def test_a_release_is_bound_to_rating_and_warnings() -> None:
    pk = shelve(warnings=HELD)
    assert work(pk).held
    assert keeping.release([pk]) == 1
    assert not work(pk).held
    assert work(pk).released == stakes(Rating.GENERAL, ArchiveWarning.UNDERAGE)
    importing.settle([pk])
    assert not work(pk).held
    keeping.say(pk, {"rating": "Explicit"})
    assert work(pk).held


def test_releasing_what_is_not_held_does_nothing() -> None:
    pk = shelve()
    assert keeping.release([pk]) == 0
    assert work(pk).released == ""


def test_a_work_that_a_keeper_holds_stays_held() -> None:
    pk = shelve()
    assert keeping.hold([pk], "Asked for by its author") == 1
    importing.settle([pk])
    assert work(pk).held
    assert work(pk).hold_reason == "Asked for by its author"


def test_binned_works_come_back_as_they_were() -> None:
    pk = shelve(warnings=HELD)
    assert keeping.bin([pk]) == 1
    since = work(pk).binned_at
    assert since is not None
    assert keeping.bin([pk]) == 0
    assert work(pk).binned_at == since
    assert keeping.restore([pk]) == 1
    assert work(pk).binned_at is None
    assert work(pk).held


def test_only_what_lies_in_the_bin_is_removed() -> None:
    pk = shelve()
    assert keeping.remove([pk]) == 0
    assert Work.everything.filter(pk=pk).exists()


def test_a_removed_work_is_gone_but_for_its_stone() -> None:
    home = {"source": "archiveofourown.org", "source_id": "9"}
    pk = shelve(**home)
    keeping.bin([pk])
    assert keeping.remove([pk]) == 1
    assert keeping.remove([pk]) == 0
    for rows in (Work, Chapter, Text, SourceFile):
        assert not rows.everything.exists()
    assert Tombstone.everything.get().identity == "archiveofourown.org:9"
    [told] = bring(parsed(**home))
    assert told.outcome == "refused"
    keeping.lift(Tombstone.everything.values_list("pk", flat=True))
    assert shelve(**home)


def test_a_text_that_another_work_shows_stays() -> None:
    first, second = shelve(title="One"), shelve(title="Two")
    assert Text.everything.count() == 1
    keeping.bin([first])
    keeping.remove([first])
    assert Chapter.everything.get(work=second).text


def test_the_bin_is_emptied_after_its_time_only() -> None:
    old, young = shelve(title="Old"), shelve(title="Young")
    keeping.bin([old, young])
    with changes.recorded() as recording:
        recording.works.add(old)
        Work.everything.filter(pk=old).update(binned_at=timezone.now() - timedelta(days=91))
    assert keeping.empty_bin() == 1
    assert list(Work.everything.values_list("title", flat=True)) == ["Young"]


def test_every_move_stands_in_the_change_log() -> None:
    pk = shelve()
    keeping.hold([pk], "A reason")
    keeping.release([pk])
    keeping.bin([pk])
    keeping.restore([pk])
    keeping.bin([pk])
    keeping.remove([pk])
    moved = [change.works for change in Change.everything.order_by("-number")[:6]]
    assert moved == [[pk]] * 6


def test_many_works_are_moved_in_batches() -> None:
    made = [told.work for told in bring(*(parsed(title=f"Work {number}") for number in range(keeping.BATCH + 5)))]
    pks = [pk for pk in made if pk]
    before, _ = changes.latest()
    assert keeping.bin(iter(pks)) == keeping.BATCH + 5
    assert changes.latest()[0] == before + 2
