"""Hidden works leave no trace: pages are the same, to the letter, whether there are any or not."""

import re
from itertools import cycle
from pathlib import Path
from urllib.parse import urlencode

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pyroaring import BitMap

from archive import wrangling
from archive.browse import CLOSED, SORTS
from archive.index import building
from archive.index.part import Part
from archive.index.state import State
from archive.models import Author, Series, Tag, Work
from archive.parsed import ParsedSeries
from archive.search import following
from archive.vocabulary import TagKind
from tests.cast import CAST, enter
from tests.leaks.readers import ASKERS
from tests.leaks.works import stock
from tests.shelving import shelve

pytestmark = pytest.mark.django_db

SHARED = ("quillfeather", "saltmarsh")


def questions() -> list[str]:
    """Every order, every closed value in one mode or another, searches that find nothing, pages beyond the last."""
    asked = [
        {"sort": sort, "order": order, "seed": "7"} for sort, order in zip(SORTS, cycle(("asc", "desc")), strict=False)
    ]
    for field, values in CLOSED.items():
        asked += [{field + mode: value} for value, mode in zip(values, cycle(("", ".any", ".not")), strict=False)]
    asked += [{"fandom": "harbour-lights", "q": "nothing of the sort"}, {"page": "2"}, {"page": "99"}]
    asked += [{"freeform": "fog", "rating": "teen"}, {"character": "ada", "freeform.not": "fog"}, {"words": "1-"}]
    asked += [{"fandom": "harbour-lights", "author": "saltmarsh"}, {"language": "en"}, {"language.not": "fr"}]
    return ["/?" + urlencode(one) for one in asked] + [
        "/tags/fandom/harbour-lights/",
        "/tags/freeform/fog/",
        "/authors/quillfeather/",
        f"/series/{Series.everything.get(title='Low Water').pk}/",
        "/feed/?freeform=fog",
        "/agreement/",
    ]


def common(number: int, **stated: object) -> int:
    """A work that shares tags, author and series with all others."""
    return shelve(
        **{
            "title": f"Common {number:02}",
            "authors": SHARED[: 1 + number % 2],
            "fandoms": ("Harbour Lights",),
            "characters": ("Ada",),
            "freeforms": ("Fog",) if number % 3 else ("Rain",),
            "series": (ParsedSeries("Low Water", number),),
            "language": "en",
            "body": f"<p>{'Words of a work. ' * (number + 1)}</p>",
            **stated,
        }
    )


def everything(client: Client) -> dict[str, tuple[int, str]]:
    found = {}
    for question in questions():
        response = client.get(question)
        found[question] = (response.status_code, alike(response.content.decode()))
    return found


def alike(page: str) -> str:
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"', "", page)


HIDDEN_FROM_TEENS = {"ratings": ("Explicit",)}
NEVER = {"warnings": ("Underage Sex",)}


@pytest.mark.parametrize("role", [*CAST, "willing stranger", "on the sofa", "barred"])
def test_no_page_is_another_for_hidden_works(role: str) -> None:
    """Held works are hidden from all; adult ones from all who have not agreed, in lists; what is for members only from
    strangers; a tag from whom a keeper keeps it."""
    for number in range(23):
        common(number)
    asker = ASKERS[role]
    client = asker.come_in([])
    before = everything(client)
    assert [status for status, _ in before.values()] == [200] * len(before)
    for number in range(23, 33):
        common(number, **NEVER)
        if asker.bounded or not asker.agreed:
            common(number + 20, **HIDDEN_FROM_TEENS, freeforms=("Fog", "Rain", "Storm"))
        if asker.stranger:
            common(number + 40, extra={"Restricted": "Yes"})
        if asker.barred:
            common(number + 60, freeforms=("Fog", "freeform-barred"))
    assert Work.everything.count() > 23
    assert everything(client) == before


@pytest.mark.parametrize("role", CAST)
def test_a_tag_author_or_series_that_only_hidden_works_have_costs_and_says_what_nothing_does(role: str) -> None:
    works = stock()
    client = enter(role)
    client.get("/authors/warm-up/")
    for work in works:
        if work.on_shelf(role):
            continue
        for name, nowhere in (
            ("tag", {"kind": "fandom", "slug": f"nothing-like-{work.name}"}),
            ("author", {"slug": f"nobody-like-{work.name}"}),
            ("series", {"number": 10**6 + work.pk}),
        ):
            hidden = told(client, reverse(name, kwargs=work.addresses(name)))
            assert hidden == told(client, reverse(name, kwargs=nowhere))


