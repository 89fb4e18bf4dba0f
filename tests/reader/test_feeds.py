"""Feeds: any question of the shelf as Atom, known again by what it says, for one reader and without a session."""

import time
from datetime import date
from xml.etree import ElementTree

import pytest
from django.contrib.sessions.models import Session
from django.http import HttpResponse
from django.test import Client

from archive.models import SitePolicy
from archive.vocabulary import ArchiveWarning, Rating
from reader import agreement, feeds
from reader.models import ReadingRules, User
from reader.tokens import make
from tests.cast import enter
from tests.shelving import bring, parsed, shelve

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"


def ask(token: str = "", address: str = "/feed/", **headers: str) -> HttpResponse:
    given = {"authorization": f"Bearer {token}"} if token else {}
    return Client().get(address, headers=given | headers)


def token_of(role: str) -> str:
    enter(role)
    return make(User.objects.get(username=role), "feed")


def titles(response: HttpResponse) -> list[str]:
    """Read as a program would: of what is no XML this raises."""
    root = ElementTree.fromstring(response.content.decode())
    return [one.findtext(f"{ATOM}title", "") for one in root.iter(f"{ATOM}entry")]


def test_it_is_atom_with_all_that_an_entry_must_have() -> None:
    shelve(
        title="Unlit & <Lit>",
        authors=("quillfeather", "saltmarsh"),
        fandoms=("The Lighthouse Cycle",),
        summary="<p>Who <i>keeps</i> the lamp?</p>",
        updated=date(2025, 3, 2),
        published=date(2025, 2, 1),
    )
    response = ask(address="/feed/?fandom=the-lighthouse-cycle")
    root = ElementTree.fromstring(response.content.decode())
    [entry] = root.iter(f"{ATOM}entry")
    links = {one.get("rel"): one.get("href") for one in root.findall(f"{ATOM}link")}
    assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
    assert root.findtext(f"{ATOM}title") == "Works in The Lighthouse Cycle · Carrel"
    assert root.findtext(f"{ATOM}updated") == entry.findtext(f"{ATOM}updated") == "2025-03-02T00:00:00+00:00"
    assert links == {
        "self": "http://testserver/feed/?fandom=the-lighthouse-cycle",
        "alternate": "http://testserver/?fandom=the-lighthouse-cycle",
    }
    assert entry.findtext(f"{ATOM}title") == "Unlit & <Lit>"
    assert entry.findtext(f"{ATOM}published") == "2025-02-01T00:00:00+00:00"
    assert entry.findtext(f"{ATOM}summary") == "Who keeps the lamp?"
    assert [one.findtext(f"{ATOM}name") for one in entry.findall(f"{ATOM}author")] == ["quillfeather", "saltmarsh"]
    assert entry.find(f"{ATOM}link").get("href").startswith("http://testserver/works/")
    assert {one.get("term"): one.get("scheme") for one in entry.findall(f"{ATOM}category")} == {
        "General Audiences": None,
        "No Archive Warnings Apply": None,
        "The Lighthouse Cycle": "http://testserver/tags/fandom/",
    }
    assert {one.findtext(f"{ATOM}id", "")[:9] for one in (root, entry)} == {"urn:uuid:"}


def test_an_entry_keeps_its_name_wherever_the_library_is_reached() -> None:
    shelve(title="Quay")
    ids = [
        [one.text for one in ElementTree.fromstring(page).iter(f"{ATOM}id")][1:]
        for page in (ask().content.decode(), ask(address="/feed/?sort=added", host="localhost").content.decode())
    ]
    assert ids[0] == ids[1] != []


def test_what_no_xml_can_hold_is_left_out() -> None:
    shelve(title="Un\x0blit\x1b \ufffe]]>")
    shelve(title="Nothing else", source="t", source_id="2", authors=(), fandoms=(), language="")
    assert len(titles(ask())) == 2
    assert titles(ask(address="/feed/?q=nobody-has-this")) == []


