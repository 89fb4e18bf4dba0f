"""Every address of the house, tried by the whole cast on a work of every kind.

A new address has no row in ROUTES, and turns this red until somebody has thought about what it may show.
"""

import re
from collections.abc import Iterator

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from archive import changes
from archive.access import Verdict
from archive.models import Work
from reader import tokens
from reader.models import User
from tests.cast import CAST, enter
from tests.leaks.works import Marked, body_of, sanity, stock

ROUTES = {
    # shelves: blurbs of what is on this reader's shelf, and of nothing else
    "": "shelf",
    "addresses.txt": "addresses",
    "feed/": "feed",
    "tags/<slug:kind>/<name:slug>/": "tag",
    "authors/<name:slug>/": "author",
    "series/<number:number>/": "series",
    # names: of what stands on this reader's shelf, and of nothing else
    "suggest/": "names",
    "tags/<slug:kind>/": "names",
    "authors/": "names",
    "series/": "names",
    "languages/": "names",
    # a work opened: its text, or its gate, or nothing
    "works/<number:number>/": "work",
    "works/<number:number>/chapters/<number:place>/": "chapter",
    "works/<number:number>/all/": "whole",
    # the past of a work: what its files say, its older texts, the files themselves, or its gate, or nothing
    "works/<number:number>/history/": "past",
    "works/<number:number>/versions/<number:older>/": "past",
    "works/<number:number>/versions/<number:older>/chapters/<number:place>/": "past",
    "works/<number:number>/versions/<number:older>/all/": "past",
    "works/<number:number>/versions/<number:older>/changes/": "past",
    "works/<number:number>/originals/<digest:sha256>/": "past",
    # a picture in a text
    "works/<number:number>/pictures/<digest:sha256>/": "picture",
    # what one work says of itself, for those who have it told only when they ask: no more than its gate may say
    "works/<number:number>/labels/": "labels",
    # answers to a gate: no text of any work
    "works/<number:number>/agree/": "agree",
    # a member's own questions, by name: no work is looked up
    "filters/": "plain",
    "filters/<number:number>/": "plain",
    # pages that know of no work
    "asking/": "plain",
    "agreement/": "plain",
    # a member's own rules: of works only the titles of those that they avoid, as far as they may know of them
    "settings/rules/": "plain",
    "settings/rules/avoid/": "plain",
    "settings/": "plain",
    "login/": "plain",
    "logout/": "plain",
    "welcome/<str:token>/": "plain",
    # accounts: a member's own devices, tokens and what is kept about them; no work is looked up
    "forgotten/": "plain",
    "forgotten/<number:number>/<str:token>/": "plain",
    "register/": "plain",
    "invitations/<str:token>/": "plain",
    "pair/": "plain",
    "account/": "plain",
    "account/password/": "plain",
    "account/devices/": "plain",
    "account/devices/<number:number>/": "plain",
    "account/pairing/": "plain",
    "account/tokens/": "plain",
    "account/tokens/<number:number>/": "plain",
    "account/kept/": "plain",
    "account/kept.json": "plain",
    "account/close/": "plain",
    # another house's word for who somebody is, where a keeper has named one: no work is looked up
    "login/elsewhere/": "plain",
    "login/elsewhere/back/": "plain",
    "account/elsewhere/": "plain",
    "healthz": "plain",
    "robots.txt": "plain",
    "favicon.ico": "plain",
    # keepers only; tests/admin looks inside
    "admin/": "admin",
}


def addresses(patterns: list[URLPattern | URLResolver], before: str = "") -> Iterator[str]:
    for pattern in patterns:
        route = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from addresses(pattern.url_patterns, route)
        else:
            yield route


def row_of(route: str) -> str | None:
    return "admin" if route.startswith("admin/") else ROUTES.get(route)


def test_every_address_has_a_row_and_every_row_an_address() -> None:
    known = set(addresses(get_resolver().url_patterns))
    assert {route for route in known if row_of(route) is None} == set()
    assert {route for route in ROUTES if route not in known and route != "admin/"} == set()


@pytest.fixture
def shelf(db: None) -> list[Marked]:
    works = stock()
    sanity()
    return works


def found(client: Client, address: str, **extra: str) -> tuple[int, str]:
    response = client.get(address, headers=extra)
    return response.status_code, body_of(response) + str(response.headers)


