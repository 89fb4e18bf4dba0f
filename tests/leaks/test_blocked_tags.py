"""A blocked tag is never shown, however a file spells it and whatever a keeper does with it."""

import pytest
from django.test import Client

from archive import wrangling
from archive.models import SitePolicy, Tag
from reader.models import User
from tests.cast import CAST, enter
from tests.shelving import shelve

pytestmark = pytest.mark.django_db

SPELLINGS = [
    "Spiders & Webs",
    "SPIDERS & WEBS",
    "  spiders   &  webs ",
    "Spiders\xa0& Webs",
    "Spiders &amp; Webs",
    "Spiders &amp;amp; Webs",
    "Spiders &#38; Webs",
    "Ｓｐｉｄｅｒｓ ＆ Ｗｅｂｓ",
    "Spíders & Wëbs",
    "Spi\u0301ders & Webs",
    "Spi\u00adders & We\u200bbs",
    "Spiders\ufe0f & Webs\ufeff",
    "Spi\u034fders & Webs\u3164",
    "\u202eSpiders & Webs\u202c",
    "Spiders &\u2003Webs",
]


def is_gone(client: Client, work: int) -> bool:
    """Whether nothing of the one work on the shelf can be had."""
    shelf = client.get("/").content.decode()
    return (
        client.get(f"/works/{work}/").status_code == 404
        and "Ledger" not in shelf
        and "iders" not in shelf
        and "Ledger" not in client.get("/?q=ledger").content.decode()
        and client.get("/authors/quillfeather/").status_code == 404
    )


def block(rule: str) -> None:
    SitePolicy.everything.update(blocked_tags=[rule])


@pytest.mark.parametrize("spelling", SPELLINGS, ids=ascii)
def test_a_rule_meets_every_spelling_of_a_tag(spelling: str) -> None:
    work = shelve(freeforms=(spelling,))
    reader = enter("agreed")
    assert not is_gone(reader, work)
    block("Spiders & Webs")
    assert is_gone(reader, work)


@pytest.mark.parametrize("spelling", SPELLINGS, ids=ascii)
def test_every_spelling_of_a_rule_meets_a_tag(spelling: str) -> None:
    work = shelve(freeforms=("Spiders & Webs",))
    block(spelling)
    assert is_gone(enter("agreed"), work)


@pytest.mark.parametrize("role", CAST)
@pytest.mark.parametrize("kind", ["fandoms", "relationships", "characters", "freeforms"])
def test_a_rule_holds_for_the_whole_cast_and_for_tags_of_every_kind(role: str, kind: str) -> None:
    work = shelve(**{kind: ("Spiders",)})
    block("spiders")
    assert is_gone(enter(role), work)


def test_a_rule_that_begins_like_a_kind_is_taken_both_ways() -> None:
    named = shelve(title="One", freeforms=("Character: Spiders",))
    of_kind = shelve(title="Two", characters=("Spiders",))
    neither = shelve(title="Three", freeforms=("Spiders",))
    block("Character: Spiders")
    client = enter("agreed")
    found = [client.get(f"/works/{work}/").status_code for work in (named, of_kind, neither)]
    assert found == [404, 404, 200]


def test_wrangling_after_the_rule_hides_at_once_what_is_kept_in_memory() -> None:
    work = shelve(freeforms=("Tarantulas",))
    shelve(title="Another", authors=("saltmarsh",), freeforms=("Spiders", "Fear"))
    block("spiders")
    reader = enter("agreed")
    assert not is_gone(reader, work)
    wrangling.make_synonym(Tag.everything.get(key="tarantulas"), Tag.everything.get(key="spiders"))
    assert is_gone(reader, work)


def test_a_rule_that_names_a_merged_tag_goes_with_it() -> None:
    work = shelve(freeforms=("Tarantulas",))
    shelve(title="Another", authors=("saltmarsh",), freeforms=("Spiders",))
    block("spiders")
    reader = enter("agreed")
    assert not is_gone(reader, work)
    wrangling.make_synonym(Tag.everything.get(key="spiders"), Tag.everything.get(key="tarantulas"))
    assert is_gone(reader, work)


def test_what_stands_under_a_blocked_metatag_is_blocked_from_that_moment_on() -> None:
    work = shelve(freeforms=("Tarantulas",))
    shelve(title="Another", authors=("saltmarsh",), freeforms=("Spiders",))
    block("spiders")
    reader = enter("agreed")
    assert not is_gone(reader, work)
    wrangling.set_metatag(Tag.everything.get(key="tarantulas"), Tag.everything.get(key="spiders"))
    assert is_gone(reader, work)


def test_a_tag_that_is_blocked_has_no_page_and_no_name() -> None:
    shelve(freeforms=("Spiders", "Fear"))
    shelve(title="Another", freeforms=("Fear",))
    block("spiders")
    reader = enter("agreed")
    assert reader.get("/tags/freeform/spiders/").status_code == 404
    assert "Spiders" not in reader.get("/?freeform=spiders&freeform=fear").content.decode()
    assert "Spiders" not in reader.get("/tags/freeform/fear/").content.decode()


def test_a_member_has_rules_of_their_own_beside_the_sites() -> None:
    one, other = shelve(title="One", freeforms=("Spiders",)), shelve(title="Two", freeforms=("Snakes",))
    block("spiders")
    client = enter("agreed")
    assert ">1<" in client.get("/").content.decode()
    User.objects.update(blocked_tags=["SNAKES"])
    for work in (one, other):
        assert client.get(f"/works/{work}/").status_code == 404
    assert ">0<" in client.get("/").content.decode()
