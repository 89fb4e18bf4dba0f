"""The whole table: every address, asked in every manner, by everybody, about works of every kind.

The addresses come from the URLconf, so that a new one is tried by itself. Each answer is searched, its headers too, for
the marks of all works that this reader must not be shown there.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from copy import deepcopy
from typing import Any, NamedTuple
from urllib.parse import quote

import pytest
from django.db import transaction
from django.test import Client
from django.urls import get_resolver

from archive.access import Verdict
from archive.index import compacting, current
from tests.leaks.readers import ASKERS, Asker, shelf
from tests.leaks.test_every_route import addresses, row_of
from tests.leaks.test_what_is_stored import filled
from tests.leaks.works import Marked, body_of

pytestmark = pytest.mark.django_db

Ask = Callable[[Client, str], Any]

LOOKS: dict[str, Ask] = {
    "head": lambda client, address: client.head(address),
    "range": lambda client, address: client.get(address, headers={"range": "bytes=0-100000"}),
    "not modified": lambda client, address: client.get(address, headers={"if-none-match": "*"}),
    "as json": lambda client, address: client.get(
        address, {"format": "json"}, headers={"accept": "application/json", "x-requested-with": "XMLHttpRequest"}
    ),
    "with what opens gates elsewhere": lambda client, address: client.get(
        address,
        {"view_adult": "true", "ageconsent": "ok", "agree": "1", "page": "1", "kind": "fandom", "typed": "f"},
        headers={"purpose": "prefetch", "sec-purpose": "prefetch", "x-http-method-override": "POST"},
    ),
}
"""Other ways of looking. Each costs a whole page: of works that are alike to a reader every way tries another one."""

SENDS: dict[str, Ask] = {
    "options": lambda client, address: client.options(address),
    "trace": lambda client, address: client.trace(address),
    "post": lambda client, address: client.post(address),
    "post as get": lambda client, address: client.post(address, {"_method": "GET", "next": "/", "answer": "agree"}),
    "put": lambda client, address: client.put(address),
    "patch": lambda client, address: client.patch(address),
    "delete": lambda client, address: client.delete(address),
}
"""Ways that may change something: whatever they change is undone before the next."""


WARNS = ("Graphic Depictions Of Violence", "Swearing")
"""What works here warn of, but for what the help beside a box gives as an example."""


class Place(NamedTuple):
    """An address, its route, and the work that it leads to, if it leads to one."""

    address: str
    route: str
    work: Marked | None


def reading_room(works: list[Marked]) -> list[Place]:
    """Every address of the reading room; what names no work is there once."""
    routes = [route for route in addresses(get_resolver().url_patterns) if row_of(route) != "admin"]
    return [
        Place(filled(route, work), route, work)
        for route in routes
        for work in (works if "<" in route and row_of(route) not in ("plain", "names") else works[:1])
    ]


def desk(works: list[Marked]) -> Iterator[str]:
    """Each address of the keepers' desk, about one work and another."""
    for route in addresses(get_resolver().url_patterns):
        if row_of(route) == "admin" and "logout" not in route:
            for work in works[::6] if "<" in route else works[:1]:
                yield filled(route.replace("<path:object_id>", str(work.pk)), work)


class Table:
    """One reader's part of the table: asks, searches each answer, and counts."""

    def __init__(self, asker: Asker, record: Callable[[str, object], None]) -> None:
        self.works, self.record = shelf(), record
        self.client = asker.come_in(self.works)
        self.rooms = reading_room(self.works)
        self.askers = {False: asker, True: asker}
        if asker.by_token:  # elsewhere whoever brings a token is a stranger like any other
            self.askers[False] = ASKERS["stranger"]
        self.asked = self.shown = 0

    def ask(self, manner: Ask, room: Place) -> None:
        """Ask once, and find nothing in the answer that this reader must not be shown there."""
        response = manner(self.client, room.address)
        page = whole(response, room.address)
        asker = self.askers[takes_tokens(room)]
        there = [work for work in self.works if f"-{work.name}" in page]
        marks = [mark for work in there for mark in self.forbidden(asker, work, room)]
        assert [mark for mark in marks if mark in page] == [], room.address
        assert "private" in response["Cache-Control"], room.address
        assert "public" not in response["Cache-Control"], room.address
        assert "Cookie" in response["Vary"], room.address
        if any(mark in page for work in there for mark in guarded(work)):
            assert "no-store" in response["Cache-Control"], room.address
        self.asked += 1
        self.shown += any(f"body-{work.name}" in page for work in there)

    def forbidden(self, asker: Asker, work: Marked, room: Place) -> tuple[str, ...]:
        """What of a work must not stand in what is answered there."""
        at_home = room.route.startswith("works/") and work is room.work
        page = room.work.name if room.work else ""
        telling = room.route.endswith("/labels/")
        words = WARNS if asker.hides and not telling and row_of(room.route) not in ("plain", "names") else ()
        return (*asker.forbidden(work, at_home=at_home, telling=telling, page=page), *words)

    def alike(self, turn: int) -> Iterable[Place]:
        """The addresses without those of works that are alike to this reader: of these one, each turn another."""
        groups: dict[object, list[Place]] = {}
        for room in self.rooms:
            asker, work = self.askers[takes_tokens(room)], room.work
            kind = (asker.verdict(work), asker.listed(work)) if work else None
            groups.setdefault((room.route, kind), []).append(room)
        return [rooms[turn % len(rooms)] for rooms in groups.values()]

    def note(self, manners: int) -> None:
        """Tell how much was asked, for the line at the end of the tests."""
        routes = {room.route for room in self.rooms}
        self.record("leak table", (len(routes), len(ASKERS), len(self.works), manners, self.asked))


