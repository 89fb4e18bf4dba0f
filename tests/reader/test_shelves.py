"""The browse page and the pages of tags, authors and series."""

import re
from datetime import date
from urllib.parse import quote_plus

import pytest
from django.test import Client

from archive.models import Author, Series, SitePolicy, Tag
from archive.parsed import ParsedSeries
from archive.wrangling import make_synonym
from tests.shelving import shelve


def shown(client: Client, address: str = "/") -> str:
    response = client.get(address)
    assert response.status_code == 200, address
    return response.content.decode()


def pressed(client: Client, address: str) -> str:
    """Where a form leads that was submitted to this address."""
    response = client.get(address)
    assert response.status_code == 302, address
    location: str = response["Location"]
    return location


def titles(page: str) -> list[str]:
    return re.findall(r'<h2><a href="/works/\d+/"[^>]*>([^<]*)</a>', page)


def test_a_blurb_shows_what_is_stated(stranger: Client) -> None:
    work = shelve(
        title="The Lamplighter’s Ledger",
        authors=("quillfeather", "saltglass"),
        ratings=("Teen And Up Audiences",),
        categories=("F/M",),
        fandoms=("The Lighthouse Cycle",),
        relationships=("Ada Brook/Tom Hale",),
        characters=("Ada Brook",),
        freeforms=("Slow Burn",),
        series=(ParsedSeries("Low Water", 2),),
        language="English",
        summary="<p>Ada keeps the lamp.</p>",
        words=48210,
        chapters_posted=3,
        updated=date(2026, 10, 3),
    )
    page = shown(stranger)
    text = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))
    for said in (
        "The Lamplighter’s Ledger", "quillfeather", "saltglass", "The Lighthouse Cycle", "Ada Brook/Tom Hale",
        "Slow Burn", "Ada keeps the lamp.", "English", "48,210 words", "3/?", "3 Oct 2026", "Low Water",
        "Teen And Up Audiences", "No Archive Warnings Apply", "F/M",
    ):  # fmt: skip
        assert said in text, said
    assert f'href="/works/{work}/"' in page


def test_a_work_that_states_no_date_says_when_it_was_added(stranger: Client) -> None:
    shelve()
    assert re.search(r"Added <time", shown(stranger))


@pytest.mark.parametrize(
    "question",
    [
        "q=lamp",
        "q=%00",
        'q="*%27%27;DROP',
        "q=NEAR(",
        "q=%25_%25",
        "fandom=nothing",
        "fandom=%00",
        "rating=pink",
        "rating.not=explicit",
        "warning.any=death&warning.any=violence",
        "words=x",
        "words=5-1",
        "words=99999999999999999999-",
        "words-from=1000",
        "sort=id;--",
        "page=-1",
        "page=99999999999999999999",
        "page=x",
        "language=xx",
        "complete=yes",
        "series=99999999999999999999",
        "author=nobody",
        "fandom=" + "x" * 3000,
        "&".join(f"fandom=x{number}" for number in range(200)),
    ],
)
def test_no_question_makes_the_shelf_err(stranger: Client, question: str) -> None:
    shelve()
    response = stranger.get(f"/?{question}", follow=True)
    assert response.status_code == 200
    assert response.content.count(b"<h1") == 1


def test_a_form_that_was_submitted_leads_to_a_tidy_address(stranger: Client) -> None:
    assert stranger.get("/?q=&words-from=100&words-to=")["Location"] == "/?words=100-"


def test_facets_include_and_exclude_by_buttons(stranger: Client) -> None:
    shelve(title="One", freeforms=("Slow Burn",))
    shelve(title="Two", freeforms=("Fluff",))
    page = shown(stranger)
    assert 'name="put" value="freeform:fluff"' in page
    assert 'name="put" value="freeform.not:fluff"' in page
    assert titles(shown(stranger, pressed(stranger, "/?put=freeform:fluff"))) == ["Two"]
    assert titles(shown(stranger, pressed(stranger, "/?put=freeform.not:fluff"))) == ["One"]


def test_several_tags_bind_as_all_of_or_any_of(stranger: Client) -> None:
    shelve(title="One", freeforms=("Slow Burn", "Fluff"))
    shelve(title="Two", freeforms=("Fluff",))
    both = shown(stranger, "/?freeform=fluff&freeform=slow-burn")
    assert titles(both) == ["One"]
    assert '<button name="bind" value="freeform:any">Any may</button>' in both
    either = pressed(stranger, "/?freeform=fluff&freeform=slow-burn&bind=freeform:any")
    assert sorted(titles(shown(stranger, either))) == ["One", "Two"]


