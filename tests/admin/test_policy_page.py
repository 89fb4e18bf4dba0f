"""The page of the policy: it tells what a policy would do before it is saved, and acts on the next request."""

import re
import threading
from dataclasses import replace
from typing import Any

import pytest
from django.db import connection, transaction
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from archive import catching
from archive.catalogue import policy
from archive.importing import cases as cases_module
from archive.importing import storing
from archive.models import AuditEntry, SitePolicy, Work
from archive.policy import Preset, Takers
from archive.vocabulary import ArchiveWarning, Rating
from reader.models import User
from tests.cast import enter
from tests.shelving import shelve

pytestmark = pytest.mark.django_db

OPEN: dict[str, Any] = {
    "preset": "anyone",
    "strangers_welcome": "on",
    "signed_in_days": "30",
    "may_remember": "on",
    "stranger_ceiling": "4",
    "member_ceiling": "4",
    "hold_warnings": ["16"],
    "ask_warnings": ["4", "8"],
    "originals": "members",
}
"""The policy of a new library, as its form is sent."""


def form(**changes: Any) -> dict[str, Any]:
    return {name: value for name, value in {**OPEN, **changes}.items() if value is not None}


def page() -> str:
    return reverse("admin:archive_sitepolicy_change", args=[SitePolicy.everything.get().pk])


def look(client: Client, **changes: Any) -> list[str]:
    """What the page says that a change would do."""
    answer = client.post(page(), form(**changes))
    assert answer.status_code == 200
    return answer.context["effects"]


def save(client: Client, **changes: Any) -> HttpResponse:
    """Look at what it does, and save it."""
    shown = client.post(page(), form(**changes))
    assert "Nothing is saved yet" in shown.content.decode()
    return client.post(page(), {**form(**changes), "previewed": shown.context["previewed"]})


def stock() -> None:
    shelve(title="One")
    shelve(title="Two", ratings=("Teen And Up Audiences",), warnings=("Major Character Death",))
    shelve(title="Three", ratings=("Explicit",))
    shelve(title="Four", ratings=("Mature",), freeforms=("Spiders",))
    shelve(title="Five", warnings=("Underage Sex",))


def test_it_tells_what_a_stranger_and_a_member_would_see(head: Client) -> None:
    stock()
    assert look(head, blocked_tags="Two\nSpiders", stranger_ceiling="2")[:2] == [
        "With this a stranger sees 2 of 4 works.",
        "A member without a ceiling of their own sees 2 of 4 works, and 3 (now 4) once they have agreed to see adult "
        "works.",
    ]
    assert look(head)[0] == ("With this a stranger sees 2 of 4 works, and 4 once they have agreed to see adult works.")
    assert look(head, stranger_ceiling="1")[0] == "With this a stranger sees 1 of 4 works (now 2)."
    assert look(head, strangers_welcome=None)[0] == "Nobody sees a work without signing in."


def test_it_tells_that_the_limits_of_members_hold_for_strangers(head: Client) -> None:
    stock()
    User.objects.create_user("young", ceiling=Rating.TEEN, blocked_tags=["Rain"])
    told = look(head)
    assert told[0] == "With this a stranger sees 2 of 4 works."
    assert (
        told[1]
        == "Strangers are held to Teen And Up Audiences: a member or device has that ceiling, and could sign out."
    )
    assert told[2] == "Tags that are blocked for a member are not shown to strangers either."


def test_it_tells_what_would_ask_and_what_would_be_held(head: Client) -> None:
    stock()
    assert "1 of 4 works ask for their warnings or tags before they open to a member." in look(head)
    both = look(head, ask_warnings=["4", "8"], ask_tags="Spiders", hold_ratings=["4"])
    assert "2 of 4 works ask for their warnings or tags before they open to a member." in both
    assert "1 work on the shelf would be held if they came in now; they stay where they are." in both
    assert "2 works on the shelf would be held." in look(head, hold_ratings=["4"], hold_tags="Spiders", hold_now="on")