def test_the_newest_come_first_whatever_the_order_of_the_shelf_and_no_more_than_fifty() -> None:
    bring(
        *(
            parsed(title=f"Work {n:02}", source="t", source_id=str(n), updated=date(2020, 1 + n % 12, 1 + n // 12))
            for n in range(60)
        )
    )
    found = titles(ask(address="/feed/?sort=title&order=asc&page=3"))
    assert found == titles(ask(address="/feed/?sort=words")) == titles(ask())
    assert len(set(found)) == 50
    assert found[:2] == ["Work 59", "Work 47"]


def test_what_comes_in_is_told_by_the_order_of_coming_in() -> None:
    shelve(title="Old", updated=date(2010, 1, 1), source="t", source_id="1")
    shelve(title="Older", updated=date(2001, 1, 1), source="t", source_id="2")
    assert titles(ask()) == ["Old", "Older"]
    assert titles(ask(address="/feed/?sort=added")) == ["Older", "Old"]


def test_what_is_known_is_not_told_again_and_what_is_hidden_changes_nothing() -> None:
    shelve(title="Quay", source="t", source_id="1")
    token = token_of("teen")
    first = ask(token)
    assert ask(token, **{"if-none-match": first["ETag"]}).status_code == 304
    shelve(title="Unlit", ratings=("Explicit",), source="t", source_id="2")
    again = ask(token, **{"if-none-match": first["ETag"]})
    assert again.status_code == 304
    assert again["Cache-Control"] == "private, no-cache"
    shelve(title="Lock", source="t", source_id="3")
    assert titles(ask(token, **{"if-none-match": first["ETag"]})) in (["Quay", "Lock"], ["Lock", "Quay"])


def test_a_feed_is_for_one_reader_and_makes_no_session_and_no_cookie() -> None:
    shelve(title="Quay")
    for response in (ask(token_of("agreed")), ask(), ask("carrel_wrong")):
        assert not response.cookies
        assert {"Cookie", "Authorization"} <= {one.strip() for one in response["Vary"].split(",")}
        assert "private" in response["Cache-Control"]
    assert Session.objects.count() == 1  # that of the browser in which the token was made


def test_a_browser_that_asks_for_a_feed_by_itself_prolongs_no_agreement() -> None:
    browser = Client()
    browser.post("/agreement/", {"answer": "agree"})
    session = browser.session
    session[agreement.SEEN] = before = int(time.time()) - 2 * agreement.HOUR
    session.save()
    assert not browser.get("/feed/").headers.get("Set-Cookie")
    assert browser.session[agreement.SEEN] == before
    browser.get("/")
    assert browser.session[agreement.SEEN] > before


def test_with_adult_works_it_is_stored_nowhere_and_labelled() -> None:
    shelve(title="Unlit", ratings=("Explicit",))
    grown, young = ask(token_of("agreed")), ask(token_of("adult"))
    assert (titles(grown), titles(young)) == (["Unlit"], [])
    assert (grown["Cache-Control"], young["Cache-Control"]) == ("private, no-store", "private, no-cache")
    assert grown.headers.get("Rating", "").startswith("RTA")
    assert "Rating" not in young.headers


def test_a_limit_acts_at_the_next_request() -> None:
    shelve(title="Unlit", ratings=("Explicit",), freeforms=("Fog",))
    token = token_of("agreed")
    assert titles(ask(token)) == ["Unlit"]
    User.objects.update(blocked_tags=["fog"])
    assert titles(ask(token)) == []
    User.objects.update(blocked_tags=[], ceiling=Rating.TEEN)
    assert titles(ask(token)) == []
    User.objects.update(is_active=False)
    assert ask(token).status_code == 401


def test_what_a_members_own_rules_set_aside_or_ask_about_is_left_out() -> None:
    for number, title in enumerate(("Fog", "Rain", "Death", "Sun")):
        warned = ("Major Character Death",) if title == "Death" else ("No Archive Warnings Apply",)
        shelve(title=title, freeforms=(title,), warnings=warned, source="t", source_id=str(number))
    token = token_of("adult")
    ReadingRules.objects.create(
        user=User.objects.get(), avoided_tags=[["Fog", ""]], asked_tags=["Rain"], asked_warnings=ArchiveWarning.DEATH
    )
    assert titles(ask(token)) == ["Sun"]
    assert titles(ask(token, "/feed/?avoided=shown")) == ["Sun"]


def test_where_everybody_signs_in_a_program_is_asked_for_a_token_and_a_browser_led_to_the_door() -> None:
    shelve(title="Quay")
    token, browser = token_of("adult"), Client()
    SitePolicy.everything.update(strangers_welcome=False)
    assert ask()["WWW-Authenticate"].startswith("Basic ")
    assert "Quay" not in ask().content.decode()
    assert titles(ask(token)) == ["Quay"]
    browser.cookies["carrel_session"] = "of another day"
    assert browser.get("/feed/")["Location"] == "/login/?next=%2Ffeed%2F"


def test_a_token_in_the_address_is_none() -> None:
    token = token_of("adult")
    SitePolicy.everything.update(strangers_welcome=False)
    assert ask(address=f"/feed/?token={token}&password={token}").status_code == 401


def test_every_shelf_tells_where_its_feed_is() -> None:
    shelve(title="Quay", fandoms=("The Lighthouse Cycle",), language="en")
    feed = '<link rel="alternate" type="application/atom+xml" title="These works" href="/feed/?{}">'
    assert feed.format("") in Client().get("/").content.decode()
    told = Client().get("/tags/fandom/the-lighthouse-cycle/?language=en&page=2").content.decode()
    assert feed.format("fandom=the-lighthouse-cycle&amp;language=en") in told
    assert 'href="/feed/?fandom=the-lighthouse-cycle&amp;language=en" type="application/atom+xml">' in told


def test_a_summary_has_an_end() -> None:
    shelve(title="Quay", summary=f"<p>{'lamp ' * 2_000}</p>")
    root = ElementTree.fromstring(ask().content.decode())
    assert len(root.findtext(f".//{ATOM}summary", "")) == feeds.LONGEST_SUMMARY