def test_a_third_tag_joins_those_that_bind_as_any_of(stranger: Client) -> None:
    shelve(title="One", freeforms=("Slow Burn", "Fluff", "Angst"))
    address = pressed(stranger, "/?freeform.any=fluff&freeform.any=slow-burn&put=freeform:angst")
    assert address == "/?freeform.any=fluff&freeform.any=slow-burn&freeform.any=angst"


def test_the_heading_says_the_question(stranger: Client) -> None:
    shelve(fandoms=("The Lighthouse Cycle",))
    [heading] = re.findall(r"<h1[^>]*>(.*?)</h1>", shown(stranger, "/?fandom=the-lighthouse-cycle"), re.DOTALL)
    assert re.sub(r"<[^>]+>", "", heading).split() == ["1", "work", "in", "The", "Lighthouse", "Cycle"]


def test_an_empty_answer_offers_what_to_drop(stranger: Client) -> None:
    shelve(title="One", freeforms=("Fluff",), complete=False)
    page = shown(stranger, "/?freeform=fluff&complete=yes")
    assert "No work matches." in page
    assert 'href="?freeform=fluff"' in page


def test_the_order_is_turned_round_by_a_button(stranger: Client) -> None:
    shelve(title="Long", words=9000)
    shelve(title="Short", words=90)
    page = shown(stranger, "/?sort=words")
    assert titles(page) == ["Long", "Short"]
    assert re.findall(r'class="runs" name="set" value="order:(\w+)"[^>]*>([^<]+?) <', page) == [
        ("asc", "longest first")
    ]
    assert titles(shown(stranger, pressed(stranger, "/?sort=words&set=order:asc"))) == ["Short", "Long"]


def test_a_facet_shows_more_of_its_values_when_asked(stranger: Client) -> None:
    shelve(freeforms=tuple(f"Tag {number}" for number in range(30)))
    page = shown(stranger)
    assert page.count('value="freeform:tag-') == 10
    assert ">More<" in page
    assert 'name="set" value="more:freeform"' in page
    assert shown(stranger, pressed(stranger, "/?set=more:freeform")).count('value="freeform:tag-') == 30


def test_a_facet_with_many_synonyms_shows_more_as_well(stranger: Client) -> None:
    shelve(title="One", freeforms=("Slowburn", *(f"Tag {number}" for number in range(30))))
    shelve(title="Two", freeforms=("Slow Burn",))
    synonym, canonical = (Tag.everything.get(name=name) for name in ("Slowburn", "Slow Burn"))
    make_synonym(synonym, canonical)
    assert shown(stranger, "/?more=freeform").count('value="freeform:') == 31


def test_an_empty_shelf_tells_its_keeper_how_to_fill_it(stranger: Client, keeper: Client) -> None:
    assert "import_works" in shown(keeper)
    assert "import_works" not in shown(stranger)


def test_pages_of_a_long_shelf(stranger: Client) -> None:
    for number in range(25):
        shelve(title=f"Work {number:02}")
    first, second = shown(stranger, "/?sort=title"), shown(stranger, "/?sort=title&page=2")
    assert titles(first) + titles(second) == [f"Work {number:02}" for number in range(25)]
    assert 'rel="next"' in first
    assert 'rel="prev"' in second
    assert 'rel="next"' not in second


def test_searching_within_a_question_keeps_the_question(stranger: Client) -> None:
    shelve(freeforms=("Fluff",))
    page = shown(stranger, "/?freeform=fluff&page=1")
    assert '<input type="hidden" name="freeform" value="fluff">' in page


def test_a_tag_has_a_page_and_its_filters_stay_on_it(stranger: Client) -> None:
    shelve(title="One", fandoms=("The Lighthouse Cycle",), freeforms=("Fluff",))
    shelve(title="Two", fandoms=("The Lighthouse Cycle",))
    page = shown(stranger, "/tags/fandom/the-lighthouse-cycle/")
    assert "<bdi>The Lighthouse Cycle</bdi></h1>" in page
    address = pressed(stranger, "/tags/fandom/the-lighthouse-cycle/?put=freeform:fluff")
    assert 'action="/tags/fandom/the-lighthouse-cycle/#filters"' in page
    assert titles(shown(stranger, address)) == ["One"]


def test_a_merged_tag_leads_to_where_it_has_gone(stranger: Client) -> None:
    shelve(title="One", fandoms=("The Lighthouse Cycle",))
    shelve(title="Two", fandoms=("Lighthouse",))
    synonym, canonical = (Tag.everything.get(name=name) for name in ("Lighthouse", "The Lighthouse Cycle"))
    make_synonym(synonym, canonical)
    address = stranger.get("/tags/fandom/lighthouse/?complete=yes")["Location"]
    assert address == "/tags/fandom/the-lighthouse-cycle/?complete=yes"
    assert sorted(titles(shown(stranger, "/tags/fandom/the-lighthouse-cycle/"))) == ["One", "Two"]


