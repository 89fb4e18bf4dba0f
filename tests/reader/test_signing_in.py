"""Signing in may be tried a few times, then waits; and says nothing of who has an account."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.contrib.auth.hashers import MD5PasswordHasher, make_password
from django.test import Client
from django.utils import timezone

from reader import guessing
from reader import settings as house
from reader.models import Guessing, User

pytestmark = pytest.mark.django_db
PASSWORD = "the harbour cat is staying"


@pytest.fixture
def ada() -> User:
    return User.objects.create_user("Ada", password=PASSWORD)


def attempt(client: Client, name: str = "ada", password: str = "wrong", peer: str = "192.0.2.7", **more: str) -> int:
    """Try to sign in; the status of the answer."""
    given = {"username": name, "password": password}
    return client.post("/login/", given, REMOTE_ADDR=peer, **more).status_code


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> Callable[[timedelta], None]:
    """Let time pass for whoever counts guesses."""
    passed = [timedelta(0)]
    now = timezone.now

    def pass_time(more: timedelta) -> None:
        passed[0] += more

    monkeypatch.setattr(guessing.timezone, "now", lambda: now() + passed[0])
    return pass_time


@pytest.mark.parametrize("name", ["ada", "ADA", "Ａda", "Áda", "аda"])
def test_a_name_is_the_same_in_any_case_and_form(ada: User, name: str) -> None:
    assert attempt(Client(), name, PASSWORD) == 302


def test_six_wrong_guesses_are_too_many_and_the_right_password_waits_too(ada: User) -> None:
    assert [attempt(Client()) for _ in range(6)] == [200] * 5 + [429]
    assert attempt(Client(), password=PASSWORD) == 429


@pytest.mark.parametrize("spelling", ["ada", "ADA", " ada", "Ａda"])
def test_another_spelling_of_the_name_is_counted_with_the_first(ada: User, spelling: str) -> None:
    for _ in range(5):
        attempt(Client())
    assert attempt(Client(), spelling) == 429


def test_no_header_of_the_client_makes_it_another_peer(ada: User) -> None:
    said = [
        attempt(Client(), HTTP_X_FORWARDED_FOR=f"203.0.113.{number}", HTTP_X_REAL_IP="1.1.1.1") for number in range(6)
    ]
    assert said[-1] == 429


def test_of_ipv6_the_network_counts_since_addresses_in_it_are_free(ada: User) -> None:
    assert [attempt(Client(), peer=f"2001:db8::{number}") for number in range(6)][-1] == 429


def test_the_wait_doubles_and_ends(ada: User, later: Callable[[timedelta], None]) -> None:
    for _ in range(5):
        attempt(Client())
    later(timedelta(seconds=31))
    assert attempt(Client()) == 200
    later(timedelta(seconds=31))
    assert attempt(Client(), password=PASSWORD) == 429
    later(timedelta(seconds=31))
    assert attempt(Client(), password=PASSWORD) == 302


def test_trying_while_one_waits_prolongs_nothing(ada: User) -> None:
    for _ in range(5):
        attempt(Client())
    before = list(Guessing.objects.order_by("key").values_list("wrong", "until"))
    assert [attempt(Client()) for _ in range(3)] == [429] * 3
    assert list(Guessing.objects.order_by("key").values_list("wrong", "until")) == before


def test_whoever_guesses_from_many_addresses_meets_the_limit_of_the_name(ada: User) -> None:
    said = [attempt(Client(), peer=f"198.51.100.{number}") for number in range(51)]
    assert said == [200] * 50 + [429]


def test_whoever_guesses_many_names_from_one_address_meets_the_limit_of_the_address(ada: User) -> None:
    assert [attempt(Client(), name=f"somebody-{number}") for number in range(31)] == [200] * 30 + [429]


def test_a_stranger_who_guesses_all_day_keeps_nobody_out_of_a_device_of_theirs(ada: User) -> None:
    own = Client()
    assert attempt(own, password=PASSWORD) == 302
    own.post("/logout/")
    for number in range(60):
        attempt(Client(), peer=f"198.51.100.{number % 200}")
    for _ in range(6):
        attempt(Client())
    assert attempt(Client(), password=PASSWORD) == 429
    assert attempt(own, password=PASSWORD) == 302


def test_a_known_device_has_a_limit_too(ada: User) -> None:
    own = Client()
    attempt(own, password=PASSWORD)
    own.post("/logout/")
    assert [attempt(own) for _ in range(11)] == [200] * 10 + [429]


@pytest.mark.parametrize("cookie", ["", "x", "eyJkZXZpY2UiOiJ4IiwibmFtZXMiOlsiYWRhIl19:1:2", "{}"])
def test_a_forged_cookie_makes_no_known_device(ada: User, cookie: str) -> None:
    client = Client()
    client.cookies["carrel_known"] = cookie
    assert [attempt(client) for _ in range(6)][-1] == 429


def test_the_cookie_of_one_member_is_nothing_for_another(ada: User) -> None:
    User.objects.create_user("tom", password=PASSWORD)
    client = Client()
    attempt(client, name="tom", password=PASSWORD)
    client.post("/logout/")
    assert [attempt(client) for _ in range(6)][-1] == 429


def test_whether_a_name_exists_is_seen_neither_in_words_nor_in_status_nor_in_limits(ada: User) -> None:
    User.objects.create_user("gone", password=PASSWORD, is_active=False)
    told = []
    for name in ("ada", "nobody", "gone"):
        client, pages = Client(), []
        for _ in range(7):
            response = client.post(
                "/login/", {"username": name, "password": "wrong"}, REMOTE_ADDR=f"10.0.0.{len(told)}"
            )
            page = response.content.decode().replace(name, "NAME")
            pages.append((response.status_code, page.partition("</h1>")[2], response.get("Retry-After") is not None))
        told.append(pages)
    assert told[0] == told[1] == told[2]


@pytest.mark.parametrize("name", ["ada", "nobody", "gone"])
def test_as_many_passwords_are_hashed_for_a_name_that_exists_as_for_one_that_does_not(
    ada: User, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    User.objects.create_user("gone", password=PASSWORD, is_active=False)

    hashed, encode = [], MD5PasswordHasher.encode
    monkeypatch.setattr(MD5PasswordHasher, "encode", lambda *given: hashed.append(1) or encode(*given))
    attempt(Client(), name)
    assert len(hashed) == 1


def test_the_keepers_door_counts_with_the_same_count(ada: User) -> None:
    for _ in range(5):
        attempt(Client())
    User.objects.filter(pk=ada.pk).update(is_staff=True)
    given = {"username": "ada", "password": PASSWORD}
    client = Client()
    client.post("/admin/login/", given, REMOTE_ADDR="192.0.2.7")
    assert "_auth_user_id" not in client.session


def test_neither_names_nor_addresses_are_kept(ada: User) -> None:
    attempt(Client(), name="nobody")
    kept = str(list(Guessing.objects.values()))
    assert "nobody" not in kept
    assert "192.0.2.7" not in kept


def test_old_hashes_are_made_anew_and_the_first_hasher_is_scrypt(settings: object) -> None:

    settings.PASSWORD_HASHERS = house.PASSWORD_HASHERS

    user = User.objects.create_user("tom", password="x")
    User.objects.filter(pk=user.pk).update(password=make_password(PASSWORD, hasher="pbkdf2_sha256"))
    assert attempt(Client(), "tom", PASSWORD) == 302
    user.refresh_from_db()
    assert user.password.startswith("scrypt$")
