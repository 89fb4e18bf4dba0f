"""What was agreed to is forgotten after twelve idle hours; what members may not keep is not kept."""

import time

import pytest
from django.test import Client

from archive.models import SitePolicy
from reader.models import User
from tests.cast import enter
from tests.shelving import shelve

HOUR = 3600


@pytest.fixture
def work(db: None) -> int:
    return shelve(title="Unlit", ratings=("Explicit",), warnings=("Major Character Death",))


def later(monkeypatch: pytest.MonkeyPatch, hours: float) -> None:
    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now + hours * HOUR)


def agrees(client: Client, work: int) -> None:
    stakes = client.get(f"/works/{work}/").context["gate"].stakes
    client.post(f"/works/{work}/agree/", {"stakes": stakes, "unasked": "yes"})
    assert reads(client, work)


def reads(client: Client, work: int) -> bool:
    return "gate" not in (client.get(f"/works/{work}/").context or {})


@pytest.mark.parametrize("role", ["stranger", "adult"])
def test_twelve_idle_hours_end_it(role: str, work: int, monkeypatch: pytest.MonkeyPatch) -> None:
    client = enter(role)
    agrees(client, work)
    later(monkeypatch, 12.1)
    assert not reads(client, work)
    assert "Unlit" not in client.get("/").content.decode()


def test_reading_on_keeps_it(work: int, monkeypatch: pytest.MonkeyPatch) -> None:
    client = enter("stranger")
    agrees(client, work)
    for _ in range(3):
        later(monkeypatch, 7)
        assert reads(client, work)


@pytest.mark.parametrize("headers", [{"sec-purpose": "prefetch;prerender"}, {"purpose": "prefetch"}])
def test_a_page_that_is_fetched_ahead_is_no_visit(
    headers: dict[str, str], work: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = enter("stranger")
    agrees(client, work)
    later(monkeypatch, 7)
    client.get("/", headers=headers)
    client.head("/")
    later(monkeypatch, 7)
    assert not reads(client, work)


def test_what_is_forgotten_does_not_come_back_by_agreeing_to_something_else(
    work: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = enter("stranger")
    agrees(client, work)
    later(monkeypatch, 13)
    other = shelve(title="Other", authors=("saltmarsh",), warnings=("Rape/Non-Con",))
    stakes = client.get(f"/works/{other}/").context["gate"].stakes
    client.post(f"/works/{other}/agree/", {"stakes": stakes})
    assert reads(client, other)
    assert not reads(client, work)


def test_what_is_kept_on_the_account_does_not_end(work: int, monkeypatch: pytest.MonkeyPatch) -> None:
    client = enter("agreed")
    later(monkeypatch, 100)
    assert "Unlit" in client.get("/").content.decode()


def test_where_the_policy_says_so_nothing_is_kept_on_accounts_and_what_was_kept_does_not_count(work: int) -> None:
    SitePolicy.everything.update(may_remember=False)
    before = enter("agreed")
    assert "Unlit" not in before.get("/").content.decode()
    adult = enter("adult")
    assert "Remember on my account" not in adult.get(f"/works/{work}/").content.decode()
    assert "Remember on my account" not in adult.get("/agreement/").content.decode()
    adult.post("/agreement/", {"answer": "agree", "remember": "yes"})
    assert "again this session" in adult.get(f"/works/{work}/").content.decode()
    agrees(adult, work)
    kept = User.objects.get(username="adult")
    assert (kept.adult_agreed, kept.unasked_warnings) == (False, 0)
    assert "Unlit" in adult.get("/").content.decode()
    assert "You are not asked about: Major Character Death" in adult.get("/agreement/").content.decode()


def test_the_keepers_own_words_stand_on_the_gate_as_text(work: int) -> None:
    SitePolicy.everything.update(gate_words="Ask <b>Wren</b> first.\n\nThank you.")
    for address in (f"/works/{work}/", "/agreement/"):
        page = Client().get(address).content.decode()
        assert "<p>Ask &lt;b&gt;Wren&lt;/b&gt; first.</p>" in page
        assert "<p>Thank you.</p>" in page