@pytest.mark.parametrize("role", CAST)
def test_what_a_work_says_of_itself_is_told_as_far_as_its_gate_may_tell_it(role: str, shelf: list[Marked]) -> None:
    client = enter(role)
    nowhere = found(client, reverse("labels", args=[10**9]))
    for work in shelf:
        status, page = found(client, reverse("labels", args=[work.pk]))
        if work.verdict(role) is Verdict.HIDDEN:
            assert (status, same(page)) == (404, same(nowhere[1]))
            continue
        assert status == 200
        assert work.title in page
        assert "no-store" in page
        assert ("freeform-" in page) is work.on_shelf(role)
        forbidden = work.text if work.on_shelf(role) else (*work.text, *work.about)
        others = [mark for other in shelf if other is not work for mark in other.marks]
        assert [mark for mark in (*forbidden, *others) if mark in page] == []


@pytest.mark.parametrize("role", CAST)
def test_a_work_that_is_opened_shows_its_text_or_its_gate_or_nothing(role: str, shelf: list[Marked]) -> None:
    client = enter(role)
    nowhere = found(client, reverse("work", args=[10**9]))
    for work in shelf:
        for name, kind in (("work", "work"), ("chapter", "chapter"), ("whole", "work")):
            address = reverse(name, kwargs=work.addresses(kind))
            status, page = found(client, address)
            verdict = work.verdict(role)
            if verdict is Verdict.HIDDEN:
                assert (status, same(page)) == (404, same(nowhere[1]))
            elif verdict is Verdict.ASK:
                assert status == 200
                assert work.title in page
                assert "no-store" in page
                forbidden = work.text if work.on_shelf(role) else (*work.text, *work.about)
                assert [mark for mark in forbidden if mark in page] == []
            else:
                assert status == 200
                assert f"{'second' if name == 'chapter' else 'body'}-{work.name}" in page
            others = [other for other in shelf if other is not work]
            assert [mark for other in others for mark in other.marks if mark in page] == []


@pytest.mark.parametrize("role", CAST)
@pytest.mark.parametrize("name", ["history", "version", "version-chapter", "version-whole", "changes", "original"])
def test_the_past_of_a_work_shows_what_the_work_would_show(role: str, name: str, shelf: list[Marked]) -> None:
    client = enter(role)
    nowhere = found(client, "/works/1000000000/")
    for work in shelf:
        status, page = found(client, reverse(name, kwargs=work.addresses(name)))
        verdict = work.verdict(role)
        may = name != "original" or role != "stranger"
        if verdict is Verdict.HIDDEN or (verdict is Verdict.OPEN and not may):
            assert (status, same(page)) == (404, same(nowhere[1]))
        elif verdict is Verdict.ASK:
            assert status == 200
            assert 'class="card gate"' in page
            assert "no-store" in page
            assert [mark for mark in work.text if mark in page] == []
        else:
            assert status == 200
            assert (f"earlier-{work.name}" in page) == (name != "history")
        others = [other for other in shelf if other is not work]
        assert [mark for other in others for mark in other.marks if mark in page] == []


@pytest.mark.parametrize("role", CAST)
def test_a_picture_is_shown_where_its_text_is_and_nowhere_else(role: str, shelf: list[Marked]) -> None:
    client = enter(role)
    _, nowhere = found(client, reverse("work", args=[10**9]))
    for work in shelf:
        address = reverse("picture", kwargs=work.addresses("picture"))
        response, page = client.get(address), found(client, address)[1]
        verdict = work.verdict(role)
        if verdict is Verdict.OPEN:
            assert f"picture-{work.name}" in page
            assert response["Content-Type"] == "image/gif"
            assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"
            assert response["X-Content-Type-Options"] == "nosniff"
            assert ("no-store" in response["Cache-Control"]) == ("ETag" not in response) == (work.adult or work.warned)
        elif verdict is Verdict.ASK:
            assert "no-store" in response["Cache-Control"]
        else:
            assert (response.status_code, same(page)) == (404, same(nowhere))
        for ask in (client.get, client.head):
            for headers in ({"range": "bytes=0-99"}, {"if-none-match": "*"}, {"if-none-match": f'"{address[-65:-1]}"'}):
                answer = ask(address, headers=headers)
                known = "if-none-match" in headers and "ETag" in response
                assert answer.status_code == (304 if known else response.status_code)
                shown = f"picture-{work.name}" in answer.content.decode()
                assert shown == (verdict is Verdict.OPEN and ask == client.get and answer.status_code == 200)


def test_a_picture_is_found_in_its_own_work_only(shelf: list[Marked]) -> None:
    client = enter("agreed")
    first, second = (one for one in shelf if one.name in ("general", "teen"))
    other = {**first.addresses("picture"), "number": second.pk}
    assert client.get(reverse("picture", kwargs=first.addresses("picture"))).status_code == 200
    assert client.get(reverse("picture", kwargs=other)).status_code == 404


