"""What keepers do about members: limits, invitations, links for a new password; and what the log says of it."""

import re
from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from django.utils import timezone

from archive import catalogue
from archive.audit import Deed
from archive.models import AuditEntry
from archive.vocabulary import Rating
from reader.models import Device, Invitation, User

pytestmark = pytest.mark.django_db
PASSWORD = "the harbour cat is staying"


@pytest.fixture
def wren() -> Client:
    client = Client()
    client.force_login(User.objects.create_superuser("wren", password=PASSWORD))
    return client


@pytest.fixture
def tom(db: None) -> User:
    return User.objects.create_user("Tom", password="forgotten long ago")


def act(client: Client, action: str, *users: User) -> str:
    given = {"action": action, "_selected_action": [user.pk for user in users]}
    return client.post("/admin/reader/user/", given, follow=True).content.decode()


def deeds() -> list[tuple[str, str]]:
    return [(entry.what, entry.about) for entry in AuditEntry.everything.order_by("pk")]


def address_in(page: str) -> str:
    return re.findall(r"<code>http://testserver(/[^<]+)</code>", page)[0]


def change(client: Client, user: User, **more: object) -> None:
    form = client.get(f"/admin/reader/user/{user.pk}/change/").context["adminform"].form
    given = {name: value for name, value in form.initial.items() if value not in (None, False, [])}
    for name in ("last_login", "date_joined"):
        given.pop(name, None)
    given["blocked_tags"] = "\n".join(user.blocked_tags)
    client.post(f"/admin/reader/user/{user.pk}/change/", {**given, **more})


def test_an_invitation_shows_its_link_once_and_the_link_makes_a_member(wren: Client) -> None:
    until = timezone.now() + timedelta(days=2)
    given = {
        "note": "for Tom",
        "until_0": f"{until:%Y-%m-%d}",
        "until_1": "12:00:00",
        "ceiling": "2",
        "blocked_tags": "Spiders",
    }
    response = wren.post("/admin/reader/invitation/add/", given)
    assert "no-store" in response["Cache-Control"]
    link = address_in(response.content.decode())
    assert link.split("/")[2] not in wren.get("/admin/reader/invitation/").content.decode()
    Client().post(link, {"username": "Tom", "password1": PASSWORD, "password2": PASSWORD})
    tom = User.objects.get(username="Tom")
    assert (tom.ceiling, tom.blocked_tags) == (Rating.TEEN, ["Spiders"])
    number = Invitation.objects.get().pk
    assert deeds() == [
        (Deed.INVITATION_MADE, f"invitation {number}"),
        (Deed.MEMBER_JOINED, f"member {tom.pk}: by invitation {number}"),
    ]


def test_an_invitation_that_lies_in_the_past_is_not_made(wren: Client) -> None:
    given = {"note": "", "until_0": "2020-01-01", "until_1": "12:00:00", "ceiling": "2", "blocked_tags": ""}
    assert "That moment has passed" in wren.post("/admin/reader/invitation/add/", given).content.decode()
    assert not Invitation.objects.exists()


def test_an_invitation_that_is_withdrawn_makes_nobody(wren: Client) -> None:
    until = timezone.now() + timedelta(days=2)
    given = {"until_0": f"{until:%Y-%m-%d}", "until_1": "12:00:00", "ceiling": "2"}
    link = address_in(wren.post("/admin/reader/invitation/add/", given).content.decode())
    number = Invitation.objects.get().pk
    wren.post(f"/admin/reader/invitation/{number}/delete/", {"post": "yes"})
    assert Client().get(link).status_code == 404
    assert deeds()[-1] == (Deed.INVITATION_WITHDRAWN, f"invitation {number}")


def test_a_link_for_a_new_password_is_shown_once_and_works(wren: Client, tom: User) -> None:
    link = address_in(act(wren, "make_link", tom))
    new = {"new_password1": PASSWORD, "new_password2": PASSWORD}
    assert Client().post(link, new)["Location"] == "/"
    tom.refresh_from_db()
    assert tom.check_password(PASSWORD)
    assert deeds() == [(Deed.PASSWORD_LINK_MADE, f"member {tom.pk}")]


