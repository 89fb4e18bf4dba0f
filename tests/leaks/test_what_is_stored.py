"""Nothing that a gate guards is left in a cache, and nothing of it stands in what others make of a page."""

import re

import pytest
from django.test import Client
from django.urls import get_resolver

from archive.access import Verdict
from archive.search import following
from tests.cast import CAST, enter
from tests.leaks.test_every_route import addresses
from tests.leaks.works import Marked, body_of, stock
from tests.shelving import shelve

pytestmark = pytest.mark.django_db


def filled(route: str, work: Marked) -> str:
    """A route with the arguments that lead to a work."""
    kinds = {"tags/": "tag", "authors/": "author", "series/": "series", "/pictures/": "picture"}
    kind = next((kind for part, kind in kinds.items() if part in route), "chapter")
    values = {"older": 1, "sha256": work.original, **work.addresses(kind)}
    if "older" in route:
        values["place"] = 1
    return "/" + re.sub(r"<\w+:(\w+)>", lambda found: str(values.get(found[1], "x")), route)


@pytest.mark.parametrize("role", CAST)
def test_every_answer_is_for_one_reader_and_what_is_guarded_is_not_stored(role: str) -> None:
    works = stock()
    client = enter(role)
    looked = 0
    for route in addresses(get_resolver().url_patterns):
        if route.startswith("admin/"):
            continue
        for work in works if "<" in route else works[:1]:
            response = client.get(filled(route, work))
            kept = response["Cache-Control"]
            assert "private" in kept, route
            assert "public" not in kept
            assert "Cookie" in response["Vary"], route
            guarded = [one for one in works if one.adult or one.warned]
            page = body_of(response)
            if any(mark in page for one in guarded for mark in one.text) or (role == "agreed" and "blurb" in page):
                assert "no-store" in kept, route
                looked += 1
    assert bool(looked) == (role == "agreed")


@pytest.mark.parametrize("role", CAST)
def test_a_gate_tells_link_previews_title_and_no_more(role: str) -> None:
    client = enter(role)
    gates = [work for work in stock() if work.verdict(role) is Verdict.ASK]
    assert gates
    for work in gates:
        head = client.get(f"/works/{work.pk}/").content.decode().partition("</head>")[0]
        assert [mark for mark in work.marks if mark in head] == [work.title]
        assert "og:" not in head
        assert "description" not in head


@pytest.mark.parametrize("role", CAST)
def test_what_one_reader_agrees_to_opens_nothing_for_another(role: str) -> None:
    [work] = [one for one in stock() if one.name == "both"]
    first, second = enter(role), Client()
    gate = first.get(f"/works/{work.pk}/").content.decode()
    for stakes in re.findall(r'name="stakes" value="(\w+)"', gate):
        first.post(f"/works/{work.pk}/agree/", {"stakes": stakes})
    assert ("body-both" in first.get(f"/works/{work.pk}/all/").content.decode()) == (role != "teen")
    assert "body-both" not in second.get(f"/works/{work.pk}/all/").content.decode()
    assert "title-both" not in second.get("/").content.decode()


def test_a_page_with_words_of_a_text_is_stored_nowhere() -> None:
    """The text may stand behind a warning that this reader has agreed to."""
    work = shelve(title="Warned", warnings=("Major Character Death",), body="<p>A kittiwake cried.</p>")
    following.follow()
    client = enter("stranger")
    stakes = client.get(f"/works/{work}/").context["gate"].stakes
    assert "no-store" not in client.get("/?text=kittiwake")["Cache-Control"]
    client.post(f"/works/{work}/agree/", {"stakes": stakes})
    response = client.get("/?text=kittiwake")
    assert "cried" in response.content.decode()
    assert response["Cache-Control"] == "private, no-store"
