"""What a provider, or somebody who would like to be one, says without proving it signs nobody in and breaks nothing."""

import io
import logging
import time
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs, urlsplit

import jwt
import pytest
from django.core.cache import cache
from django.test import Client

from reader.models import Identity, User
from tests.elsewhere.conftest import BACK, OUT, come, way_out
from tests.elsewhere.provider import SECRET, Provider, new_key

pytestmark = pytest.mark.django_db
Tamper = Callable[[Provider, dict[str, Any]], str]
FORGED = new_key()

TOKENS: dict[str, Tamper] = {
    "not signed": lambda provider, claims: jwt.encode(claims, None, "none", headers={"kid": "one"}),
    "signed by another key": lambda provider, claims: jwt.encode(claims, FORGED, "RS256", headers={"kid": "one"}),
    "signed by a key nobody has": lambda provider, claims: jwt.encode(claims, FORGED, "RS256", headers={"kid": "two"}),
    "signed with what both know": lambda provider, claims: jwt.encode(
        claims, SECRET.ljust(64, "."), "HS256", headers={"kid": "one"}
    ),
    "of another issuer": lambda provider, claims: provider.signed({**claims, "iss": "https://evil.example"}),
    "for another library": lambda provider, claims: provider.signed({**claims, "aud": "another"}),
    "for several, ordered by another": lambda provider, claims: provider.signed(
        {**claims, "aud": ["carrel", "another"], "azp": "another"}
    ),
    "of yesterday": lambda provider, claims: provider.signed({**claims, "exp": int(time.time()) - 3600}),
    "for ever": lambda provider, claims: provider.signed(
        {name: value for name, value in claims.items() if name != "exp"}
    ),
    "for another question": lambda provider, claims: provider.signed({**claims, "nonce": "another"}),
    "for no question": lambda provider, claims: provider.signed(
        {name: value for name, value in claims.items() if name != "nonce"}
    ),
    "of nobody": lambda provider, claims: provider.signed({**claims, "sub": ""}),
    "of a number": lambda provider, claims: provider.signed({**claims, "sub": 17}),
    "of nothing": lambda provider, claims: "",
    "of noise": lambda provider, claims: "a.b.c",
}


def nobody_came(client: Client, answer: Any, status: int) -> None:
    assert answer.status_code == status
    assert "You were not signed in" in answer.content.decode()
    assert "no-store" in answer["Cache-Control"]
    assert client.get("/account/").status_code == 302
    assert not User.objects.exists()


@pytest.mark.parametrize("kind", TOKENS)
def test_a_token_that_proves_nothing_signs_nobody_in(provider: Provider, kind: str) -> None:
    provider.sign = lambda claims: TOKENS[kind](provider, claims)
    client = Client()
    nobody_came(client, come(client, provider), 503)
    assert "/token" in provider.asked


def test_what_is_told_apart_must_be_of_the_same_person(provider: Provider) -> None:
    provider.told = {"sub": "18", "groups": ["readers", "keepers"]}
    client = Client()
    nobody_came(client, client.get(provider.lets_in(way_out(client), "17")), 503)


@pytest.mark.parametrize("way", ["/token", "/jwks", "/userinfo"])
@pytest.mark.parametrize("said", [(500, b""), (200, b"<html>"), (200, b"[]"), (200, b"{}"), (200, b"null")])
def test_a_provider_that_breaks_in_the_middle_breaks_nothing_here(
    provider: Provider, way: str, said: tuple[int, bytes]
) -> None:
    provider.broken[way] = said
    client = Client()
    nobody_came(client, client.get(provider.lets_in(way_out(client), "17")), 503)
    assert way in provider.asked


@pytest.mark.parametrize(
    "described",
    [
        {"issuer": "https://evil.example"},
        {"token_endpoint": "ftp://127.0.0.1/token"},
        {"authorization_endpoint": "javascript:alert(1)"},
        {"jwks_uri": None},
        {"authorization_endpoint": 7},
    ],
)
def test_a_description_that_is_not_the_providers_own_is_not_followed(
    provider: Provider, described: dict[str, Any]
) -> None:
    provider.described = described
    client = Client()
    nobody_came(client, client.post(OUT), 503)
    assert provider.asked == ["/.well-known/openid-configuration"]


