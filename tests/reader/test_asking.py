"""Typed questions: read, said back, explained when they err; and addresses that are pasted."""

import re
from html import unescape

import pytest
from django.test import Client

from archive import changes
from archive.models import Series, Work
from archive.parsed import ParsedSeries
from tests.reader.test_shelves import pressed, shown, titles
from tests.shelving import shelve

pytestmark = pytest.mark.django_db


@pytest.fixture
def works(db: None) -> None:
    shelve(title="One", fandoms=("Les Misérables",), freeforms=("Slow Burn", "Fluff"), words=9000, complete=True)
    shelve(title="Two", fandoms=("Les Misérables",), freeforms=("Fluff",), words=90)
    shelve(title="Three", fandoms=("Harbour Lights",), freeforms=("Angst",), words=900)


def lives(title: str, address: str) -> None:
    work = Work.everything.get(title=title)
    work.source_url = address
    with changes.recorded():
        work.save()


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        ('fandom:"Les Misérables" -freeform:"Slow Burn"', "/?fandom=les-miserables&freeform.not=slow-burn"),
        ("fandom:(les-miserables OR x) words>500", "/?fandom.any=les-miserables&fandom.any=x&words=501-"),
        ("complete:yes sort:words", "/?complete=yes&sort=words"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("box", ["q", "ask"])
def test_a_typed_question_leads_to_its_address(
    stranger: Client, works: None, box: str, typed: str, address: str
) -> None:
    response = stranger.get("/", {box: typed})
    assert response["Location"] == address
    assert stranger.get(address).status_code == 200


def test_plain_words_stay_as_they_are(stranger: Client, works: None) -> None:
    assert stranger.get("/", {"q": "one lamp"}).status_code == 200


def test_what_is_typed_in_the_search_box_joins_what_is_chosen(stranger: Client, works: None) -> None:
    address = pressed(stranger, "/?fandom=les-miserables&q=words>500")
    assert titles(shown(stranger, address)) == ["One"]
    assert "fandom=les-miserables" in address
    either = pressed(stranger, "/?fandom.any=les-miserables&q=fandom:les-miserables OR freeform:angst")
    assert sorted(titles(shown(stranger, either))) == ["One", "Two"]


def test_the_whole_question_can_be_typed_anew(stranger: Client, works: None) -> None:
    page = shown(stranger, "/?fandom=les-miserables&freeform.not=slow-burn")
    [text] = re.findall(r'<textarea name="ask"[^>]*>([^<]*)</textarea>', page)
    assert unescape(text) == 'fandom:"Les Misérables" -freeform:"Slow Burn"'
    assert pressed(stranger, "/?fandom=les-miserables&ask=freeform:fluff") == "/?freeform=fluff"


def test_what_is_beyond_the_sidebar_is_one_chip_of_text(stranger: Client, works: None) -> None:
    address = pressed(stranger, "/?q=(words>8000 OR freeform:angst)")
    page = shown(stranger, address)
    assert sorted(titles(page)) == ["One", "Three"]
    assert 'name="also-typed"' in page
    changed = pressed(stranger, address + "&also-typed=(words>8000 OR freeform:fluff)")
    assert sorted(titles(shown(stranger, changed))) == ["One", "Two"]
    assert pressed(stranger, address + "&drop=also:x") == "/?"


def test_a_mistake_is_explained_and_the_text_stays_in_its_box(stranger: Client, works: None) -> None:
    typed = "fandom:les-miserables words>many"
    page = shown(stranger, f"/?q={typed}")
    assert sorted(titles(page)) == ["One", "Two"]
    assert '<p class="line">' in page
    assert f'name="q" value="{typed.replace(">", "&gt;")}"' in page


@pytest.mark.parametrize(
    "typed",
    ['"', "(", ")", "OR", "NOT", "-", "a OR", "fandom:", "x:y", "(((((", "words>", "\\", "sort:", "*", "a" * 900],
)
@pytest.mark.parametrize("box", ["q", "ask", "also-typed"])
def test_no_typed_question_errs(stranger: Client, works: None, box: str, typed: str) -> None:
    response = stranger.get("/", {box: typed}, follow=True)
    assert response.status_code == 200
    assert response.content.count(b"<h1") == 1


@pytest.mark.parametrize(
    "address", ["https://archiveofourown.org/works/123/chapters/9#x", "archiveofourown.org/works/123"]
)
def test_an_address_that_is_pasted_opens_our_copy(stranger: Client, works: None, address: str) -> None:
    number = shelve(title="Here", source="archiveofourown.org", source_id="123")
    assert stranger.get("/", {"q": address})["Location"] == f"/works/{number}/"


def test_an_address_of_which_there_is_no_copy_says_so(stranger: Client, works: None) -> None:
    page = shown(stranger, "/?q=https://archiveofourown.org/works/9&fandom=les-miserables")
    assert "No work on your shelf has that address." in page
    assert 'value="https://archiveofourown.org/works/9"' in page
    assert sorted(titles(page)) == ["One", "Two"]


def test_chance_is_shuffled_once_and_again_when_asked(stranger: Client, works: None) -> None:
    address = pressed(stranger, "/?sort=random")
    assert re.fullmatch(r"/\?sort=random&seed=\d+", address)
    page = shown(stranger, address)
    assert titles(page) == titles(shown(stranger, address))
    assert 'name="set" value="sort:random">shuffle again' in page


def test_addresses_of_works_keep_the_order_of_the_question(stranger: Client, works: None) -> None:
    lives("One", "https://example.org/One")
    lives("Three", "https://example.org/Three")
    told = stranger.get("/addresses.txt?sort=words")
    assert b"".join(told.streaming_content) == b"https://example.org/One\nhttps://example.org/Three\n"


def test_an_address_that_is_none_is_not_told(stranger: Client, works: None) -> None:
    lives("One", "https://example.org/a\nb")
    lives("Two", "javascript:alert(1)")
    assert b"".join(stranger.get("/addresses.txt").streaming_content) == b""


def test_an_order_that_was_chosen_on_a_series_page_stays_when_more_is_typed(stranger: Client, works: None) -> None:
    shelve(title="Four", words=9000, series=(ParsedSeries("Low Water", 1),))
    page = f"/series/{Series.everything.get().pk}/"
    assert pressed(stranger, f"{page}?sort=updated&q=words>500") == f"{page}?words=501-&sort=updated"
    assert pressed(stranger, f"{page}?q=words>500 sort:updated") == f"{page}?words=501-&sort=updated"
    assert pressed(stranger, f"{page}?q=words>500 sort:part") == f"{page}?words=501-"
    assert (
        pressed(stranger, f"{page}?words=501-&sort=updated&ask=words>500 sort:updated")
        == f"{page}?words=501-&sort=updated"
    )


def test_a_lone_operator_is_a_word(stranger: Client, works: None) -> None:
    page = shown(stranger, "/?q=OR")
    assert "needs something" not in page
    assert 'value="OR"' in page


def test_what_is_beyond_the_sidebar_is_said_in_words_on_its_chip(stranger: Client, works: None) -> None:
    address = pressed(stranger, "/?q=(fandom:les-miserables AND complete:yes) OR (freeform:angst AND words>500)")
    page = shown(stranger, address)
    assert sorted(titles(page)) == ["One", "Three"]
    [chip] = re.findall(r'<summary title="(either [^"]*)"><bdi class="brief">either ', page)
    assert "either in Les Misérables or with Angst" in chip
    assert "either complete or of at least 501 words" in chip


def test_words_of_title_and_text_are_asked_for_in_boxes_of_their_own(stranger: Client, works: None) -> None:
    page = shown(stranger, "/")
    assert 'name="name-title"' in page
    assert 'name="name-text"' in page
    assert pressed(stranger, "/?at=&name-title=thr*&names=title") == "/?title=thr%2A#side-title"
    assert titles(shown(stranger, "/?title=thr*")) == ["Three"]


def test_a_chosen_value_that_is_too_rare_for_its_facet_has_its_count_all_the_same(
    stranger: Client, works: None
) -> None:
    for number in range(12):
        shelve(title=f"Two of {number}", fandoms=(f"Common {number}",))
        shelve(title=f"More of {number}", fandoms=(f"Common {number}",))
    page = shown(stranger, "/?fandom.any=common-3&fandom.any=harbour-lights")
    assert '<bdi>Harbour Lights</bdi></button><span class="n">1</span>' in page
