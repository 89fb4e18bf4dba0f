"""The whole table: every address, asked in every manner, by everybody, about works of every kind.

The addresses come from the URLconf, so that a new one is tried by itself. Each answer is searched, its headers too, for
the marks of all works that this reader must not be shown there.
"""

from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import quote

import pytest
from django.test import Client
from django.urls import get_resolver

from archive import wrangling
from archive.access import Verdict
from archive.models import Tag, Work
from reader.models import User
from tests.cast import CAST, enter
from tests.leaks.test_every_route import addresses
from tests.leaks.test_what_is_stored import filled
from tests.leaks.works import CASES, NONE_APPLY, Marked, body_of, put, stock

pytestmark = pytest.mark.django_db

BARRED = {"barred": "the tag itself", "spelled": "a synonym of it", "beneath": "a tag below it"}
"""Works of a tag that one of the cast may never be shown, and how they come by it."""

EVERYBODY = (*CAST, "barred")
"""The cast, and a member who has agreed to everything and from whom a keeper keeps one tag."""

Ask = Callable[[Client, str], Any]

MANNERS: dict[str, Ask] = {
    "get": lambda client, address: client.get(address),
    "head": lambda client, address: client.head(address),
    "options": lambda client, address: client.options(address),
    "trace": lambda client, address: client.trace(address),
    "range": lambda client, address: client.get(address, headers={"range": "bytes=0-100000"}),
    "not modified": lambda client, address: client.get(address, headers={"if-none-match": "*"}),
    "as json": lambda client, address: client.get(
        address, {"format": "json"}, headers={"accept": "application/json", "x-requested-with": "XMLHttpRequest"}
    ),
    "with another's parameters": lambda client, address: client.get(
        address, {"view_adult": "true", "ageconsent": "ok", "agree": "1", "page": "1", "kind": "fandom", "typed": "f"}
    ),
    "before it is wanted": lambda client, address: client.get(
        address, headers={"purpose": "prefetch", "sec-purpose": "prefetch", "x-http-method-override": "POST"}
    ),
}
"""Ways of asking that change nothing, so that one browser can ask them all."""

CHANGES: dict[str, Ask] = {
    "post": lambda client, address: client.post(address),
    "post as get": lambda client, address: client.post(address, {"_method": "GET", "next": "/", "answer": "agree"}),
    "put": lambda client, address: client.put(address),
    "patch": lambda client, address: client.patch(address),
    "delete": lambda client, address: client.delete(address),
}
"""Ways that may change something: each is asked by a reader who has only just come in."""


def shelf() -> list[Marked]:
    """A work of every rating and warning, unrated and held ones, and those of a tag with its kin."""
    works = stock() + [put(name, ("General Audiences",), NONE_APPLY) for name in BARRED]
    tags = {name: Tag.everything.get(name=f"freeform-{name}") for name in BARRED}
    wrangling.make_synonym(tags["spelled"], tags["barred"])
    wrangling.set_metatag(tags["beneath"], tags["barred"])
    assert Work.everything.count() == len(CASES) + len(BARRED)
    return works


def come_in(role: str) -> Client:
    """Somebody at their own browser."""
    if role != "barred":
        return enter(role)
    client = Client()
    user = User.objects.create_user("barred", blocked_tags=["freeform-barred"], adult_agreed=True)
    client.force_login(user)
    return client


def again(role: str) -> Client:
    """The same reader at another browser."""
    client = Client()
    if role != "stranger":
        client.force_login(User.objects.get(username=role))
    return client


def verdict(role: str, work: Marked) -> Verdict:
    if role != "barred":
        return work.verdict(role)
    return Verdict.HIDDEN if work.name in BARRED else work.verdict("agreed")


def forbidden(role: str, work: Marked, *, at_home: bool) -> tuple[str, ...]:
    """Marks of a work that must not stand in an answer; `at_home`: in one to an address of the work itself."""
    judged = verdict(role, work)
    if judged is Verdict.HIDDEN:
        return work.marks
    if judged is Verdict.OPEN:
        return ()
    if work.adult and role not in ("agreed", "barred"):  # it stands on no shelf; only its own gate names it
        return (*work.text, *work.about) if at_home else work.marks
    return work.text


def asked(works: list[Marked]) -> Iterator[tuple[str, Marked | None]]:
    """Each address of the reading room, and the work that it leads to, if it leads to one."""
    for route in addresses(get_resolver().url_patterns):
        if not route.startswith("admin/"):
            for work in works if "<" in route else works[:1]:
                yield filled(route, work), work if route.startswith("works/") else None


def desk(works: list[Marked]) -> Iterator[str]:
    """Each address of the keepers' desk, about one work and another."""
    for route in addresses(get_resolver().url_patterns):
        if route.startswith("admin/") and "logout" not in route:
            for work in works[::6] if "<" in route else works[:1]:
                yield filled(route.replace("<path:object_id>", str(work.pk)), work)


@pytest.mark.parametrize("manner", MANNERS)
@pytest.mark.parametrize("role", EVERYBODY)
def test_no_way_of_looking_shows_what_a_reader_may_not_see(role: str, manner: str) -> None:
    works, client = shelf(), come_in(role)
    shown = 0
    for address, own in asked(works):
        page = whole(MANNERS[manner](client, address), address)
        assert leaks(page, role, works, own) == [], address
        shown += "body-general" in page
    assert (shown > 0) == (manner not in ("head", "options", "trace"))


@pytest.mark.parametrize("manner", CHANGES)
@pytest.mark.parametrize("role", EVERYBODY)
def test_no_way_of_sending_shows_what_a_reader_may_not_see(role: str, manner: str) -> None:
    works, client = shelf(), come_in(role)
    session = client.session.session_key
    for address, own in asked(works):
        page = whole(CHANGES[manner](client, address), address)
        assert leaks(page, role, works, own) == [], address
        if client.session.session_key != session:  # signed out by it, or in
            client = again(role)
            session = client.session.session_key


@pytest.mark.parametrize("role", [role for role in EVERYBODY if role != "keeper"])
def test_the_keepers_desk_shows_nothing_to_anybody_else(role: str) -> None:
    works, client = shelf(), come_in(role)
    for address in desk(works):
        for ask in (MANNERS["get"], CHANGES["post"]):
            page = whole(ask(client, address), address)
            assert [mark for work in works for mark in work.marks if mark in page] == [], address


@pytest.mark.parametrize("manner", ["get", "as json", "with another's parameters", "before it is wanted"])
def test_keepers_who_only_look_find_the_text_of_no_work_at_their_desk(manner: str) -> None:
    works, client = shelf(), come_in("keeper")
    for address in desk(works):
        page = whole(MANNERS[manner](client, address), address)
        texts = [f"{part}-{work.name}" for work in works for part in ("body", "second", "earlier")]
        assert [mark for mark in texts if mark in page] == [], address


def whole(response: Any, address: str) -> str:
    """An answer with its headers, without the address that was asked for, which some pages name."""
    page = body_of(response) + str(response.headers)
    return page.replace(address, "").replace(quote(address, safe=""), "")


def leaks(page: str, role: str, works: list[Marked], own: Marked | None) -> list[str]:
    """Marks in an answer that this reader must not be shown there."""
    return [mark for work in works for mark in forbidden(role, work, at_home=work is own) if mark in page]
