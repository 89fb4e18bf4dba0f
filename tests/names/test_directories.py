"""Directories from A to Z: every name that a listed work stands under, with its count, and no other."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from archive import catalogue, wrangling
from archive.access import Reader
from archive.index.sections import SECTIONS, starts_of
from archive.models import SitePolicy, Tag
from archive.names.columns import Column
from archive.parsed import ParsedSeries
from archive.vocabulary import Rating
from tests.cast import CAST, enter
from tests.leaks.works import stock
from tests.shelving import bring, parsed, shelve

pytestmark = pytest.mark.django_db

ENTRY = re.compile(r'<li><a href="([^"]*)" dir="auto">([^<]*)</a> <span class="n">([\d,]+)<')
PLACES = {
    "fandom": "/tags/fandom/",
    "relationship": "/tags/relationship/",
    "character": "/tags/character/",
    "freeform": "/tags/freeform/",
    "author": "/authors/",
    "series": "/series/",
}
GROWN = Reader(welcome=True, ceiling=Rating.EXPLICIT, adult=True)


def names(client: Client, address: str) -> list[tuple[str, int]]:
    response = client.get(address)
    assert response.status_code == 200, address
    return [(name, int(count)) for _, name, count in ENTRY.findall(response.content.decode())]


def alike(client: Client, address: str) -> str:
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"', "", client.get(address).content.decode())


def tag(name: str) -> Tag:
    return Tag.everything.get(name=name)


def test_names_stand_from_a_to_z_or_most_used_first() -> None:
    shelve(title="One", freeforms=("Óne", "two", "3rd", "Лес", "Zebra"))
    shelve(title="Two", freeforms=("Two",))
    client = enter("stranger")
    expected = [("3rd", 1), ("Óne", 1), ("two", 2), ("Zebra", 1), ("Лес", 1)]
    assert names(client, "/tags/freeform/") == expected
    assert names(client, "/tags/freeform/?order=count")[0] == ("two", 2)
    assert names(client, "/tags/freeform/?letter=o") == [("Óne", 1)]
    assert names(client, "/tags/freeform/?letter=0") == [("3rd", 1)]
    assert names(client, "/tags/freeform/?letter=other") == [("Лес", 1)]
    assert names(client, "/tags/freeform/?letter=nothing") == expected


def test_typed_letters_narrow_a_directory() -> None:
    shelve(freeforms=("Slow Burn", "Burning", "Sunburn", "Fog"))
    client = enter("stranger")
    assert [name for name, _ in names(client, "/tags/freeform/?q=bu")] == ["Burning", "Slow Burn"]
    assert [name for name, _ in names(client, "/tags/freeform/?q=BÚRN&letter=f")] == ["Burning", "Slow Burn", "Sunburn"]
    for odd in ("%25", "_", "%00", "'", "x" * 3000):
        assert names(client, f"/tags/freeform/?q={odd}&page=99999999&letter={odd}") in (
            [],
            names(client, "/tags/freeform/"),
        )


def test_synonyms_are_counted_with_their_canonical_and_have_no_line_of_their_own() -> None:
    shelve(title="One", freeforms=("Slow Burn", "Slowburn"))
    shelve(title="Two", freeforms=("slowburn",))
    shelve(title="Three", freeforms=("Glacial",))
    wrangling.make_synonym(tag("Slowburn"), tag("Slow Burn"))
    romance = wrangling.tags_of([("freeform", "Romance")])
    wrangling.set_metatag(tag("Slow Burn"), Tag.everything.get(pk=romance["freeform", "romance"]))
    wrangling.set_metatag(tag("Glacial"), tag("Slow Burn"))
    assert names(enter("stranger"), "/tags/freeform/") == [("Glacial", 1), ("Romance", 3), ("Slow Burn", 3)]


def test_a_directory_has_pages_and_letters_when_it_is_long() -> None:
    shelve(freeforms=tuple(f"{letter}{number:02}" for letter in "abm" for number in range(50)))
    client = enter("stranger")
    assert len(names(client, "/tags/freeform/")) == 100
    assert [name for name, _ in names(client, "/tags/freeform/?page=2")] == [f"m{number:02}" for number in range(50)]
    assert names(client, "/tags/freeform/?page=77") == names(client, "/tags/freeform/?page=2")
    page = client.get("/tags/freeform/").content.decode()
    assert '<a href="?letter=m">M</a>' in page
    assert "<span>Q</span>" in page
    assert 'href="?page=2"' in page


def test_languages_lead_to_their_works() -> None:
    shelve(title="One", language="Français")
    shelve(title="Two", language="English")
    shelve(title="Three", language="English")
    shelve(title="Four", language="")
    client = enter("stranger")
    assert names(client, "/languages/") == [("English", 2), ("Français", 1), ("Not stated", 1)]
    for address, name, count in ENTRY.findall(client.get("/languages/?order=count").content.decode()):
        assert f"<b>{count}" in client.get(address).content.decode(), name


def test_every_name_leads_to_its_page_which_counts_the_same() -> None:
    for number in range(3):
        shelve(
            title=f"Work {number}",
            authors=("quillfeather", f"author {number}"),
            fandoms=("Fog & Sea", f"Fandom {number}"),
            series=(ParsedSeries("Low Water", number),),
        )
    client = enter("stranger")
    for place in PLACES.values():
        for address, name, count in ENTRY.findall(client.get(place).content.decode()):
            page = client.get(address).content.decode()
            assert f"<b>{count} work" in page or f"<b>{count}</b>" in page, name


@pytest.mark.parametrize("role", CAST)
@pytest.mark.parametrize("kind", PLACES)
def test_a_name_that_only_hidden_works_have_stands_in_no_directory(role: str, kind: str) -> None:
    works = stock()
    client = enter(role)
    for address in (PLACES[kind], f"{PLACES[kind]}?order=count", f"{PLACES[kind]}?q={kind}"):
        found = dict(names(client, address))
        assert found == {f"{kind}-{work.name}": 1 for work in works if work.on_shelf(role)}


def test_a_directory_is_the_same_to_the_letter_whether_works_are_hidden_or_not() -> None:
    shelve(title="One", authors=("quillfeather",), freeforms=("Fog", "Rain"), series=(ParsedSeries("Low Water", 1),))
    places = [
        f"{place}{question}" for place in (*PLACES.values(), "/languages/") for question in ("", "?order=count", "?q=a")
    ]
    client = enter("adult")
    before = [alike(client, place) for place in places]
    hidden = {"authors": ("quillfeather", "nobody"), "freeforms": ("Fog", "Gale"), "language": "Deutsch"}
    shelve(title="Two", warnings=("Underage Sex",), series=(ParsedSeries("Low Water", 2),), **hidden)
    shelve(title="Three", ratings=("Explicit",), fandoms=("Aaa",), **hidden)
    assert [alike(client, place) for place in places] == before


def test_a_blocked_tag_and_what_only_its_works_carry_stand_in_no_directory() -> None:
    shelve(title="One", freeforms=("Spiders", "Cellars"))
    shelve(title="Two", freeforms=("Fog",))
    SitePolicy.everything.update(blocked_tags=["spiders"])
    assert names(enter("agreed"), "/tags/freeform/") == [("Fog", 1)]


def test_what_is_no_kind_has_no_directory() -> None:
    client = enter("stranger")
    assert client.get("/tags/rating/").status_code == 404
    assert client.get("/tags/author/").status_code == 404


@pytest.mark.parametrize("typed", ["%00", "a%00b", "%", "_", "%5C", "%27", "%ED%A0%80", "%E2%80%AE"])
def test_whatever_is_typed_narrows_a_directory_or_empties_it(typed: str) -> None:
    shelve(fandoms=("Fog",))
    assert enter("stranger").get(f"/tags/fandom/?q={typed}").status_code == 200


def test_a_reader_who_is_not_let_in_finds_empty_directories() -> None:
    shelve(fandoms=("Fog",))
    assert catalogue.directory(Reader(), "fandom").entries == ()
    assert catalogue.directory(GROWN, "fandom").entries


@pytest.mark.parametrize(
    "address", [*PLACES.values(), "/languages/", "/suggest/?q=t", "/tags/freeform/?q=t&order=count"]
)
def test_fifty_names_cost_no_more_queries_than_five(address: str) -> None:
    asked = []
    for first, last in ((0, 5), (5, 50)):
        bring(
            *(
                parsed(title=f"Work {number}", authors=(f"author {number}",), freeforms=(f"Tag {number}",))
                for number in range(first, last)
            )
        )
        with CaptureQueriesContext(connection) as queries:
            assert Client().get(address).status_code == 200
        asked.append(len(queries))
    assert asked[0] == asked[1]


def test_sections_begin_where_their_letters_do() -> None:
    keys = sorted(["'tis", "9", "a", "ab", "b", "z", "~", "ñ", "лес"])
    starts = starts_of(keys)
    found = {section: keys[starts[at] : starts[at + 1]] for at, section in enumerate(SECTIONS)}
    assert {section: names for section, names in found.items() if names} == {
        "0": ["'tis", "9"], "a": ["a", "ab"], "b": ["b"], "z": ["z"], "other": ["~", "ñ", "лес"],
    }  # fmt: skip
    assert Column.of([]).places("", None, by_count=True).tolist() == []
