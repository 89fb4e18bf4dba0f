"""A forgotten password: a letter where letters are sent, and no word of who has an account."""

import re

import pytest
from django.core import mail
from django.test import Client
from django_tasks_db.models import DBTaskResult

from reader import letters, mailbox
from reader.environment import Wrong
from reader.models import User

HERE = ("https://books.example.org",)
GIVEN = {"EMAIL_URL": "smtp+tls://carrel:p%40ss@post.example.org", "CARREL_MAIL": "carrel@example.org"}


@pytest.fixture
def sends(settings: object, db: None) -> None:
    settings.MAIL, settings.URLS, settings.DEFAULT_FROM_EMAIL = True, HERE, "carrel@example.org"


def test_no_mailbox_is_the_usual_case() -> None:
    assert mailbox.read({}, ()) == mailbox.Mailbox()


def test_a_mailbox_is_read_with_its_usual_port() -> None:
    box = mailbox.read(GIVEN, HERE)
    assert (box.host, box.port, box.user, box.password) == ("post.example.org", 587, "carrel", "p@ss")
    assert (box.tls, box.ssl, box.sender) == (True, False, "carrel@example.org")
    assert mailbox.read({**GIVEN, "EMAIL_URL": "smtps://post"}, HERE).ssl


@pytest.mark.parametrize(
    "wrong",
    [
        {"EMAIL_URL": "http://canary@post"},
        {"EMAIL_URL": "smtp://canary@post:port"},
        {"EMAIL_URL": "smtp://canary@[post"},
        {"EMAIL_URL": "canary"},
        {"CARREL_MAIL": ""},
        {"CARREL_MAIL": "carrel"},
        {"CARREL_MAIL": "carrel@example.org\nBcc: x@example.org"},
    ],
)
def test_what_cannot_be_meant_stops_the_start_without_repeating_a_password(wrong: dict[str, str]) -> None:
    with pytest.raises(Wrong) as told:
        mailbox.read({**GIVEN, **wrong}, HERE)
    assert "canary" not in str(told.value)


def test_letters_need_to_know_where_this_library_is() -> None:
    with pytest.raises(Wrong, match="CARREL_URL"):
        mailbox.read(GIVEN, ())


@pytest.mark.django_db
def test_without_a_mailbox_one_is_told_to_ask_a_keeper_and_nothing_is_queued() -> None:
    assert "Ask a keeper" in Client().get("/forgotten/").content.decode()
    Client().post("/forgotten/", {"name": "ada"})
    assert not DBTaskResult.objects.exists()


def test_a_letter_holds_a_link_that_sets_a_new_password(sends: None) -> None:
    ada = User.objects.create_user("Ada", password="x", email="ada@example.org")
    letters.send_password_link.call("ada")
    [letter] = mail.outbox
    assert letter.to == ["ada@example.org"]
    [link] = re.findall(r"https://books\.example\.org(/forgotten/\S+)", letter.body)
    new = "another cat altogether"
    Client().post(link, {"new_password1": new, "new_password2": new})
    ada.refresh_from_db()
    assert ada.check_password(new)


@pytest.mark.parametrize("name", ["nobody", "silent", "gone"])
def test_whoever_has_no_account_or_no_address_gets_none(sends: None, name: str) -> None:
    User.objects.create_user("silent", password="x")
    User.objects.create_user("gone", password="x", email="gone@example.org", is_active=False)
    letters.send_password_link.call(name)
    assert mail.outbox == []


def test_the_answer_is_the_same_for_every_name_and_the_work_too(sends: None) -> None:
    User.objects.create_user("ada", password="x", email="ada@example.org")
    told = [
        Client().post("/forgotten/", {"name": name}).content.decode().partition("</h1>")[2]
        for name in ("ada", "nobody")
    ]
    assert told[0] == told[1]
    assert "one is on its way" in told[0]
    assert DBTaskResult.objects.count() == 2
    assert mail.outbox == []


def test_nobody_is_flooded_with_letters(sends: None) -> None:
    said = [Client().post("/forgotten/", {"name": "ada"}, REMOTE_ADDR=f"10.0.0.{number}") for number in range(4)]
    assert [one.status_code for one in said] == [200] * 3 + [429]
    assert DBTaskResult.objects.count() == 3


def test_a_member_says_where_letters_go(sends: None) -> None:
    client = Client()
    client.force_login(User.objects.create_user("ada", password="x"))
    client.post("/account/", {"email": "ada@example.org"})
    assert User.objects.get().email == "ada@example.org"
    assert 'class="errors"' in client.post("/account/", {"email": "nowhere"}).content.decode()
