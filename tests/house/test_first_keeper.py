"""The first keeper is made by a link or by the environment; nobody becomes keeper by coming first."""

import stat
import threading
import time
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from archive.models import SitePolicy
from reader import first_keeper
from reader.environment import Wrong
from reader.first_keeper import Spent
from reader.models import User

GOOD = "correct horse battery"


def token_of(link: str) -> str:
    return link.rstrip("/").rpartition("/")[2]


@pytest.fixture
def token(db: None) -> str:
    return token_of(first_keeper.open_link("http://127.0.0.1:8000"))


def test_the_link_makes_one_keeper_and_is_spent(token: str) -> None:
    assert first_keeper.valid(token)
    keeper = first_keeper.redeem(token, "wren", GOOD)
    assert keeper.is_staff
    assert keeper.is_superuser
    assert User.objects.get().check_password(GOOD)
    assert not first_keeper.valid(token)
    with pytest.raises(Spent):
        first_keeper.redeem(token, "rook", GOOD)


def test_a_newer_link_ends_an_older_one(token: str) -> None:
    newer = token_of(first_keeper.open_link("http://127.0.0.1:8000"))
    assert not first_keeper.valid(token)
    assert first_keeper.valid(newer)


def test_a_link_is_good_for_half_an_hour(token: str, monkeypatch: pytest.MonkeyPatch) -> None:
    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now + 29 * 60)
    assert first_keeper.valid(token)
    monkeypatch.setattr(time, "time", lambda: now + 31 * 60)
    assert not first_keeper.valid(token)


@pytest.mark.parametrize("guess", ["", "x", "é", "\udcff"])
def test_a_guess_is_no_link(token: str, guess: str) -> None:
    assert not first_keeper.valid(guess)


def test_a_link_is_worth_nothing_once_somebody_keeps_the_library(token: str) -> None:
    User.objects.create_superuser("wren", password=GOOD)
    assert not first_keeper.valid(token)


@pytest.mark.parametrize(("name", "password"), [("", GOOD), ("two words", GOOD), ("wren", "password"), ("wren", "x")])
def test_a_bad_name_or_password_leaves_the_link_good(token: str, name: str, password: str) -> None:
    with pytest.raises(ValidationError):
        first_keeper.redeem(token, name, password)
    assert first_keeper.valid(token)
    assert not User.objects.exists()


def test_the_token_is_not_kept_only_its_digest_is(token: str, data: Path) -> None:
    slip = data / "first-keeper"
    assert token not in slip.read_text()
    assert stat.S_IMODE(slip.stat().st_mode) == 0o600


@pytest.mark.django_db(transaction=True)
def test_two_who_redeem_at_once_make_one_keeper() -> None:
    token = token_of(first_keeper.open_link("http://127.0.0.1:8000"))
    start, outcomes = threading.Barrier(4), []

    def try_it(name: str) -> None:
        start.wait()
        try:
            outcomes.append(first_keeper.redeem(token, name, GOOD).username)
        except Spent:
            outcomes.append("")
        finally:
            connection.close()

    threads = [threading.Thread(target=try_it, args=(f"reader{number}",)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes)[:3] == ["", "", ""]
    assert User.objects.get().username == max(outcomes)


@pytest.mark.django_db
def test_the_environment_names_the_first_keeper_and_never_a_second() -> None:
    given = {"CARREL_KEEPER": "wren", "CARREL_KEEPER_PASSWORD": GOOD}
    assert first_keeper.from_environment(given) == User.objects.get(username="wren")
    assert first_keeper.from_environment({**given, "CARREL_KEEPER": "rook"}) is None
    assert User.objects.count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize(
    "given",
    [
        {"CARREL_KEEPER": "wren"},
        {"CARREL_KEEPER_PASSWORD": GOOD},
        {"CARREL_KEEPER": "wren", "CARREL_KEEPER_PASSWORD": "password"},
    ],
)
def test_half_a_keeper_or_a_weak_password_stops_the_start(given: dict[str, str]) -> None:
    with pytest.raises(Wrong, match="CARREL_KEEPER"):
        first_keeper.from_environment(given)


@pytest.mark.django_db
@pytest.mark.parametrize("word", ["just-me", " Household ", "anyone"])
def test_the_environment_chooses_a_preset_with_the_first_keeper_and_never_later(word: str) -> None:
    given = {"CARREL_KEEPER": "wren", "CARREL_KEEPER_PASSWORD": GOOD, "CARREL_PRESET": word}
    keeper = first_keeper.from_environment(given)
    assert keeper is not None
    assert SitePolicy.in_force().preset == word.strip().lower()
    assert keeper.adult_agreed is (word == "just-me")
    assert first_keeper.from_environment({**given, "CARREL_PRESET": "anyone"}) is None
    assert SitePolicy.in_force().preset == word.strip().lower()


@pytest.mark.django_db
def test_without_a_preset_the_policy_stays_as_it_is() -> None:
    SitePolicy.everything.update(preset="own", strangers_welcome=False)
    assert first_keeper.from_environment({"CARREL_KEEPER": "wren", "CARREL_KEEPER_PASSWORD": GOOD, "CARREL_PRESET": ""})
    assert not SitePolicy.in_force().strangers_welcome


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"CARREL_PRESET": "household"}, "CARREL_PRESET goes with CARREL_KEEPER"),
        ({"CARREL_KEEPER": "wren", "CARREL_KEEPER_PASSWORD": GOOD, "CARREL_PRESET": "own"}, "just-me, household or"),
        ({"CARREL_KEEPER": "wren", "CARREL_KEEPER_PASSWORD": GOOD, "CARREL_PRESET": "house"}, '"house"; say just-me'),
    ],
)
def test_a_preset_that_cannot_be_meant_stops_the_start_and_makes_nobody(given: dict[str, str], said: str) -> None:
    with pytest.raises(Wrong, match=said):
        first_keeper.from_environment(given)
    assert first_keeper.wanted()


@pytest.mark.django_db
def test_without_anything_set_nobody_becomes_keeper() -> None:
    assert first_keeper.from_environment({}) is None
    assert first_keeper.wanted()


@pytest.mark.django_db
def test_an_ordinary_member_is_no_keeper() -> None:
    User.objects.create_user("finch", password=GOOD)
    assert first_keeper.wanted()
