"""What every response says, admin's included: no foreign sources, no framing, no guessing, no referrer elsewhere."""

import logging
import re

import pytest
from django.http import HttpRequest
from django.test import Client
from django.urls import ResolverMatch

from reader.logs import WithoutAddress

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("address", ["/", "/admin/login/", "/nowhere/"])
def test_every_response_carries_the_policy(address: str) -> None:
    response = Client().get(address)
    policy = response.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert not re.search(r"unsafe|https?:|data:|\*", policy)
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Referrer-Policy"] == "same-origin"
    assert response.headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert not [name for name in response.headers if name.lower().startswith("access-control-")]


@pytest.mark.parametrize("address", ["/", "/admin/login/"])
def test_pages_refuse_to_be_framed(address: str) -> None:
    assert Client().get(address).headers["X-Frame-Options"] == "DENY"


def test_an_unknown_host_is_told_what_to_do() -> None:
    response = Client(headers={"host": "elsewhere.example"}).get("/")
    assert response.status_code == 400
    assert response.content == b"Opened as elsewhere.example; add it to CARREL_URL.\n"


def test_cookies_are_closed_to_scripts_and_other_sites() -> None:
    response = Client().get("/admin/login/")
    assert response.cookies
    assert {cookie["samesite"] for cookie in response.cookies.values()} == {"Lax"}


def test_logs_name_the_route_and_never_the_address() -> None:
    request = HttpRequest()
    request.path = "/works/4711/"
    request.resolver_match = ResolverMatch(lambda: None, (), {}, route="works/<int:number>/")
    record = logging.LogRecord(
        "django.request", logging.ERROR, "", 0, "Internal Server Error: %s", (request.path,), None
    )
    record.request = request
    assert WithoutAddress().filter(record)
    assert record.getMessage() == "Internal Server Error: /works/<int:number>/"


def test_logs_keep_the_words_of_other_records() -> None:
    record = logging.LogRecord("archive.worker", logging.WARNING, "", 0, "a chore failed: %s", ("sweep",), None)
    assert WithoutAddress().filter(record)
    assert record.getMessage() == "a chore failed: sweep"