def test_a_provider_that_is_down_is_said_to_be(set_up: Callable[..., None]) -> None:
    set_up(issuer="http://127.0.0.1:9")
    client = Client()
    answer = client.post(OUT)
    nobody_came(client, answer, 503)
    assert "Tidewater" in answer.content.decode()


def test_a_provider_that_goes_down_meanwhile_is_said_to_be(provider: Provider) -> None:
    client = Client()
    address = provider.lets_in(way_out(client), "17", groups=["readers"])
    cache.clear()
    provider.broken["/.well-known/openid-configuration"] = (502, b"")
    nobody_came(client, client.get(address), 503)


def test_the_way_back_is_good_once_and_in_the_browser_that_asked(provider: Provider) -> None:
    mine, other = Client(), Client()
    address = provider.lets_in(way_out(mine), "17", groups=["readers"])
    way_out(other)
    nobody_came(other, other.get(address), 400)
    assert mine.get(address).status_code == 302
    mine.post("/logout/")
    again = mine.get(address)
    assert again.status_code == 400
    assert mine.get("/account/").status_code == 302
    assert provider.asked.count("/token") == 1


def test_the_way_back_ends_after_ten_minutes(provider: Provider, monkeypatch: pytest.MonkeyPatch) -> None:
    client = Client()
    address = provider.lets_in(way_out(client), "17", groups=["readers"])
    now = time.time()
    monkeypatch.setattr("allauth.socialaccount.internal.statekit.time.time", lambda: now + 601)
    nobody_came(client, client.get(address), 400)


@pytest.mark.parametrize(
    "query", ["", "?code=x", "?state=x&code=x", "?error=access_denied", "?state=&code=", "?code=\0"]
)
def test_coming_back_from_nowhere_leads_nowhere(provider: Provider, query: str) -> None:
    client = Client()
    nobody_came(client, client.get(BACK + query), 400)
    assert provider.asked == []


@pytest.mark.parametrize(("error", "status"), [("access_denied", 400), ("server_error", 503)])
def test_whoever_turns_back_at_the_provider_is_told_that_nothing_changed(
    provider: Provider, error: str, status: int
) -> None:
    client = Client()
    [state] = parse_qs(urlsplit(way_out(client)).query)["state"]
    nobody_came(client, client.get(BACK, {"error": error, "state": state, "error_description": "<b>canary"}), status)


def test_a_code_that_was_given_for_another_question_is_worth_nothing(provider: Provider) -> None:
    mine, other = Client(), Client()
    [state] = parse_qs(urlsplit(way_out(mine)).query)["state"]
    stolen = provider.lets_in(way_out(other), "17", groups=["readers"]).partition("&state=")[0]
    nobody_came(mine, mine.get(f"{stolen}&state={state}"), 503)


def test_what_a_form_adds_reaches_no_provider(provider: Provider) -> None:
    client = Client()
    page = client.post(f"{OUT}?scope=admin&auth_params=prompt%3Dnone&process=connect", {"scope": "admin"})
    question = parse_qs(urlsplit(page.context["address"]).query)
    assert set(question["scope"][0].split()) == {"openid", "profile"}
    assert "prompt" not in question


def test_asking_too_often_waits(provider: Provider) -> None:
    client = Client()
    assert [client.post(OUT).status_code for _ in range(31)] == [200] * 30 + [429]
    assert provider.asked == ["/.well-known/openid-configuration"]


def test_no_log_names_anybody_or_holds_what_was_said(provider: Provider) -> None:
    [console] = [one for one in logging.getLogger().handlers if one.get_name() == "console"]
    written = io.StringIO()
    before = console.setStream(written)
    try:
        for way in ("/token", "/jwks"):
            provider.broken = {way: (400, b'{"error": "canary"}')}
            client = Client()
            address = provider.lets_in(way_out(client), "canary", preferred_username="canary")
            client.get(address)
            client.get(f"{BACK}?code=canary&state=canary")
    finally:
        console.setStream(before)
    told = written.getvalue()
    assert "the provider's" in told
    assert [word for word in ("canary", SECRET, "opensesame", address, provider.issuer) if word in told] == []
    assert not Identity.objects.exists()
