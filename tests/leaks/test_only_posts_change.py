"""Looking changes nothing, and a change takes a POST with its token, made by whoever is signed in here."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import get_resolver

from reader.models import User
from tests.cast import CAST, enter
from tests.leaks.test_every_route import addresses
from tests.leaks.test_what_is_stored import filled
from tests.leaks.works import Marked, stock

pytestmark = pytest.mark.django_db
LOOKS = re.compile(r"SELECT|WITH|SAVEPOINT|RELEASE|DECLARE \S+ NO SCROLL CURSOR .*FOR SELECT")
"""What only looks, and how Postgres reads many rows one after the other."""

ANSWERS = {
    "answer": "agree", "remember": "yes", "unasked": "yes", "stakes": "x", "theme": "dark", "next": "/",
    "username": "adult", "password": "an-invented-password",
}  # fmt: skip


def rooms(works: list[Marked]) -> list[str]:
    """Every address of the reading room, for a work of every kind."""
    routes = [route for route in addresses(get_resolver().url_patterns) if not route.startswith("admin/")]
    return [filled(route, work) for route in routes for work in (works if "number" in route else works[:1])]


@pytest.mark.parametrize("role", CAST)
def test_looking_writes_nothing(role: str) -> None:
    works = stock()
    client = enter(role)
    for address in rooms(works):
        for look in (client.get, client.head, client.options):
            with CaptureQueriesContext(connection) as asked:
                look(address, ANSWERS)
            written = [one["sql"] for one in asked if not LOOKS.match(one["sql"].strip())]
            assert written == [], address


@pytest.mark.parametrize("role", CAST)
def test_a_post_without_its_token_does_nothing(role: str) -> None:
    works = stock()
    strict = Client(enforce_csrf_checks=True)
    if role != "stranger":
        enter(role)
        strict.force_login(User.objects.get(username=role))
    for address in rooms(works):
        for send in (strict.post, strict.put, strict.patch, strict.delete):
            assert send(address, ANSWERS if send == strict.post else None).status_code == 403, address
    assert User.objects.filter(adult_agreed=True).count() == (role == "agreed")
    assert ("body-" in strict.get(f"/works/{works[3].pk}/").content.decode()) == (role == "agreed")


@pytest.mark.parametrize("header", ["remote-user", "x-remote-user", "x-forwarded-user", "x-authenticated-user"])
def test_no_header_signs_anybody_in(header: str) -> None:
    stock()
    enter("keeper")
    client = Client(headers={header: "keeper"})
    assert client.get("/admin/").status_code == 302
    assert "Sign in" in client.get("/", headers={header: "keeper"}, REMOTE_USER="keeper").content.decode()