def test_looking_saves_nothing_and_saving_takes_having_looked_at_just_this(head: Client) -> None:
    before = policy()
    shown = head.post(page(), form(strangers_welcome=None))
    assert "Nothing is saved yet" in shown.content.decode()
    assert policy() == before
    for wrong in ("", "x", "0" * 64):
        assert head.post(page(), {**form(strangers_welcome=None), "previewed": wrong, "_save": "1"}).status_code == 200
    other = {**form(strangers_welcome=None, stranger_ceiling="1"), "previewed": shown.context["previewed"]}
    assert head.post(page(), other).status_code == 200
    assert policy() == before
    done = head.post(page(), {**form(strangers_welcome=None), "previewed": shown.context["previewed"]})
    assert done.status_code == 302
    assert not policy().strangers_welcome


def test_it_acts_on_the_very_next_request(head: Client) -> None:
    work = shelve()
    stranger = Client()
    assert stranger.get(f"/works/{work}/").status_code == 200
    save(head, strangers_welcome=None)
    assert stranger.get(f"/works/{work}/").status_code == 404


def test_a_preset_decides_and_whoever_sets_something_else_has_a_policy_of_their_own(head: Client) -> None:
    assert save(head, preset="household", hold_warnings=None, stranger_ceiling="1").status_code == 302
    now = policy()
    assert (now.preset, now.strangers_welcome, now.stranger_ceiling) == (Preset.HOUSEHOLD, False, Rating.EXPLICIT)
    assert now.hold_warnings == ArchiveWarning.UNDERAGE
    assert save(head, preset="just-me").status_code == 302
    assert policy().signed_in_days == 365
    alike = {"preset": "just-me", "strangers_welcome": None, "signed_in_days": "365"}
    assert save(head, **alike, ask_tags="Rain").status_code == 302
    assert policy().preset is Preset.JUST_ME
    assert save(head, **alike, hold_warnings=None).status_code == 302
    assert policy().preset is Preset.OWN
    assert not policy().hold_warnings


@pytest.mark.parametrize("preset", ["just-me", "household", "anyone"])
def test_underage_sex_is_held_in_every_preset(preset: str, head: Client) -> None:
    SitePolicy.everything.update(preset="own", hold_warnings=0)
    assert save(head, preset=preset, hold_warnings=None).status_code == 302
    assert policy().hold_warnings == ArchiveWarning.UNDERAGE


def test_what_has_changed_is_noted_in_words(head: Client) -> None:
    save(head, strangers_welcome=None, hold_ratings=["4"], ask_warnings=["4"], member_ceiling="2")
    entry = AuditEntry.everything.get()
    assert (entry.who, entry.what) == ("head", "changed the policy")
    assert entry.before["member ceiling"] == "Explicit"
    assert entry.after == {
        "preset": "own",
        "strangers welcome": False,
        "member ceiling": "Teen And Up Audiences",
        "hold ratings": ["Explicit"],
        "ask warnings": ["Major Character Death"],
    }
    save(head, preset="own", strangers_welcome=None, hold_ratings=["4"], ask_warnings=["4"], member_ceiling="2")
    assert AuditEntry.everything.count() == 1


def test_works_on_the_shelf_are_held_too_where_the_keeper_says_so_but_for_those_released(head: Client) -> None:
    stock()
    held = Work.everything.get(title="Five")
    room = reverse("admin:archive_heldwork_changelist")
    head.post(room, {"action": "release", "_selected_action": held.pk, "confirmed": "yes"})
    save(head, hold_ratings=["4"], hold_tags="Spiders")
    assert not Work.everything.filter(held=True).exists()
    save(head, preset="own", hold_ratings=["4"], hold_tags="Spiders", hold_now="on")
    reasons = dict(Work.everything.filter(held=True).values_list("title", "hold_reason"))
    assert reasons == {"Three": "Explicit", "Four": "Spiders"}
    assert "Three" not in enter("agreed").get("/").content.decode()
    [line] = AuditEntry.everything.filter(what="held works", who="head").values_list("about", flat=True)
    assert re.fullmatch(r"works \d+, \d+: as the policy says", line)


