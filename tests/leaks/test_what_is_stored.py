"""Nothing that a gate guards is left in a cache, and nothing of it stands in what others make of a page."""

import re

import pytest
from django.test import Client

from archive.access import Verdict
from archive.search import following
from tests.cast import CAST, enter
from tests.leaks.works import Marked, stock
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
