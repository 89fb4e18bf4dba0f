"""Rules that are made stricter hold from the next request on, whatever a reader was shown a moment ago."""

import re
from datetime import date

import pytest
from django.test import Client

from archive import keeping, reading, wrangling
from archive.models import SitePolicy, Tag
from archive.vocabulary import ArchiveWarning, Rating
from reader.models import User
from tests.cast import CAST, enter
from tests.shelving import shelve

pytestmark = pytest.mark.django_db

TEXT = "The lamp was lit"
SOURCE = {"source": "archiveofourown.org", "source_id": "2000190", "body": f"<p>{TEXT}.</p>"}
NEWER = {"updated": date(2024, 1, 1), "body": f"<p>{TEXT}.</p><p>And again.</p>"}


def page(client: Client, address: str) -> str:
    return client.get(address).content.decode()


def reads(client: Client, work: int) -> bool:
    return any(TEXT in page(client, f"/works/{work}/{tail}") for tail in ("", "all/", "chapters/1/"))


def agree(client: Client, work: int) -> None:
    """Answer the gate that stands there as its form would."""
    [stakes] = re.findall(r'name="stakes" value="(\w+)"', page(client, f"/works/{work}/"))
    client.post(f"/works/{work}/agree/", {"stakes": stakes})


@pytest.mark.parametrize("role", CAST)
@pytest.mark.parametrize("rating", ["Mature", "Explicit", "Not Rated", "Tweenie"])
def test_a_rating_that_rises_with_an_update_closes_the_work_in_the_middle_of_reading(role: str, rating: str) -> None:
    work = shelve(**SOURCE)
    client = enter(role)
    assert reads(client, work)
    assert shelve(**{**SOURCE, **NEWER}, ratings=(rating,)) == work
    assert reads(client, work) == (role == "agreed")
    assert client.get(f"/works/{work}/").status_code == (404 if role == "teen" else 200)
    assert ("Ledger" in page(client, "/")) == (role == "agreed")
    assert (">0<" in page(client, "/?q=ledger")) == (role != "agreed")


@pytest.mark.parametrize("role", CAST)
def test_an_update_between_the_verdict_and_the_text_is_seen(role: str, monkeypatch: pytest.MonkeyPatch) -> None:
    work = shelve(**SOURCE)
    client = enter(role)
    opened = reading.opened

    def late(*args: object, **kwargs: object) -> object:
        shelve(**{**SOURCE, **NEWER}, ratings=("Explicit",))
        return opened(*args, **kwargs)

    monkeypatch.setattr(reading, "opened", late)
    assert (TEXT in page(client, f"/works/{work}/")) == (role == "agreed")


@pytest.mark.parametrize("role", CAST)
def test_a_warning_that_comes_with_an_update_asks_again(role: str) -> None:
    work = shelve(**SOURCE, warnings=("Major Character Death",))
    client = enter(role)
    agree(client, work)
    assert reads(client, work)
    shelve(**{**SOURCE, **NEWER}, warnings=("Major Character Death", "Rape/Non-Con"))
    assert not reads(client, work)
    assert "Non-Con" in page(client, f"/works/{work}/")


@pytest.mark.parametrize("role", CAST)
def test_a_work_that_is_held_by_an_update_is_gone(role: str) -> None:
    work = shelve(**SOURCE)
    client = enter(role)
    assert reads(client, work)
    shelve(**{**SOURCE, **NEWER}, warnings=("Underage Sex",))
    assert client.get(f"/works/{work}/").status_code == 404
    assert ">0<" in page(client, "/")


@pytest.mark.parametrize("role", CAST)
@pytest.mark.parametrize("away", [lambda work: keeping.hold(work, "why"), keeping.bin], ids=["held", "binned"])
def test_a_work_that_a_keeper_takes_away_is_gone_at_once(role: str, away: object) -> None:
    work = shelve(**SOURCE)
    client = enter(role)
    assert reads(client, work)
    assert ">1<" in page(client, "/")
    away(work)
    assert client.get(f"/works/{work}/").status_code == 404
    assert ">0<" in page(client, "/")


@pytest.mark.parametrize("role", CAST)
def test_a_tag_that_comes_under_a_rule_after_an_agreement_is_asked_about(role: str) -> None:
    SitePolicy.everything.update(ask_tags=["Fear"])
    work = shelve(**SOURCE, warnings=("Major Character Death",), freeforms=("Tarantulas", "Spiders"))
    client = enter(role)
    agree(client, work)
    assert reads(client, work)
    SitePolicy.everything.update(ask_tags=["Fear", "Spiders"])
    assert not reads(client, work)
    agree(client, work)
    assert reads(client, work)
    wrangling.make_synonym(Tag.everything.get(key="tarantulas"), Tag.everything.get(key="spiders"))
    assert not reads(client, work)
    assert "Tarantulas" in page(client, f"/works/{work}/")


@pytest.mark.parametrize("role", ["adult", "agreed", "keeper"])
def test_a_ceiling_that_is_lowered_holds_in_sessions_that_were_there_before(role: str) -> None:
    work = shelve(**SOURCE, ratings=("Explicit",))
    client = enter(role)
    client.post("/agreement/", {"answer": "agree", "remember": "yes"})
    assert reads(client, work)
    User.objects.update(ceiling=Rating.TEEN)
    assert client.get(f"/works/{work}/").status_code == 404
    assert ">0<" in page(client, "/")
    client.post("/agreement/", {"answer": "agree"})
    client.post(f"/works/{work}/agree/", {"stakes": "x"})
    assert client.get(f"/works/{work}/").status_code == 404
    User.objects.update(ceiling=Rating.EXPLICIT)
    SitePolicy.everything.update(member_ceiling=Rating.MATURE)
    assert client.get(f"/works/{work}/").status_code == 404


@pytest.mark.parametrize("role", CAST)
def test_without_a_policy_strangers_see_nothing_and_members_what_is_general(role: str) -> None:
    general = shelve(title="One")
    teen = shelve(title="Two", ratings=("Teen And Up Audiences",))
    client = enter(role)
    assert ">2<" in page(client, "/")
    SitePolicy.everything.all().delete()
    found = [client.get(f"/works/{work}/").status_code for work in (general, teen)]
    assert found == ([404, 404] if role == "stranger" else [200, 404])
    assert client.get("/").status_code == (302 if role == "stranger" else 200)
    assert client.get("/authors/quillfeather/").status_code == (404 if role == "stranger" else 200)
    assert client.post("/agreement/", {"answer": "agree"}).status_code == 302
    assert client.get(f"/works/{teen}/").status_code == 404


def test_an_account_that_is_closed_leaves_a_stranger_who_is_not_welcome() -> None:
    SitePolicy.everything.update(strangers_welcome=False)
    work = shelve(**SOURCE)
    client = enter("agreed")
    assert reads(client, work)
    User.objects.update(is_active=False)
    assert client.get(f"/works/{work}/").status_code == 404
    assert client.get("/").status_code == 302


@pytest.mark.parametrize("role", CAST)
def test_a_work_that_is_asked_about_for_want_of_warnings_is_stored_nowhere_either(role: str) -> None:
    SitePolicy.everything.update(ask_warnings=ArchiveWarning.STATED | ArchiveWarning.UNKNOWN)
    work = shelve(**SOURCE, warnings=())
    client = enter(role)
    agree(client, work)
    assert reads(client, work)
    assert "no-store" in client.get(f"/works/{work}/")["Cache-Control"]
