"""After twelve hours the keepers' pages ask for the password again; nothing else gets by, and nobody is led away."""

import time

import pytest
from django.test import Client
from django.urls import reverse

from archive.admin.again import PROVED, TRIES
from reader.models import User
from tests.shelving import shelve

pytestmark = pytest.mark.django_db
DESK, AGAIN = reverse("admin:index"), reverse("admin:again")
PASSWORD = "an-invented-password"


@pytest.fixture
def later(head: Client, monkeypatch: pytest.MonkeyPatch) -> Client:
    """The head keeper's browser, twelve hours after signing in."""
    now = time.time()
    assert head.get(DESK).status_code == 200
    monkeypatch.setattr(time, "time", lambda: now + 12 * 3600 + 60)
    return head


def test_every_page_asks_and_leads_back_to_what_was_wanted(later: Client) -> None:
    works = reverse("admin:archive_work_changelist")
    answer = later.get(works, {"q": "lamp"})
    assert answer["Location"] == f"{AGAIN}?next=%2Fadmin%2Farchive%2Fwork%2F%3Fq%3Dlamp"
    page = later.get(answer["Location"])
    assert page.status_code == 200
    assert "no-store" in page["Cache-Control"]
    done = later.post(AGAIN, {"password": PASSWORD, "next": page.context["next"]})
    assert done["Location"] == f"{works}?q=lamp"
    assert later.get(works).status_code == 200


def test_a_deed_that_comes_too_late_is_not_done(later: Client) -> None:
    work = shelve(warnings=("Underage Sex",))
    held = reverse("admin:archive_heldwork_changelist")
    answer = later.post(held, {"action": "release", "_selected_action": work, "confirmed": "yes"})
    assert answer["Location"] == f"{AGAIN}?next=%2Fadmin%2F"
    assert Client().get(f"/works/{work}/").status_code == 404


def test_the_reading_room_stays_open(later: Client) -> None:
    assert later.get("/").status_code == 200
    assert later.get("/").context["user"].is_authenticated


def test_a_session_that_does_not_say_when_is_asked(head: Client) -> None:
    session = head.session
    del session[PROVED]
    session.save()
    assert head.get(DESK)["Location"].startswith(AGAIN)


def test_a_wrong_password_opens_nothing_and_five_of_them_sign_out(later: Client) -> None:
    User.objects.create_superuser("other", password="another-invented-password")
    for _ in range(TRIES - 1):
        page = later.post(AGAIN, {"password": "another-invented-password"})
        assert "That is not your password." in page.content.decode()
        assert later.get(DESK).status_code == 302
    assert later.post(AGAIN, {"password": ""}).status_code == 200
    last = later.post(AGAIN, {"password": "wrong"})
    assert last["Location"].startswith(reverse("admin:login"))
    assert not later.get("/").context["user"].is_authenticated


@pytest.mark.parametrize(
    "way_on",
    ["//evil.example/admin/", "https://evil.example/admin/", "/\\evil.example", "javascript:alert(1)", "/", "/admin",
     "/admin/\\evil", "\t//evil.example", "/works/1/", "/admin/\nSet-Cookie: x"],
)  # fmt: skip
def test_nobody_is_led_away(way_on: str, later: Client) -> None:
    assert later.post(AGAIN, {"password": PASSWORD, "next": way_on})["Location"] == DESK


def test_signing_out_does_not_ask(later: Client) -> None:
    assert later.post(reverse("admin:logout")).status_code == 200
    assert not later.get("/").context["user"].is_authenticated


def test_whoever_may_not_enter_is_not_asked_either() -> None:
    member = Client()
    member.force_login(User.objects.create_user("member", password=PASSWORD))
    for client in (Client(), member):
        for ask in (client.get, client.post):
            answer = ask(AGAIN, {"password": PASSWORD})
            assert answer["Location"].startswith(reverse("admin:login"))


def test_a_keeper_without_a_password_is_told_to_sign_in_again(later: Client) -> None:
    keeper = User.objects.get()
    keeper.set_unusable_password()
    keeper.save()
    later.force_login(keeper)
    session = later.session
    session[PROVED] = 0
    session.save()
    assert "sign out above" in later.get(AGAIN).content.decode()