@pytest.mark.parametrize("role", CAST)
def test_a_shelf_holds_what_this_reader_may_be_shown_and_counts_nothing_else(role: str, shelf: list[Marked]) -> None:
    client = enter(role)
    status, page = found(client, "/")
    allowed = [work for work in shelf if work.on_shelf(role)]
    assert status == 200
    assert f">{len(allowed)}<" in page
    for work in shelf:
        assert (work.title in page) == (work in allowed)
        forbidden = work.text if work in allowed else work.marks
        assert [mark for mark in forbidden if mark in page] == []


@pytest.mark.parametrize("role", CAST)
def test_addresses_are_those_of_works_on_this_readers_shelf_and_of_no_others(role: str, shelf: list[Marked]) -> None:
    client = enter(role)
    with changes.recorded() as recording:
        recording.works |= {work.pk for work in shelf}
        for work in shelf:
            Work.everything.filter(pk=work.pk).update(source_url=f"https://example.org/works/{work.name}")
    allowed = {f"https://example.org/works/{work.name}" for work in shelf if work.on_shelf(role)}
    response = client.get("/addresses.txt")
    assert set(body_of(response).split()) == allowed
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    assert ("no-store" in response["Cache-Control"]) == (role == "agreed")
    for work in shelf:
        fandom = work.addresses("tag")["slug"]
        told = body_of(client.get("/addresses.txt", {"fandom": fandom}))
        assert told == (f"https://example.org/works/{work.name}\n" if work.on_shelf(role) else "")


@pytest.mark.parametrize("role", CAST)
def test_a_feed_tells_of_the_works_on_this_readers_shelf_and_summaries_of_open_ones(
    role: str, shelf: list[Marked]
) -> None:
    client = enter(role)
    status, page = found(client, "/feed/")
    assert status == 200
    for work in shelf:
        assert (work.title in page) == work.on_shelf(role)
        assert (f"summary-{work.name}" in page) == (work.verdict(role) is Verdict.OPEN)
        assert [mark for mark in (work.text if work.on_shelf(role) else work.marks) if mark in page] == []
    assert page.count("<entry") == sum(work.on_shelf(role) for work in shelf)


@pytest.mark.parametrize("role", CAST[1:])
def test_a_feed_asked_with_a_token_leaves_out_what_would_ask(role: str, shelf: list[Marked]) -> None:
    enter(role)
    token = tokens.make(User.objects.get(), "feed")
    for address in ("/feed/", "/feed/?q=title", "/feed/?sort=added&rating.any=explicit&rating.any=general"):
        _, page = found(Client(), address, authorization=f"Bearer {token}")
        for work in shelf:
            opens = work.verdict(role) is Verdict.OPEN
            assert [mark for mark in (work.text if opens else work.marks) if mark in page] == [], address


@pytest.mark.parametrize("role", CAST)
def test_an_address_that_is_pasted_opens_what_is_on_the_shelf_and_says_the_same_of_all_else(
    role: str, shelf: list[Marked]
) -> None:
    client = enter(role)
    with changes.recorded() as recording:
        recording.works |= {work.pk for work in shelf}
        for work in shelf:
            Work.everything.filter(pk=work.pk).update(identity=f"archiveofourown.org:{work.pk}")
    client.get("/")  # some things are looked up once
    with CaptureQueriesContext(connection) as looked_up:
        nothing = client.get("/", {"q": "https://archiveofourown.org/works/999999999"})
    said = same(body_of(nothing))
    assert "No work on your shelf has that address." in said
    for work in shelf:
        with CaptureQueriesContext(connection) as queries:
            response = client.get("/", {"q": f"https://archiveofourown.org/works/{work.pk}/chapters/7"})
        if not work.on_shelf(role):
            assert response.status_code == 200
            told = same(body_of(response)).replace(f"works/{work.pk}/chapters/7", "works/999999999")
            told = told.replace(f"works%2F{work.pk}%2Fchapters%2F7", "works%2F999999999")
            assert told == said
            assert len(queries) == len(looked_up)
        else:
            assert response["Location"] == f"/works/{work.pk}/"


@pytest.mark.parametrize("role", CAST)
@pytest.mark.parametrize("name", ["tag", "author", "series"])
def test_a_tag_author_or_series_known_only_through_hidden_works_is_not_found(
    role: str, name: str, shelf: list[Marked]
) -> None:
    client = enter(role)
    _, nowhere = found(client, "/authors/nobody-at-all/")
    for work in shelf:
        status, page = found(client, reverse(name, kwargs=work.addresses(name)))
        if work.on_shelf(role):
            assert status == 200
            assert work.title in page
            assert [mark for mark in work.text if mark in page] == []
        else:
            assert (status, same(page)) == (404, same(nowhere))