def test_a_keeper_without_all_powers_makes_no_link_for_another_keeper(wren: Client) -> None:
    helper, client = User.objects.create_user("helper", is_staff=True), Client()
    helper.user_permissions.set(Permission.objects.filter(content_type__app_label="reader"))
    client.force_login(helper)
    page = act(client, "make_link", User.objects.get(username="wren"))
    assert "/forgotten/" not in page
    assert deeds() == []


def test_signing_a_member_out_ends_their_sessions(wren: Client, tom: User) -> None:
    toms = Client()
    toms.force_login(tom)
    act(wren, "sign_out", tom)
    assert toms.get("/account/").status_code == 302
    assert not Device.objects.filter(user=tom).exists()
    assert deeds() == [(Deed.SESSIONS_ENDED, f"member {tom.pk}")]


def test_forgetting_devices_with_limits_is_noted_and_frees_strangers_of_them(wren: Client, tom: User) -> None:
    for number, ceiling in enumerate((None, Rating.TEEN)):
        Device.objects.create(user=tom, key=str(number), name="Kobo", ceiling=ceiling)
    assert catalogue.limits().ceiling == Rating.TEEN
    act(wren, "forget_devices", tom)
    assert catalogue.limits().ceiling == Rating.EXPLICIT
    assert Device.objects.get(user=tom).ceiling is None
    assert deeds() == [(Deed.DEVICES_FORGOTTEN, f"member {tom.pk}")]


def test_a_limit_acts_at_the_next_request_and_is_noted_with_what_was_so_before(wren: Client, tom: User) -> None:
    change(wren, tom, ceiling=str(Rating.TEEN.value))
    entry = AuditEntry.everything.get()
    assert (entry.what, entry.about) == (Deed.LIMITS_CHANGED, f"member {tom.pk}")
    assert (entry.before, entry.after) == ({"ceiling": "Explicit"}, {"ceiling": "Teen And Up Audiences"})


def test_a_member_that_a_keeper_makes_is_noted(wren: Client) -> None:
    given = {"username": "Ada", "usable_password": "true", "password1": PASSWORD, "password2": PASSWORD, "ceiling": "2"}
    wren.post("/admin/reader/user/add/", given)
    ada = User.objects.get(username="Ada")
    assert ada.ceiling == Rating.TEEN
    assert deeds() == [(Deed.MEMBER_MADE, f"member {ada.pk}")]


@pytest.mark.parametrize("name", ["WREN", "Ｗren", "wrеn"])
def test_a_keeper_makes_no_member_whose_name_looks_like_anothers(wren: Client, name: str) -> None:
    given = {"username": name, "usable_password": "true", "password1": PASSWORD, "password2": PASSWORD, "ceiling": "2"}
    page = wren.post("/admin/reader/user/add/", given).content.decode()
    assert "errorlist" in page
    assert User.objects.count() == 1


def test_erasing_a_member_forgets_them_and_the_last_keeper_stays(wren: Client, tom: User) -> None:
    wren.post(f"/admin/reader/user/{tom.pk}/delete/", {"post": "yes"})
    keeper = User.objects.get()
    wren.post(f"/admin/reader/user/{keeper.pk}/delete/", {"post": "yes"})
    assert User.objects.get() == keeper
    assert deeds() == [(Deed.MEMBER_ERASED, f"member {tom.pk}")]


def test_the_log_says_the_name_of_a_member_only_while_there_is_one(wren: Client, tom: User) -> None:
    act(wren, "sign_out", tom)
    log, line = "/admin/archive/auditentry/", f"member {tom.pk}, Tom"
    entry = f"{log}{AuditEntry.everything.get().pk}/change/"
    for page in (log, f"{log}?q=tom", entry):
        assert line in wren.get(page).content.decode(), page
    wren.post(f"/admin/reader/user/{tom.pk}/delete/", {"post": "yes"})
    for page in (log, entry):
        told = wren.get(page).content.decode()
        assert f"member {tom.pk}" in told
        assert line not in told
