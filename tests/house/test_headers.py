"""What every response says, admin's included: no foreign sources, no framing, no guessing, no referrer elsewhere."""

import logging
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.http import HttpRequest
from django.test import Client
from django.urls import ResolverMatch

from reader.logs import WithoutAddress
from tests.cast import enter
from tests.house.tree import ROOT

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


def answered(address: str) -> Any:
    """The response, its file closed if it has one."""
    response = Client().get(address)
    response.close()
    return response


@pytest.mark.parametrize(
    "address", ["/", "/admin/login/", "/nowhere/", "/healthz", "/robots.txt", "/static/css/carrel.css"]
)
def test_every_response_keeps_search_engines_and_the_powers_of_browsers_out(address: str) -> None:
    response = answered(address)
    assert "noindex" in response.headers["X-Robots-Tag"]
    assert "camera=()" in response.headers["Permissions-Policy"]
    assert response.headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "Strict-Transport-Security" not in response.headers


def test_where_the_address_is_https_browsers_are_told_to_stay_with_it(settings: Any) -> None:
    settings.HTTPS, settings.SECURE_HSTS_SECONDS = True, 31536000
    for address in ("/", "/nowhere/", "/static/css/carrel.css"):
        assert answered(address).headers["Strict-Transport-Security"] == "max-age=31536000"


def test_the_label_for_adult_works_stands_where_they_are_served_and_nowhere_else() -> None:
    label = "RTA-5042-1996-1400-1577-RTA"
    for role, served in (("stranger", False), ("teen", False), ("adult", False), ("agreed", True), ("keeper", False)):
        client = enter(role)
        for address in ("/", "/works/1/"):
            assert (client.get(address).headers.get("Rating") == label) == served, (role, address)
        assert "Rating" not in client.get("/robots.txt").headers


def _settings(tmp_path: Path, *command: str, **environment: str) -> str:
    """What a command says in a house of its own."""
    done = subprocess.run(
        [sys.executable, "manage.py", *command],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], "CARREL_DATA": str(tmp_path), **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout + done.stderr


def test_the_deployment_check_has_nothing_to_say_where_the_address_is_https(tmp_path: Path) -> None:
    said = _settings(tmp_path, "check", "--deploy", "--fail-level", "WARNING", CARREL_URL="https://books.example.org")
    assert "no issues" in said


@pytest.mark.parametrize(
    ("address", "secure"), [("https://books.example.org", True), ("http://books.example.org", False), ("", False)]
)
def test_cookies_belong_to_this_host_and_to_https_where_the_address_is_https(
    address: str, secure: bool, tmp_path: Path
) -> None:
    names = ("SESSION_COOKIE_NAME", "CSRF_COOKIE_NAME", "SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE")
    asked = f"from django.conf import settings; print([getattr(settings, name) for name in {names}])"
    before = "__Host-" if secure else ""
    said = _settings(tmp_path, "shell", "--verbosity", "0", "-c", asked, CARREL_URL=address)
    assert said.strip() == str([f"{before}carrel_session", f"{before}carrel_csrf", secure, secure])