@pytest.mark.parametrize("indexed", [False, True], ids=["plain", "indexed"])
def test_a_hidden_tag_costs_the_same_whatever_hangs_on_it(
    indexed: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A synonym, subtags of several levels and a metatag, none of which any reader may know of."""
    common(1)
    common(2, **NEVER, freeforms=("Unseen", "Unseen as well", "Unseen below", "Unseen deep below", "Unseen above"))
    tags = {key: Tag.everything.get(kind="freeform", key=key) for key in ("unseen", "unseen as well", "unseen below")}
    deep, above = Tag.everything.get(key="unseen deep below"), Tag.everything.get(key="unseen above")
    wrangling.make_synonym(tags["unseen"], tags["unseen as well"])
    for tag, metatag in ((tags["unseen below"], tags["unseen"]), (deep, tags["unseen below"]), (tags["unseen"], above)):
        wrangling.set_metatag(tag, metatag)
    building.snapshot(tmp_path / "1")
    state = State(Part.open(tmp_path / "1"), BitMap(), building.part([])) if indexed else None
    monkeypatch.setattr("archive.index.current.state", lambda: state)
    client = enter("agreed")
    client.get("/tags/freeform/warm-up/")
    client.get("/?freeform=warm-up")  # counts the whole library, for a moment
    client.get("/?freeform.not=warm-up")  # what the values of facets are called is kept
    for slug in ("unseen", "unseen-as-well", "unseen-below", "unseen-deep-below", "unseen-above"):
        for address in ("/tags/freeform/{}/", "/?freeform={}", "/?freeform.not={}", "/?tag={}"):
            hidden = told(client, address.format(slug))
            missing = told(client, address.format(f"nothing-like-{slug}"))
            assert hidden[0] == missing[0]
            assert len(hidden[3]) == len(missing[3])


@pytest.mark.parametrize("address", ["/suggest/?q={}", "/suggest/?kind=author&q={}", "/?text={}", "/?text.not={}"])
def test_words_that_only_hidden_works_have_cost_what_no_words_do(address: str) -> None:
    shelve(title="Shown")
    shelve(
        title="Not shown", authors=("Kittiwake",), freeforms=("Kittiwakes",), body="<p>A kittiwake cried.</p>", **NEVER
    )
    following.follow()
    client = enter("agreed")
    client.get("/?freeform=warm-up")
    hidden, missing = (told(client, address.format(word)) for word in ("kittiwake", "kittiwaul"))
    assert hidden[1].replace("kittiwake", "") == missing[1].replace("kittiwaul", "")
    assert len(hidden[3]) == len(missing[3])


@pytest.mark.parametrize("role", CAST)
def test_a_hidden_work_costs_and_says_what_no_work_does(role: str) -> None:
    hidden = [work for work in stock() if work.verdict(role).value == "hidden"]
    client = enter(role)
    client.get("/works/1/")
    assert hidden
    for work in hidden:
        for tail in ("", "all/", "chapters/1/", "chapters/2/", "chapters/99/"):
            assert told(client, f"/works/{work.pk}/{tail}") == told(client, f"/works/{10**9}/{tail}")
        hidden_answer = client.post(f"/works/{work.pk}/agree/", {"stakes": "x", "next": "/"})
        no_answer = client.post(f"/works/{10**9}/agree/", {"stakes": "x", "next": "/"})
        assert hidden_answer.status_code == no_answer.status_code == 404


def told(client: Client, address: str) -> tuple[int, str, dict[str, str], list[str]]:
    """All that an answer tells: status, page and headers but for the address asked for, and the questions it cost."""
    with CaptureQueriesContext(connection) as cost:
        response = client.get(address)
    page = re.sub(r'(?:value|href|action)="[^"]*"', "", alike(response.content.decode()))
    headers = {name: value for name, value in response.headers.items() if name != "Content-Length"}
    return response.status_code, page, headers, [re.sub(r"'[^']*'|\d+", "?", one["sql"]) for one in cost]


@pytest.mark.parametrize("kind", list(TagKind))
def test_the_name_of_a_tag_is_said_only_when_a_listed_work_carries_it_in_some_spelling(kind: TagKind) -> None:
    plural = f"{kind.value}s"
    shelve(title="Shown", **{plural: ("Small Hours",)})
    shelve(title="Not shown", **NEVER, **{plural: ("wee hours", "Never Named")})
    reader = enter("agreed")
    assert "Never Named" not in reader.get(f"/?{kind.value}=never-named").content.decode()
    with_slug = Tag.everything.get(kind=kind, key="small hours")
    wrangling.make_synonym(with_slug, Tag.everything.get(kind=kind, key="wee hours"))
    page = reader.get(f"/?{kind.value}=wee-hours").content.decode()
    assert "<bdi>wee hours</bdi>" in page
    assert "<bdi>wee-hours</bdi>" not in page


def test_the_shared_things_are_really_shared() -> None:
    """What the first test compares would say nothing if hidden works had no part in it."""
    common(1)
    common(2, **NEVER)
    assert Author.everything.count() == 2
    assert Series.everything.get().title == "Low Water"
    assert Tag.everything.get(key="harbour lights")