@pytest.fixture(params=ASKERS)
def table(request: pytest.FixtureRequest, db: None, record_property: Callable[[str, object], None]) -> Table:
    return Table(ASKERS[request.param], record_property)


def test_no_address_shows_what_a_reader_may_not_see(table: Table) -> None:
    for room in table.rooms:
        table.ask(lambda client, address: client.get(address), room)
    assert bool(table.shown) is any(table.askers[False].verdict(work) is Verdict.OPEN for work in table.works)
    table.note(1)


def test_no_shelf_that_is_asked_of_the_index_shows_what_a_reader_may_not_see(table: Table) -> None:
    current.forget()
    compacting.compact(wait=True)
    assert current.state() is not None
    for room in table.rooms:
        if not room.route.startswith("works/") and row_of(room.route) != "plain":
            table.ask(lambda client, address: client.get(address), room)
    current.forget()
    table.note(1)


def test_no_other_way_of_looking_shows_what_a_reader_may_not_see(table: Table, on_postgres: bool) -> None:
    """What a way of asking changes lies above the database: one of them is enough to see that both databases agree."""
    manners = {"as json": LOOKS["as json"]} if on_postgres else LOOKS
    for turn, manner in enumerate(manners.values()):
        for room in table.alike(turn):
            table.ask(manner, room)
    table.note(len(manners))


def test_no_way_of_sending_shows_what_a_reader_may_not_see(table: Table, on_postgres: bool) -> None:
    manners = {"post": SENDS["post"]} if on_postgres else SENDS
    for manner in manners.values():
        for room in table.rooms:
            with undone(table.client):
                table.ask(manner, room)
    table.note(len(manners))


@pytest.mark.parametrize("role", [role for role in ASKERS if role != "keeper"])
def test_the_keepers_desk_shows_nothing_to_anybody_else(role: str) -> None:
    works = shelf()
    client = ASKERS[role].come_in(works)
    for address in desk(works):
        for answer in (client.get(address), client.post(address)):
            page = whole(answer, address)
            assert [mark for work in works for mark in work.marks if mark in page] == [], address


@pytest.mark.parametrize("manner", ["get", "as json", "with what opens gates elsewhere"])
def test_keepers_who_only_look_find_the_text_of_no_work_at_their_desk(manner: str) -> None:
    works = shelf()
    client = ASKERS["keeper"].come_in(works)
    for address in desk(works):
        page = whole(LOOKS[manner](client, address) if manner in LOOKS else client.get(address), address)
        texts = [f"{part}-{work.name}" for work in works for part in ("body", "second", "earlier")]
        assert [mark for mark in texts if mark in page] == [], address


def guarded(work: Marked) -> tuple[str, ...]:
    """What of a work nothing may store: all of one that is adult, the text of one that warns."""
    return (work.marks if work.adult else work.text) if work.adult or work.warned else ()


@contextmanager
def undone(client: Client) -> Iterator[None]:
    """Whatever is changed meanwhile, in the house or in this browser, is as it was before."""
    cookies = deepcopy(client.cookies)
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
    client.cookies = cookies


_takes_tokens: dict[str, bool] = {}


def takes_tokens(room: Place) -> bool:
    """Whether a route may be asked with a token: it says so to whoever brings a wrong one."""
    if room.route not in _takes_tokens:
        refused = Client(headers={"authorization": "Bearer wrong"}).get(room.address)
        _takes_tokens[room.route] = refused.status_code == 401
    return _takes_tokens[room.route]


def whole(response: Any, address: str) -> str:
    """An answer with its headers, without the address that was asked for, which some pages name."""
    page = body_of(response) + str(response.headers)
    return page.replace(address, "").replace(quote(address, safe=""), "")