def test_an_author_has_a_page(stranger: Client) -> None:
    shelve(title="One", authors=("Inês Duarte",))
    shelve(title="Two", authors=("saltglass",))
    assert titles(shown(stranger, f"/authors/{Author.everything.get(name='Inês Duarte').slug}/")) == ["One"]


def test_a_series_is_listed_in_its_own_order(stranger: Client) -> None:
    shelve(title="Second", series=(ParsedSeries("Low Water", 2),))
    shelve(title="First", series=(ParsedSeries("Low Water", 1),))
    assert titles(shown(stranger, f"/series/{Series.everything.get().pk}/")) == ["First", "Second"]


def test_a_series_can_be_put_in_another_order(stranger: Client) -> None:
    shelve(title="Second", series=(ParsedSeries("Low Water", 2),), updated=date(2026, 1, 1))
    shelve(title="First", series=(ParsedSeries("Low Water", 1),), updated=date(2025, 1, 1))
    address = f"/series/{Series.everything.get().pk}/"
    assert 'name="set" value="sort:updated"' in shown(stranger, address)
    assert titles(shown(stranger, pressed(stranger, f"{address}?set=sort:updated"))) == ["Second", "First"]
    assert titles(shown(stranger, f"{address}?sort=title&order=desc")) == ["Second", "First"]


def test_what_a_page_stands_for_is_no_value_of_its_facets(stranger: Client) -> None:
    shelve(fandoms=("The Lighthouse Cycle", "Harbour Lights"))
    page = shown(stranger, "/tags/fandom/the-lighthouse-cycle/")
    assert 'value="fandom.not:harbour-lights"' in page
    assert "fandom.not:the-lighthouse-cycle" not in page
    assert 'name="drop"' not in page


@pytest.mark.parametrize(
    "address",
    [
        "/tags/fandom/nothing/",
        "/tags/colour/red/",
        "/tags/fandom/%00/",
        "/authors/nobody/",
        "/series/99999999999999999999/",
    ],
)
def test_what_is_not_there_is_not_found(stranger: Client, address: str) -> None:
    assert stranger.get(address).status_code == 404


def test_a_house_that_does_not_welcome_strangers_asks_them_to_sign_in(stranger: Client) -> None:
    SitePolicy.everything.update(strangers_welcome=False)
    assert stranger.get("/?q=lamp")["Location"] == "/login/?next=%2F%3Fq%3Dlamp"
    for directory in ("/tags/fandom/", "/authors/", "/series/", "/languages/"):
        assert stranger.get(f"{directory}?q=lamp")["Location"] == f"/login/?next={quote_plus(directory)}%3Fq%3Dlamp"
    assert stranger.get("/tags/nothing/").status_code == 404


def test_whatever_a_file_states_is_shown_as_text(stranger: Client) -> None:
    evil = '"><script>alert(1)</script>&amp;'
    shelve(
        title=evil, authors=(evil,), fandoms=(evil,), freeforms=(evil,), language=evil, ratings=("Teen",),
        warnings=(evil,), series=(ParsedSeries(evil, 1),),
    )  # fmt: skip
    for address in ("/", f"/?q={evil}", f"/?fandom={evil}"):
        page = stranger.get(address, follow=True).content.decode()
        assert "<script>alert" not in page
        assert '"><script' not in page


def test_pages_are_for_this_reader_alone(stranger: Client) -> None:
    response = stranger.get("/")
    assert response["Cache-Control"] == "private"
    assert "Cookie" in response["Vary"]


def test_looking_at_the_shelf_writes_nothing(stranger: Client) -> None:
    stranger.get("/")
    assert "carrel_session" not in stranger.cookies


def test_a_shelf_of_laden_works_stays_under_a_hundred_kilobytes(stranger: Client) -> None:
    for number in range(20):
        shelve(
            title=f"A title of the usual length, number {number}",
            fandoms=tuple(f"A Fandom of Some Length {number} {one}" for one in range(3)),
            relationships=tuple(f"Ada Brook/Somebody Else {number} {one}" for one in range(4)),
            characters=tuple(f"Somebody Else {number} {one}" for one in range(8)),
            freeforms=tuple(f"An Additional Tag {number} {one}" for one in range(40)),
            summary="<p>" + "A summary that goes on for quite a while. " * 60 + "</p>",
        )
    question = "/?words=1-&complete=not-stated&rating=general&warning=none&language=not-stated"
    assert len(titles(shown(stranger, question))) == 20
    assert len(stranger.get(question).content) < 102_400
