"""Suggestions while typing: what goes on as typed, most used first, and nothing that this reader may not know."""

import pytest
from django.test import Client

from archive import wrangling
from archive.index import compacting
from archive.index.matching import EXACT, STARTS, WITHIN, met
from archive.models import SitePolicy, Tag
from archive.parsed import ParsedSeries
from tests.cast import CAST, enter
from tests.leaks.works import stock
from tests.shelving import shelve

pytestmark = pytest.mark.django_db


def suggested(client: Client, typed: str, kind: str = "") -> list[tuple[str, int]]:
    response = client.get("/suggest/", {"kind": kind, "q": typed})
    assert response.status_code == 200
    assert response["Content-Type"] == "application/json"
    return [(one["name"], one["count"]) for one in response.json()]


def tag(name: str) -> Tag:
    return Tag.everything.get(name=name)


@pytest.mark.parametrize(
    ("key", "typed", "how"),
    [
        ("fog", "fog", EXACT),
        ("foghorns", "fog", STARTS),
        ("sea fog", "fog", STARTS),
        ("ada/tom", "tom", STARTS),
        ("ada/tom", "a/t", WITHIN),
        ("seafog", "fog", WITHIN),
        ("seafog and fog", "fog", STARTS),
        ("seafog", "fo", None),
        ("sea", "fog", None),
        ("/reader", "/r", STARTS),
        ("刀剣乱舞", "乱", STARTS),
        ("огонь", "го", None),
        ("нога и огонь", "ого", STARTS),
    ],
)
def test_letters_meet_a_name_whole_at_a_word_or_inside_one(key: str, typed: str, how: int | None) -> None:
    assert met(key, typed) == how


def test_the_most_used_comes_first_and_a_name_that_is_typed_whole_before_all() -> None:
    for _ in range(3):
        shelve(title=f"T{_}", source="test", source_id=f"a{_}", freeforms=("Foghorns", "Seafog"))
    for _ in range(2):
        shelve(title=f"U{_}", source="test", source_id=f"b{_}", freeforms=("Sea Fog",), fandoms=("Fogbound",))
    shelve(freeforms=("Fog",))
    client = enter("stranger")
    assert suggested(client, "FÓG", "freeform") == [("Fog", 1), ("Foghorns", 3), ("Sea Fog", 2), ("Seafog", 3)]
    assert suggested(client, "fog")[:3] == [("Fog", 1), ("Foghorns", 3), ("Fogbound", 2)]
    assert suggested(client, "fo", "fandom") == [("Fogbound", 2)]


def test_a_synonym_leads_to_its_canonical_and_counts_what_is_below() -> None:
    shelve(title="One", fandoms=("Les Mis",))
    shelve(title="Two", fandoms=("Les Misérables",))
    shelve(title="Three", fandoms=("Les Misérables (1998)",))
    wrangling.make_synonym(tag("Les Mis"), tag("Les Misérables"))
    wrangling.set_metatag(tag("Les Misérables (1998)"), tag("Les Misérables"))
    client = enter("stranger")
    assert suggested(client, "les mis", "fandom") == [("Les Misérables", 3), ("Les Misérables (1998)", 1)]
    assert client.get("/suggest/?q=les+mis").json()[0]["slug"] == "les-miserables"


def test_a_synonym_that_only_hidden_works_carry_leads_nowhere() -> None:
    shelve(title="One", fandoms=("Lanterns",))
    shelve(title="Two", fandoms=("Unheard Of",), warnings=("Underage Sex",))
    wrangling.make_synonym(tag("Unheard Of"), tag("Lanterns"))
    assert suggested(enter("agreed"), "unheard") == []


def test_authors_are_suggested_too() -> None:
    shelve(authors=("quillfeather",))
    assert suggested(enter("stranger"), "quill", "author") == [("quillfeather", 1)]


def test_series_are_suggested_in_their_own_box() -> None:
    shelve(series=(ParsedSeries("Low Water", 1),), source="test", source_id="1")
    shelve(
        series=(ParsedSeries("Low Water", 2), ParsedSeries("The Lowlands", 1)), source="test", source_id="2", title="T"
    )
    shelve(series=(ParsedSeries("Low Light", 1),), ratings=("Explicit",), source="test", source_id="3", title="U")
    client = enter("stranger")
    for _ in range(2):  # in plain SQL, then from the index
        assert suggested(client, "low", "series") == [("Low Water", 2), ("The Lowlands", 1)]
        assert suggested(client, "low") == []
        compacting.compact(wait=False)
    [first, _] = client.get("/suggest/?kind=series&q=low").json()
    assert client.get(f"/?series={first['slug']}").content.decode().count('class="blurb"') == 2


@pytest.mark.parametrize("role", CAST)
def test_only_what_a_listed_work_carries_is_suggested(role: str) -> None:
    works = stock()
    client = enter(role)
    for work in works:
        for kind in ("fandom", "relationship", "character", "freeform", "author"):
            for asked in (kind, ""):
                name = f"{kind}-{work.name}"
                expected = [(name, 1)] if work.on_shelf(role) else []
                assert [one for one in suggested(client, name, asked) if one[0] == name] == expected
    shown = sum(work.on_shelf(role) for work in works)
    assert len(suggested(client, "fandom-")) == min(10, shown)
    assert len(suggested(client, "andom-")) == min(10, shown)


def test_a_blocked_tag_is_never_suggested_nor_what_only_its_works_carry() -> None:
    shelve(freeforms=("Spiders", "Cellars"))
    SitePolicy.everything.update(blocked_tags=["spiders"])
    assert suggested(enter("agreed"), "spi") == suggested(enter("agreed_too"), "cel") == []


@pytest.mark.parametrize(
    "typed",
    [
        "",
        " ",
        "\0",
        "%",
        "_",
        "\\",
        "'",
        '"',
        "*",
        "x" * 5000,
        "\ud800".encode("utf-8", "surrogatepass").decode("latin-1"),
    ],
)
def test_whatever_is_typed_is_answered(typed: str) -> None:
    shelve(freeforms=("Fog",))
    assert suggested(enter("stranger"), typed) == []
    assert suggested(enter("teen"), "fog", "nothing of the sort") == []