def test_however_many_works_are_held_it_takes_no_more_questions(head: Client) -> None:
    counts = []
    for rating, numbers in (("Mature", range(3)), ("Explicit", range(3, 20))):
        for number in numbers:
            shelve(title=str(number), source="t", source_id=str(number), ratings=(rating,))
        stricter = replace(policy(), hold_ratings=frozenset({Rating[rating.upper()]}), hold_tags=frozenset({"fog"}))
        with CaptureQueriesContext(connection) as asked:
            assert catching.catch_up(stricter, "head") == len(numbers)
        counts.append(sum(not one["sql"].startswith("UPDATE") for one in asked))
    assert counts[0] == counts[1] < 12


@pytest.mark.django_db(transaction=True)
def test_what_comes_in_while_the_policy_changes_is_not_missed(monkeypatch: pytest.MonkeyPatch) -> None:
    judged, saved = threading.Event(), threading.Event()

    def bring() -> None:
        try:
            shelve(title="Late", ratings=("Explicit",))
        finally:
            connection.close()

    def keep_statements(cases: Any) -> None:
        judged.set()
        saved.wait(60)
        cases_module.keep_statements(cases)

    monkeypatch.setattr(storing, "keep_statements", keep_statements)
    coming = threading.Thread(target=bring)
    with transaction.atomic():
        row = SitePolicy.everything.select_for_update().get()
        row.hold_ratings = [int(Rating.EXPLICIT)]
        row.save()
        coming.start()
        judged.wait(0.5)  # as it is, it waits for the policy; whoever does not is judged by the old one by now
        catching.catch_up(row.plain(), "head")
    saved.set()
    coming.join()
    assert Work.everything.get().held


def test_a_keeper_who_may_only_look_changes_nothing(keeper: Any) -> None:
    before = policy()
    client = keeper("view_sitepolicy")
    assert client.get(page()).status_code == 200
    assert client.post(page(), form(strangers_welcome=None)).status_code == 403
    assert policy() == before


def test_a_missing_row_is_the_strictest_policy_until_one_is_saved(head: Client) -> None:
    SitePolicy.everything.all().delete()
    add = reverse("admin:archive_sitepolicy_add")
    shown = head.post(add, form())
    assert shown.status_code == 200
    assert not policy().strangers_welcome
    assert head.post(add, {**form(), "previewed": shown.context["previewed"]}).status_code == 302
    assert policy().strangers_welcome
    assert SitePolicy.everything.count() == 1


def test_the_policy_is_set_on_one_form(head: Client) -> None:
    assert head.get(reverse("admin:archive_sitepolicy_changelist"))["Location"] == page()
    wanted = {
        "preset": "own",
        "stranger_ceiling": "2",
        "blocked_tags": "fandom: Les Misérables\nSpiders",
        "hold_ratings": ["4", "6"],
        "hold_warnings": ["8", "16"],
        "ask_warnings": ["4"],
        "ask_tags": "Spoilers",
        "originals": "readers",
    }
    assert save(head, **wanted).status_code == 302
    now = policy()
    assert now.stranger_ceiling == Rating.TEEN
    assert now.blocked_tags == {"fandom: les miserables", "spiders"}
    assert now.hold_ratings == {Rating.EXPLICIT, Rating.UNKNOWN}
    assert now.hold_warnings == ArchiveWarning.NON_CON | ArchiveWarning.UNDERAGE
    assert now.ask_warnings == ArchiveWarning.DEATH
    assert now.originals is Takers.READERS
    shown = head.get(page()).context["adminform"].form
    assert shown["hold_warnings"].value() == [ArchiveWarning.NON_CON, ArchiveWarning.UNDERAGE]
    assert save(head, **wanted).status_code == 302
    assert policy() == now


def test_there_is_one_policy_and_it_is_never_deleted(head: Client) -> None:
    row = SitePolicy.everything.get()
    assert head.get(reverse("admin:archive_sitepolicy_add")).status_code == 403
    assert head.post(reverse("admin:archive_sitepolicy_delete", args=[row.pk]), {"post": "yes"}).status_code == 403
    assert SitePolicy.everything.get() == row
