"""Who may enter which room, and what each may do there."""

from collections.abc import Callable

import pytest
from django.contrib import admin
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from archive import keeping
from archive.models import Chapter, ImportRun, SitePolicy, Tombstone, Work
from reader.models import User
from tests.cast import enter
from tests.shelving import shelve

pytestmark = pytest.mark.django_db

ROOMS = [
    f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist"
    for model in admin.site._registry  # noqa: SLF001
]


@pytest.mark.parametrize("role", ["stranger", "teen", "adult", "agreed"])
def test_nobody_but_keepers_enters(role: str) -> None:
    client = enter(role)
    for room in ["admin:index", *ROOMS, "admin:remove-samples"]:
        answer = client.get(reverse(room))
        assert answer.status_code == 302, room
        assert reverse("admin:login") in answer["Location"]


def test_a_keeper_without_powers_sees_no_room(keeper: Callable[..., Client]) -> None:
    client = keeper()
    assert client.get(reverse("admin:index")).status_code == 200
    for room in [*ROOMS, "admin:remove-samples"]:
        assert client.get(reverse(room)).status_code == 403, room


def test_the_head_keeper_enters_every_room(head: Client) -> None:
    shelve()
    for room in ROOMS:
        assert head.get(reverse(room), follow=True).status_code == 200, room


def test_the_rooms_that_are_promised_are_there_and_no_others() -> None:
    names = {model.__name__ for model in admin.site._registry}  # noqa: SLF001
    assert names == {
        "Work", "HeldWork", "BinnedWork", "PuzzlingWork", "Chapter", "Tag", "Author", "Series",
        "ImportRun", "PossibleDuplicate", "Tombstone", "SitePolicy", "AuditEntry", "User", "Invitation",
    }  # fmt: skip


def test_the_desk_names_neither_groups_nor_tasks(head: Client) -> None:
    desk = head.get(reverse("admin:index"))
    assert [room["app_label"] for room in desk.context["app_list"]] == ["archive", "reader"]
    member = User.objects.create_user("member", password="an-invented-password")
    form = head.get(reverse("admin:reader_user_change", args=[member.pk])).context["adminform"].form
    assert "is_superuser" in form.fields
    assert "groups" not in form.fields


def own_pages() -> dict[str, str]:
    """The pages that are not Django's own, with the power each asks for."""
    pk = shelve()
    run = ImportRun.everything.create(started_at=timezone.now(), beat_at=timezone.now())
    chapter = Chapter.everything.get(work=pk)
    return {
        reverse("admin:archive_chapter_preview", args=[chapter.pk]): "view_chapter",
        reverse("admin:archive_importrun_report", args=[run.pk]): "view_importrun",
        reverse("admin:archive_work_delete", args=[pk]): "delete_work",
        reverse("admin:remove-samples"): "delete_work",
        reverse("admin:upload"): "add_work",
        reverse("admin:reread"): "add_work",
        reverse("admin:archive_importrun_standing", args=[run.pk]): "view_importrun",
        reverse("admin:archive_importrun_cancel", args=[run.pk]): "view_importrun",
        reverse("admin:archive_importrun_again", args=[run.pk]): "view_importrun",
    }


def test_our_own_pages_ask_for_their_power(keeper: Callable[..., Client]) -> None:
    idle = keeper("view_work", "change_work")
    for address in own_pages():
        assert idle.get(address).status_code in (403, 405), address
        assert idle.post(address).status_code in (403, 405), address
    assert not Work.everything.exclude(binned_at=None).exists()


def test_every_change_needs_a_token() -> None:
    User.objects.create_superuser("head", password="an-invented-password")
    client = Client(enforce_csrf_checks=True)
    assert client.login(username="head", password="an-invented-password")
    pages = own_pages()
    pk = Work.everything.get().pk
    change = reverse("admin:archive_work_change", args=[pk])
    policy = reverse("admin:archive_sitepolicy_change", args=[SitePolicy.everything.get().pk])
    for address in (*pages, change, policy, reverse("admin:archive_work_changelist")):
        if not address.endswith(("/report/", "/standing/")):
            assert client.post(address).status_code == 403, address


ACTIONS = [
    ("archive_work", "bin_selected", "delete_work"),
    ("archive_work", "hold_selected", "change_work"),
    ("archive_heldwork", "release", "change_work"),
    ("archive_heldwork", "delete", "delete_work"),
    ("archive_binnedwork", "restore", "change_work"),
    ("archive_binnedwork", "remove", "delete_work"),
    ("archive_puzzlingwork", "insist", "change_work"),
]


@pytest.mark.parametrize(("room", "action", "power"), ACTIONS)
def test_actions_are_offered_only_to_those_who_may(
    room: str, action: str, power: str, keeper: Callable[..., Client]
) -> None:
    held = shelve(title="Held", warnings=("Underage Sex",))
    binned = shelve(title="Binned")
    keeping.bin([binned])
    view = f"view_{room.removeprefix('archive_')}"
    before = list(Work.everything.order_by("pk").values("held", "binned_at", "attention"))
    answer = keeper(view).post(
        reverse(f"admin:{room}_changelist"),
        {"action": action, "_selected_action": [held, binned], "confirmed": "yes"},
    )
    assert answer.status_code in (200, 302, 403)
    assert list(Work.everything.order_by("pk").values("held", "binned_at", "attention")) == before
    able = keeper(view, power)
    page = able.get(reverse(f"admin:{room}_changelist")).content.decode()
    if room != "archive_puzzlingwork":
        assert f'value="{action}"' in page


def test_stones_are_lifted_only_by_those_who_may(keeper: Callable[..., Client]) -> None:
    stone = Tombstone.everything.create(identity="test:1", removed_at=timezone.now())
    lift = {"action": "lift", "_selected_action": [stone.pk]}
    room = reverse("admin:archive_tombstone_changelist")
    keeper("view_tombstone").post(room, lift)
    assert Tombstone.everything.count() == 1
    keeper("view_tombstone", "delete_tombstone").post(room, lift)
    assert Tombstone.everything.count() == 0


def test_a_keeper_cannot_raise_themselves(keeper: Callable[..., Client]) -> None:
    client = keeper("view_user", "change_user")
    member = User.objects.create_user("member", password="an-invented-password")
    address = reverse("admin:reader_user_change", args=[member.pk])
    form = {"username": "member", "ceiling": 2, "is_active": "on", "is_staff": "on", "is_superuser": "on"}
    assert client.post(address, form).status_code == 302
    member.refresh_from_db()
    assert member.ceiling == 2
    assert not member.is_staff
    assert not member.is_superuser
    other = User.objects.create_superuser("other", password="an-invented-password")
    assert client.post(reverse("admin:reader_user_change", args=[other.pk]), form).status_code == 403
    assert client.get(reverse("admin:auth_user_password_change", args=[other.pk])).status_code == 403
