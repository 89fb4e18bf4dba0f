"""A tag's page: what the tag is, what hangs together with it, and nothing that this reader may not know."""

import re

import pytest
from django.test import Client

from archive import wrangling
from archive.browse import FIELDS, TAGS
from archive.models import Tag
from tests.cast import CAST, enter
from tests.shelving import shelve

pytestmark = pytest.mark.django_db

NEVER = {"warnings": ("Underage Sex",)}


def tag(name: str) -> Tag:
    return Tag.everything.get(name=name)


def about(client: Client, address: str) -> dict[str, str]:
    page = client.get(address).content.decode()
    lines = re.findall(r"<div><dt>(.*?)</dt><dd>(.*?)</dd></div>", page, re.DOTALL)
    return {plain(term): plain(told) for term, told in lines}


def plain(markup: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", "", markup).split())


def test_a_tag_tells_its_synonyms_parents_children_and_companions() -> None:
    shelve(title="One", freeforms=("Romance", "Angst"), fandoms=("Fog",))
    shelve(title="Two", freeforms=("Slow Burn", "Angst"), fandoms=("Fog",))
    shelve(title="Three", freeforms=("Slowburn", "Pining"))
    shelve(title="Four", freeforms=("Feelings",))
    wrangling.make_synonym(tag("Slowburn"), tag("Slow Burn"))
    wrangling.set_metatag(tag("Slow Burn"), tag("Romance"))
    wrangling.set_metatag(tag("Romance"), tag("Feelings"))
    client = enter("stranger")
    slow = about(client, "/tags/freeform/slow-burn/")
    assert slow == {
        "Also written": "Slowburn",
        "Part of": "Romance",
        "Often with Fandoms": "Fog 1",
        "Often with Additional Tags": "Angst 1, Pining 1",
    }
    romance = about(client, "/tags/freeform/romance/")
    assert romance["Part of"] == "Feelings"
    assert romance["Holds"] == "Slow Burn 2"


def test_a_tag_says_nothing_more_while_more_is_asked() -> None:
    shelve(title="One", freeforms=("Slow Burn", "Angst"))
    client = enter("stranger")
    assert about(client, "/tags/freeform/slow-burn/")
    assert about(client, "/tags/freeform/slow-burn/?freeform=angst") == {}


@pytest.mark.parametrize("role", CAST)
def test_kin_that_only_hidden_works_carry_is_not_named(role: str) -> None:
    shelve(title="One", freeforms=("Romance",))
    shelve(title="Two", freeforms=("Secret Spelling", "Secret Child", "Secret Friend"), **NEVER)
    wrangling.make_synonym(tag("Secret Spelling"), tag("Romance"))
    wrangling.set_metatag(tag("Secret Child"), tag("Romance"))
    page = enter(role).get("/tags/freeform/romance/")
    assert page.status_code == 200
    assert "Secret" not in page.content.decode()


def test_a_child_is_named_through_what_stands_below_it() -> None:
    shelve(title="One", freeforms=("Low",))
    shelve(title="Two", freeforms=("Top",))
    wrangling.tags_of([("freeform", "Middle")])
    wrangling.set_metatag(tag("Low"), tag("Middle"))
    wrangling.set_metatag(tag("Middle"), tag("Top"))
    assert about(enter("stranger"), "/tags/freeform/top/")["Holds"] == "Middle 1"


@pytest.mark.parametrize("role", CAST)
def test_a_merged_tag_leads_on_only_while_a_listed_work_carries_it_by_itself(role: str) -> None:
    shelve(title="One", freeforms=("Lanterns",))
    shelve(title="Two", freeforms=("Guessed Name",), **NEVER)
    shelve(title="Three", freeforms=("Lamps",))
    wrangling.make_synonym(tag("Guessed Name"), tag("Lanterns"))
    wrangling.make_synonym(tag("Lamps"), tag("Lanterns"))
    client = enter(role)
    assert client.get("/tags/freeform/lamps/")["Location"] == "/tags/freeform/lanterns/?"
    guessed, nowhere = client.get("/tags/freeform/guessed-name/"), client.get("/tags/freeform/never-was/")
    assert guessed.status_code == nowhere.status_code == 404
    assert plain(guessed.content.decode()) == plain(nowhere.content.decode())


@pytest.mark.parametrize("kind", [*FIELDS, "nothing"])
def test_no_other_field_has_pages_among_the_tags(kind: str) -> None:
    shelve(title="One")
    client = enter("stranger")
    for value in ("nothing", "12", "general"):
        assert kind in TAGS or client.get(f"/tags/{kind}/{value}/").status_code == 404
