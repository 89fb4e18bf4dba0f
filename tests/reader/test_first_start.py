"""The first start: whoever holds the link says who they are and whom the library is for, and it is so at once."""

import pytest
from django.test import Client

from archive.catalogue import policy
from archive.models import AuditEntry, SitePolicy
from archive.policy import Preset
from archive.vocabulary import ArchiveWarning
from reader import first_keeper
from reader.models import User
from tests.shelving import shelve

pytestmark = pytest.mark.django_db
PASSWORD = "the harbour cat is staying"
NOTICE = "Nobody keeps this library yet. Each start of the server prints a link"


def welcome(preset: str, name: str = "wren") -> Client:
    """The browser of whoever has used the link."""
    client = Client()
    address = first_keeper.open_link("http://testserver").removeprefix("http://testserver")
    given = {"username": name, "password1": PASSWORD, "password2": PASSWORD, "preset": preset}
    assert client.post(address, given).status_code == 302
    return client


def test_until_there_is_a_keeper_pages_say_so_and_strangers_may_browse_behind_the_gates() -> None:
    work, adult = shelve(), shelve(title="Unlit", ratings=("Explicit",))
    stranger = Client()
    assert NOTICE in stranger.get("/").content.decode()
    assert stranger.get(f"/works/{work}/").status_code == 200
    assert "Unlit" not in stranger.get("/").content.decode()
    assert "gate" in stranger.get(f"/works/{adult}/").context
    assert policy().preset is Preset.ANYONE
    keeper = welcome("anyone")
    assert NOTICE not in keeper.get("/").content.decode()


def test_just_me_lets_nobody_else_in_and_asks_its_keeper_nothing_about_adult_works() -> None:
    work = shelve(title="Unlit", ratings=("Explicit",))
    keeper = welcome("just-me")
    assert "Unlit" in keeper.get("/").content.decode()
    assert keeper.get(f"/works/{work}/").status_code == 200
    assert Client().get("/").status_code == 302
    assert Client().get(f"/works/{work}/").status_code == 404
    assert policy().signed_in_days == 365


def test_a_household_lets_members_in_each_with_their_own_ceiling_and_nobody_else() -> None:
    work = shelve(title="Unlit", ratings=("Explicit",))
    keeper = welcome("household")
    assert "Unlit" not in keeper.get("/").content.decode()
    assert Client().get("/").status_code == 302
    assert Client().get(f"/works/{work}/").status_code == 404
    assert policy().member_ceiling.label == "Explicit"
    assert not policy().registration


def test_anyone_lets_strangers_browse_and_asks_them_first() -> None:
    work = shelve(title="Unlit", ratings=("Explicit",))
    welcome("anyone")
    assert "gate" in Client().get(f"/works/{work}/").context


@pytest.mark.parametrize("preset", ["just-me", "household", "anyone"])
def test_underage_sex_is_held_whichever_is_chosen(preset: str) -> None:
    SitePolicy.everything.update(hold_warnings=0)
    welcome(preset)
    assert policy().hold_warnings == ArchiveWarning.UNDERAGE
    work = shelve(warnings=("Underage Sex",))
    assert Client().get(f"/works/{work}/").status_code == 404


def test_a_policy_that_is_missing_is_made_by_choosing_one() -> None:
    SitePolicy.everything.all().delete()
    welcome("anyone")
    assert policy().strangers_welcome


@pytest.mark.parametrize("preset", ["", "own", "everybody", None])
def test_nothing_else_can_be_chosen_and_no_choice_makes_no_keeper(preset: str | None) -> None:
    address = first_keeper.open_link("http://testserver").removeprefix("http://testserver")
    given = {"username": "wren", "password1": PASSWORD, "password2": PASSWORD, "preset": preset}
    page = Client().post(address, {name: value for name, value in given.items() if value is not None})
    assert page.status_code == 200
    assert not User.objects.exists()
    assert first_keeper.wanted()


def test_what_was_chosen_is_noted() -> None:
    welcome("household")
    deeds = list(AuditEntry.everything.order_by("pk").values_list("who", "what"))
    assert deeds == [("wren", "became the first keeper"), ("wren", "changed the policy")]


def test_the_page_asks_for_three_things_and_its_choices_have_a_name() -> None:
    address = first_keeper.open_link("http://testserver").removeprefix("http://testserver")
    page = Client().get(address).content.decode()
    assert "<legend>Who is this library for?</legend>" in page
    assert page.count('type="radio"') == 3
    assert "Underage" not in page
    assert "underage sex are held for you in any case" in page
