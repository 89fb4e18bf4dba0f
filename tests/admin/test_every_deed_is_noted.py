"""Every action, form and page by which a keeper changes something leaves a line: who, what, and about what."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.contrib import admin
from django.contrib.admin.sites import AdminSite
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils import timezone

from archive import changes, keeping, samples, wrangling
from archive.audit import Deed
from archive.models import AuditEntry, ImportRun, PossibleDuplicate, SitePolicy, Tag, Tombstone, Work
from reader.models import Invitation, User
from tests.admin.test_policy_page import save
from tests.admin.test_what_keepers_do import save as say
from tests.importing.exports import text
from tests.shelving import shelve
from tests.test_tagtables import DUMP

pytestmark = pytest.mark.django_db

FORM = "the form that"
QUIET = {
    "archive_chapter_preview": "shows a text, and changes nothing",
    "archive_importrun_standing": "tells how a run stands",
    "archive_importrun_report": "hands out a report",
    "again": "asks a keeper who they are",
}
"""Pages of ours that change nothing which is shown, and let nobody in."""


def act(client: Client, model: str, action: str, *rows: int, **more: str) -> None:
    chosen = {"action": action, "_selected_action": rows, "confirmed": "yes", "post": "yes", **more}
    assert client.post(reverse(f"admin:{model}_changelist"), chosen).status_code < 400


def press(client: Client, page: str, *numbers: int, **given: Any) -> None:
    assert client.post(reverse(f"admin:{page}", args=numbers), given).status_code < 400


def held() -> int:
    return shelve(warnings=("Underage Sex",))


def binned() -> int:
    keeping.bin(work := shelve())
    return work


def puzzling() -> int:
    keeping.say(work := shelve(), {"rating": "Explicit"})
    row = Work.everything.get(pk=work)
    row.attention = "A newer file is stricter"
    with changes.recorded():
        row.save()
    return work


def stone() -> int:
    keeping.remove(binned())
    return Tombstone.everything.get().pk


def pair() -> int:
    first, second = shelve(), shelve(title="Another")
    return PossibleDuplicate.everything.create(first_id=first, second_id=second, likeness=90).pk


def tag(merged: bool = False) -> int:
    shelve(freeforms=("Spiders", "Tarantulas"))
    one, other = Tag.everything.get(key="tarantulas"), Tag.everything.get(key="spiders")
    if merged:
        wrangling.make_synonym(one, other)
    return one.pk


def run(state: str, **facts: Any) -> int:
    now = timezone.now()
    return ImportRun.everything.create(way="reread", state=state, started_at=now, beat_at=now, **facts).pk


def member() -> int:
    return User.objects.create_user("Tom", password="forgotten long ago").pk


def invitation() -> int:
    return Invitation.objects.create(digest="x", until=timezone.now()).pk


def change_member(head: Client, **given: str) -> None:
    form = {"username": "Tom", "ceiling": "4", "is_active": "on", "blocked_tags": "", **given}
    press(head, "reader_user_change", member(), **{name: value for name, value in form.items() if value != "no"})


def queue_samples(head: Client) -> None:
    samples.import_samples()
    press(head, "remove-samples")


NEW = {"usable_password": "true", "password1": "the harbour cat", "password2": "the harbour cat"}
LATER = {"until_0": "2999-01-01", "until_1": "12:00:00", "ceiling": "4", "blocked_tags": ""}
FILE = SimpleUploadedFile

DEEDS: list[tuple[str, Deed, Callable[[Client], Any]]] = [
    ("PossibleDuplicate join", Deed.WORKS_JOINED, lambda head: act(head, "archive_possibleduplicate", "join", pair())),
    (
        "PossibleDuplicate keep_apart",
        Deed.WORKS_APART,
        lambda head: act(head, "archive_possibleduplicate", "keep_apart", pair()),
    ),
    (f"{FORM} change SitePolicy", Deed.POLICY_CHANGED, lambda head: save(head, registration="on")),
    ("HeldWork release", Deed.WORKS_RELEASED, lambda head: act(head, "archive_heldwork", "release", held())),
    ("HeldWork delete", Deed.WORKS_BINNED, lambda head: act(head, "archive_heldwork", "delete", held())),
    ("HeldWork refuse", Deed.WORKS_REFUSED, lambda head: act(head, "archive_heldwork", "refuse", held())),
    ("BinnedWork restore", Deed.WORKS_RESTORED, lambda head: act(head, "archive_binnedwork", "restore", binned())),
    ("BinnedWork remove", Deed.WORKS_REMOVED, lambda head: act(head, "archive_binnedwork", "remove", binned())),
    ("PuzzlingWork insist", Deed.WORKS_INSISTED, lambda head: act(head, "archive_puzzlingwork", "insist", puzzling())),
    ("PuzzlingWork follow", Deed.WORKS_FOLLOWED, lambda head: act(head, "archive_puzzlingwork", "follow", puzzling())),
    ("Tombstone lift", Deed.STONES_LIFTED, lambda head: act(head, "archive_tombstone", "lift", stone())),
    (
        f"{FORM} change Tag",
        Deed.TAGS_WRANGLED,
        lambda head: press(head, "archive_tag_change", tag(), synonym_of="Spiders", metatags=""),
    ),
    (
        "Tag make_synonyms",
        Deed.TAGS_WRANGLED,
        lambda head: act(head, "archive_tag", "make_synonyms", tag(), name="Spiders"),
    ),
    (
        "Tag part_synonyms",
        Deed.TAGS_WRANGLED,
        lambda head: act(head, "archive_tag", "part_synonyms", tag(merged=True)),
    ),
    (f"{FORM} change Work", Deed.WORKS_SAID, lambda head: say(head, shelve(), title="Another")),
    (f"{FORM} delete Work", Deed.WORKS_BINNED, lambda head: press(head, "archive_work_delete", shelve())),
    ("Work hold_selected", Deed.WORKS_HELD, lambda head: act(head, "archive_work", "hold_selected", shelve())),
    ("Work bin_selected", Deed.WORKS_BINNED, lambda head: act(head, "archive_work", "bin_selected", shelve())),
    (
        f"{FORM} add User",
        Deed.MEMBER_MADE,
        lambda head: press(head, "reader_user_add", username="Tom", ceiling="1", **NEW),
    ),
    (f"{FORM} change User", Deed.LIMITS_CHANGED, lambda head: change_member(head, ceiling="2")),
    (f"{FORM} change User", Deed.LIMITS_CHANGED, lambda head: change_member(head, blocked_tags="Fog")),
    (f"{FORM} change User", Deed.POWERS_CHANGED, lambda head: change_member(head, is_staff="on")),
    (f"{FORM} change User", Deed.POWERS_CHANGED, lambda head: change_member(head, user_permissions="1")),
    (f"{FORM} change User", Deed.MEMBER_CLOSED, lambda head: change_member(head, is_active="no")),
    (f"{FORM} change User", Deed.MEMBER_CHANGED, lambda head: change_member(head, email="tom@example.org")),
    (f"{FORM} delete User", Deed.MEMBER_ERASED, lambda head: press(head, "reader_user_delete", member(), post="yes")),
    ("User delete_selected", Deed.MEMBER_ERASED, lambda head: act(head, "reader_user", "delete_selected", member())),
    ("User make_link", Deed.PASSWORD_LINK_MADE, lambda head: act(head, "reader_user", "make_link", member())),
    ("User sign_out", Deed.SESSIONS_ENDED, lambda head: act(head, "reader_user", "sign_out", member())),
    ("User forget_devices", Deed.DEVICES_FORGOTTEN, lambda head: act(head, "reader_user", "forget_devices", member())),
    (
        "auth_user_password_change",
        Deed.PASSWORD_SET,
        lambda head: press(head, "auth_user_password_change", member(), **NEW),
    ),
    (f"{FORM} add Invitation", Deed.INVITATION_MADE, lambda head: press(head, "reader_invitation_add", **LATER)),
    (
        f"{FORM} delete Invitation",
        Deed.INVITATION_WITHDRAWN,
        lambda head: press(head, "reader_invitation_delete", invitation(), post="yes"),
    ),
    (
        "Invitation delete_selected",
        Deed.INVITATION_WITHDRAWN,
        lambda head: act(head, "reader_invitation", "delete_selected", invitation()),
    ),
    (
        "archive_importrun_cancel",
        Deed.IMPORT_STOPPED,
        lambda head: press(head, "archive_importrun_cancel", run("queued")),
    ),
    (
        "archive_importrun_cancel",
        Deed.IMPORT_STOPPED,
        lambda head: press(head, "archive_importrun_cancel", run("running")),
    ),
    (
        "archive_importrun_again",
        Deed.IMPORT_ASKED,
        lambda head: press(head, "archive_importrun_again", run("cancelled")),
    ),
    ("upload", Deed.IMPORT_ASKED, lambda head: press(head, "upload", files=[FILE("one.txt", text(1).encode())])),
    ("reread", Deed.IMPORT_ASKED, lambda head: press(head, "reread")),
    ("remove-samples", Deed.WORKS_REMOVED, queue_samples),
]


def ways() -> set[str]:
    """Whatever the keepers' pages offer to the head keeper: actions, forms, and pages that are not Django's."""
    request = RequestFactory().get("/")
    request.user = User(is_superuser=True, is_staff=True, is_active=True)
    found = _names(admin.site) - _names(AdminSite()) - {"app_list"}
    for model, room in admin.site._registry.items():  # noqa: SLF001
        found |= {f"{model.__name__} {action}" for action in room.get_actions(request)}
        forms = (name for name in ("add", "change", "delete") if getattr(room, f"has_{name}_permission")(request))
        found |= {f"{FORM} {name} {model.__name__}" for name in forms}
        usual = {f"{model._meta.label_lower.replace('.', '_')}_{page}" for page in USUAL}
        found |= {view.name for view in room.get_urls() if view.name} - usual
    return found


def _names(site: AdminSite) -> set[str]:
    return {name for view in site.get_urls() if (name := getattr(view, "name", ""))}


USUAL = ("changelist", "add", "history", "delete", "change")


def test_every_way_to_change_something_has_its_deed_or_its_reason_to_have_none() -> None:
    assert ways() == {way for way, _, _ in DEEDS} | QUIET.keys()


@pytest.mark.parametrize(("way", "deed", "do"), DEEDS, ids=[f"{way}: {deed.value}" for way, deed, _ in DEEDS])
def test_what_a_keeper_does_leaves_a_line(way: str, deed: Deed, do: Callable[[Client], Any], head: Client) -> None:
    do(head)
    lines = AuditEntry.everything.filter(who="head", what=deed.value)
    assert lines.exists(), (way, list(AuditEntry.everything.values_list("who", "what")))
    assert all(line.about or deed is Deed.POLICY_CHANGED for line in lines)
    assert not any(name in line.about for name in ("Tom", "Another", "Lamplighter") for line in lines)


@pytest.mark.parametrize(
    ("given", "before", "after"),
    [
        ({"is_staff": "on"}, {"is_staff": False}, {"is_staff": True}),
        ({"blocked_tags": "Fog\nSpiders"}, {"blocked_tags": []}, {"blocked_tags": ["Fog", "Spiders"]}),
    ],
    ids=str,
)
def test_what_a_member_may_do_or_see_is_noted_with_what_was_so_before(
    given: dict[str, str], before: object, after: object, head: Client
) -> None:
    change_member(head, **given)
    entry = AuditEntry.everything.get()
    assert (entry.before, entry.after) == (before, after)


def test_a_form_that_changes_nothing_leaves_no_line(head: Client) -> None:
    change_member(head)
    say(head, shelve())
    press(head, "archive_tag_change", tag(), synonym_of="", metatags="")
    assert SitePolicy.everything.exists()
    assert not AuditEntry.everything.exists()


def test_a_tag_table_leaves_one_line_and_when_it_moves_nothing_none(tmp_path: Path) -> None:
    table = tmp_path / "tags.csv"
    table.write_text(DUMP, "utf-8")
    shelve(freeforms=("slowburn", "Slow Burn"))
    for _ in range(2):
        call_command("import_tags", str(table))
    entry = AuditEntry.everything.get()
    assert (entry.who, entry.what, entry.about) == ("", Deed.TAGS_WRANGLED, "as the table tags.csv says")


def test_a_password_that_a_keeper_sets_signs_the_member_out(head: Client) -> None:
    number, client = member(), Client()
    client.force_login(User.objects.get(pk=number))
    press(head, "auth_user_password_change", number, **NEW)
    assert client.get("/account/").status_code == 302
    assert not User.objects.get(pk=number).devices.exists()
    press(head, "auth_user_password_change", User.objects.get(username="head").pk, **NEW)
    assert head.get("/account/").status_code == 200
