"""An agreement is given here, by whoever is asked, in a POST of their own, and is worth nothing anywhere else."""

import re
from collections.abc import Callable

import pytest
from django.core import signing
from django.test import Client

from reader.agreement import ADULT, SEEN, WORKS
from reader.models import User
from tests.shelving import shelve

pytestmark = pytest.mark.django_db

TEXT = "Ada counted them twice"
PASSWORD = "the harbour cat is staying"
COOKIE = "carrel_session"
PREFETCH = {"purpose": "prefetch", "sec-purpose": "prefetch;prerender", "x-moz": "prefetch"}


@pytest.fixture
def work() -> int:
    """An adult work that warns of something too: both gates stand before it."""
    return shelve(title="Unlit", ratings=("Explicit",), warnings=("Major Character Death",))


def opened(client: Client, work: int) -> bool:
    """Whether anything behind its gate is told, at the work or on the shelf."""
    pages = [client.get(f"/works/{work}/"), client.get(f"/works/{work}/all/"), client.get("/")]
    return TEXT in pages[0].content.decode() + pages[1].content.decode() or "Unlit" in pages[2].content.decode()


def agree(client: Client, work: int) -> None:
    """Answer the gate as its form does."""
    stakes = client.get(f"/works/{work}/").context["gate"].stakes
    assert client.post(f"/works/{work}/agree/", {"stakes": stakes}).status_code == 302
    assert opened(client, work)


def with_cookies(**cookies: str) -> Client:
    client = Client()
    for name, value in cookies.items():
        client.cookies[name] = value
    return client


def test_an_agreement_cannot_be_forged(work: int) -> None:
    said = {ADULT: True, WORKS: {str(work): "x"}, SEEN: 10**10}
    signed = signing.dumps(said, key="another key", salt="django.contrib.sessions.backends.signed_cookies")
    for client in (
        with_cookies(**dict.fromkeys((ADULT, "agreed_adult", "view_adult", "ageconsent", "adult"), "true")),
        with_cookies(**{COOKIE: signed}),
        with_cookies(**{COOKIE: "a" * 32}),
        Client(
            headers={"x-agreed-adult": "true", "rating": "RTA-5042-1996-1400-1577-RTA", "authorization": "Bearer x"}
        ),
    ):
        assert not opened(client, work)


def test_an_agreement_for_other_stakes_or_another_work_opens_nothing(work: int) -> None:
    other = shelve(title="Other", source="test", source_id="2", warnings=("Major Character Death",))
    client = Client()
    stakes = client.get(f"/works/{other}/").context["gate"].stakes
    for given in (stakes, "", "x", "0" * 16):
        client.post(f"/works/{work}/agree/", {"stakes": given})
        assert TEXT not in client.get(f"/works/{work}/").content.decode()


def test_an_agreement_cannot_be_fixed_beforehand(work: int) -> None:
    """Whoever plants a session in the browser of somebody else has nothing of what they agree to in it."""
    planter = Client()
    session = planter.session
    session["planted"] = True
    session.save()
    reader = with_cookies(**{COOKIE: session.session_key})
    agree(reader, work)
    assert not opened(with_cookies(**{COOKIE: session.session_key}), work)


def test_an_agreement_cannot_be_linked_to_or_fetched_ahead(work: int) -> None:
    client = Client()
    stakes = client.get(f"/works/{work}/").context["gate"].stakes
    said = {
        "answer": "agree",
        "agree": "1",
        "stakes": stakes,
        "view_adult": "true",
        "ageconsent": "ok",
        "_method": "POST",
    }
    asks: tuple[Callable[..., object], ...] = (client.get, client.head, client.options)
    for address in ("/agreement/", f"/works/{work}/agree/", f"/works/{work}/", "/"):
        for ask in asks:
            ask(address, {**said, "_method": "POST"})
            ask(address, said, headers={**PREFETCH, "x-http-method-override": "POST"})
        client.post(f"{address}?answer=agree&stakes={stakes}")
    assert client.session.get(ADULT) is None
    assert not opened(client, work)


def test_an_agreement_from_another_house_does_nothing(work: int) -> None:
    """A form elsewhere has no token, and the token of another browser is not this one's."""
    stakes = Client().get(f"/works/{work}/").context["gate"].stakes
    elsewhere = Client().get("/agreement/").content.decode()
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]*)"', elsewhere)
    assert token
    strict = Client(enforce_csrf_checks=True)
    strict.get("/agreement/")
    for given in ({}, {"csrfmiddlewaretoken": token[1]}, {"csrfmiddlewaretoken": "x" * 64}):
        for address, answer in (("/agreement/", {"answer": "agree"}), (f"/works/{work}/agree/", {"stakes": stakes})):
            assert strict.post(address, {**answer, **given}).status_code == 403
    assert not opened(strict, work)


@pytest.mark.parametrize("leave", ["/logout/", "/account/devices/"], ids=["here", "everywhere"])
def test_a_session_that_was_kept_is_worth_nothing_after_signing_out(work: int, leave: str) -> None:
    User.objects.create_user("ada", password=PASSWORD)
    client = Client()
    client.post("/login/", {"username": "ada", "password": PASSWORD})
    agree(client, work)
    kept = {name: cookie.value for name, cookie in client.cookies.items()}
    assert opened(with_cookies(**kept), work)
    assert client.post(leave).status_code == 302
    assert not opened(with_cookies(**kept), work)
    assert with_cookies(**kept).get("/account/").status_code == 302


def test_going_back_after_signing_out_asks_again(work: int) -> None:
    """No browser and no cache between has kept a page that was behind a gate, nor the gate, nor the desk: there is
    nothing to go back to, and nothing that an If-None-Match could bring to life again."""
    User.objects.create_user("ada", password=PASSWORD)
    client = Client()
    client.post("/login/", {"username": "ada", "password": PASSWORD})
    rooms = [f"/works/{work}/", "/account/", "/account/devices/", "/account/kept/", "/settings/rules/"]
    asked = [client.get(room) for room in rooms]
    agree(client, work)
    rooms = [f"/works/{work}/", f"/works/{work}/all/", f"/works/{work}/history/", "/"]
    for response in (*asked, *(client.get(room) for room in rooms)):
        assert "no-store" in response["Cache-Control"]
        assert "Cookie" in response["Vary"]
        assert "ETag" not in response
        assert "Last-Modified" not in response
    client.post("/logout/")
    for room in rooms:
        for headers in ({"if-none-match": "*"}, {"if-modified-since": "Fri, 01 Jan 2100 00:00:00 GMT"}):
            page = client.get(room, headers=headers)
            assert page.status_code == 200
            assert TEXT not in page.content.decode()


def test_no_other_house_is_let_read_an_answer(work: int) -> None:
    client = Client(headers={"origin": "https://evil.example", "sec-fetch-site": "cross-site"})
    for address in ("/", f"/works/{work}/", "/suggest/?q=u", "/addresses.txt", "/account/kept.json", "/healthz"):
        for response in (client.get(address), client.options(address)):
            assert [name for name in response.headers if name.lower().startswith("access-control")] == []