@pytest.mark.parametrize("role", CAST)
def test_searching_and_filtering_for_a_hidden_work_finds_and_names_nothing(role: str, shelf: list[Marked]) -> None:
    client = enter(role)
    for work in shelf:
        slug = work.addresses("tag")["slug"]
        for question in (f"q=title-{work.name}", f"fandom={slug}", f"q=summary-{work.name}", f"q=author-{work.name}"):
            _, page = found(client, f"/?{question}")
            asked = question.split("=")[1]
            shown = [mark for mark in work.marks if mark in page.replace(asked, "")]
            if not work.on_shelf(role):
                assert shown == []
                assert ">0<" in page
    _, page = found(client, "/?q=lamp")
    assert ">0<" in page


@pytest.mark.parametrize("role", ["stranger", "teen", "adult"])
def test_no_way_of_asking_gets_round_the_gate(role: str, shelf: list[Marked]) -> None:
    client = enter(role)
    work = next(one for one in shelf if one.name == "explicit")
    base = f"/works/{work.pk}"
    ways = [
        f"{base}/?view_adult=true",
        f"{base}/?ageconsent=ok&agree=1&remember=on&stakes=x",
        f"{base}/?format=json",
        f"{base}/?page=2",
        f"{base}/?csrfmiddlewaretoken=x",
        f"{base}/#p3",
        f"{base}/all/?print=1",
        f"{base}/chapters/1/?view_full_work=true",
        f"{base}/chapters/99/",
        f"{base}",
        f"/{base}/",
        f"{base}/./",
        f"{base}/%2e/",
        f"{base}/chapters/../all/",
        f"{base}/all.json",
        f"{base}/download/",
        f"{base}/history/?view_adult=true",
        f"{base}/versions/1/?with=now",
        f"{base}/versions/1/changes/?chapter=1",
        f"{base}.epub",
    ]
    for way in ways:
        for response in (
            client.get(way),
            client.get(way, follow=True),
            client.head(way),
            client.options(way),
            client.get(way, headers={"range": "bytes=0-100000"}),
            client.get(way, headers={"accept": "application/json", "x-requested-with": "XMLHttpRequest"}),
            client.get(
                way, headers={"x-http-method-override": "POST", "purpose": "prefetch", "sec-purpose": "prefetch"}
            ),
            client.post(way, {"_method": "GET"}),
            client.put(way),
        ):
            page = response.content.decode()
            assert [mark for mark in (*work.text, *work.about) if mark in page] == []
    client.cookies["view_adult"] = "true"
    client.cookies["agreed-adult"] = "True"
    _, page = found(client, f"{base}/")
    assert [mark for mark in work.text if mark in page] == []


@pytest.mark.parametrize("role", [role for role in CAST if role != "keeper"])
def test_nobody_but_keepers_gets_anything_from_the_keepers_pages(role: str, shelf: list[Marked]) -> None:
    client = enter(role)
    for route in addresses(get_resolver().url_patterns):
        if not route.startswith("admin/"):
            continue
        for work in shelf[:3]:
            filled = route.replace("<path:object_id>", str(work.pk)).replace("<int:pk>", str(work.pk))
            response = client.get("/" + filled)
            assert [mark for mark in work.marks if mark in response.content.decode()] == []


def test_the_text_of_no_work_stands_in_a_keepers_page_that_is_only_looked_at(shelf: list[Marked]) -> None:
    client = enter("keeper")
    for route in addresses(get_resolver().url_patterns):
        if route.startswith("admin/") and "logout" not in route:
            for work in shelf[:3]:
                filled = route.replace("<path:object_id>", str(work.pk)).replace("<int:pk>", str(work.pk))
                page = body_of(client.get("/" + filled))
                forbidden = [f"body-{work.name}", f"second-{work.name}"]
                assert [mark for mark in forbidden if mark in page] == []


def test_without_the_middleware_every_page_errs_and_none_leaks(shelf: list[Marked], settings: object) -> None:
    settings.MIDDLEWARE = [name for name in settings.MIDDLEWARE if name != "reader.middleware.ReaderMiddleware"]
    client = Client(raise_request_exception=False)
    for work in shelf:
        for name, kind in (("work", "work"), ("whole", "work"), ("picture", "picture")):
            response = client.get(reverse(name, kwargs=work.addresses(kind)))
            assert response.status_code == 500
            assert [mark for mark in work.marks if mark in response.content.decode()] == []


def same(page: str) -> str:
    """A page without what differs each time: tokens, and the address it was asked under."""
    page = re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"', "", page)
    page = re.sub(r'(?:value|href|action)="[^"]*"', "", page)
    return re.sub(r"carrel_csrf=[^;]*;|expires=[^;]*;|Content-Length': '\d+'", "", page)
