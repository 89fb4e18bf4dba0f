"""A member's own rules: what they leave out, ask about, point out, and tell only when asked."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from archive import wrangling
from archive.index import compacting, current, plain
from archive.models import SitePolicy, Tag, Work
from archive.vocabulary import ArchiveWarning, Rating
from reader import rules
from reader.models import Device, ReadingRules, User
from tests.cast import enter
from tests.leaks.works import body_of
from tests.shelving import bring, parsed, shelve

pytestmark = pytest.mark.django_db

DEADLY = {"warnings": ("Major Character Death",)}


def member(**given: Any) -> Client:
    """A member who has agreed to adult works, with these rules."""
    client = enter("agreed")
    if given:
        ReadingRules.objects.create(user=User.objects.get(username="agreed"), **given)
    return client


def page(client: Client, address: str = "/") -> str:
    response = client.get(address)
    assert response.status_code == 200, address
    return body_of(response)


def empty(**given: str) -> dict[str, str]:
    """The form of the page with nothing in it."""
    names = ("avoided_tags", "avoided_authors", "avoided_works")
    return {f"{name}-{part}": "0" for name in names for part in ("TOTAL_FORMS", "INITIAL_FORMS")} | given


def harbour() -> dict[str, int]:
    return {
        "quay": shelve(title="Quay", source="t", source_id="1", authors=("Ada",), freeforms=("Fog",)),
        "lock": shelve(title="Lock", source="t", source_id="2", authors=("Bo",), **DEADLY, freeforms=("Sea Fog",)),
        "mole": shelve(title="Mole", source="t", source_id="3", authors=("Bo",), freeforms=("Lamps",)),
    }


@pytest.mark.parametrize("indexed", [False, True], ids=["plain", "indexed"])
@pytest.mark.parametrize(
    ("given", "left", "says"),
    [
        ({"avoided_tags": [["fog", ""]]}, ["Lock", "Mole"], "1 work set aside by your rules (1: <em><bdi>fog</bdi>"),
        ({"avoided_tags": [["Freeform: FÓG", ""]]}, ["Lock", "Mole"], "1: <em><bdi>Freeform: FÓG</bdi>"),
        ({"avoided_tags": [["fandom:Fog", ""]]}, ["Quay", "Lock", "Mole"], ""),
        ({"avoided_authors": [["bo", "she scares me"]]}, ["Quay"], "2 works set aside by your rules (2: <em><bdi>bo"),
        (
            {"avoided_warnings": ArchiveWarning.DEATH},
            ["Quay", "Mole"],
            "(1: <em><bdi>Major Character Death</bdi></em>)",
        ),
        (
            {"avoided_tags": [["Fog", ""], ["Sea Fog", ""]], "avoided_authors": [["Bo", ""]]},
            [],
            "3 works set aside by your rules (2: <em><bdi>Bo</bdi></em>, 1: <em><bdi>Fog</bdi></em>, 1: <em>",
        ),
    ],
)
def test_what_is_avoided_is_left_out_of_page_total_and_facets_and_counted_by_rule(
    given: dict[str, Any], left: list[str], says: str, indexed: bool
) -> None:
    harbour()
    current.forget()
    if indexed:
        compacting.compact(wait=True)
    client = member(**given)
    shown = page(client)
    assert [title for title in ("Quay", "Lock", "Mole") if f">{title}</a>" in shown] == left
    assert f"Show {len(left)} work" in shown
    assert says in shown
    assert ("set aside" in shown) is bool(says)
    assert ("Lamps" in page(client, "/suggest/?q=lamps")) is ("Mole" in left)
    once = page(client, "/?avoided=shown")
    assert [title for title in ("Quay", "Lock", "Mole") if f">{title}</a>" in once] == ["Quay", "Lock", "Mole"]
    assert "set aside by" not in once
    assert ("set aside" in page(client)) is bool(says)  # not remembered
    current.forget()


def test_what_is_shown_once_stays_for_the_question_and_is_set_aside_for_the_next() -> None:
    told = [
        parsed(title=f"Quay {n}", source="t", source_id=str(n), freeforms=("Fog",), language="en") for n in range(45)
    ]
    bring(*told)
    reader = member(avoided_tags=[["Fog", ""]])
    once = page(reader, "/?avoided=shown&language=en")
    assert 'rel="next" href="?language=en&amp;avoided=shown&amp;page=2"' in once
    field = '<input type="hidden" name="avoided" value="shown">'
    forms = {name: form_of(once, name) for name in ('id="ask"', 'id="turn"', 'role="search"', "<textarea")}
    assert [field in form for form in forms.values()] == [True, True, False, False]
    for pressed in ("put=rating:general", "set=sort:words", "set=sort:random", "also-typed=words>1+OR+fandom:x"):
        led = reader.get(f"/?avoided=shown&language=en&{pressed}", follow=True)
        assert "avoided=shown" in led.redirect_chain[-1][0], pressed
        assert "is shown this once" in led.content.decode(), pressed
    for asked in ("q=fog+fandom:x", "ask=quay"):
        led = reader.get(f"/?{asked}&avoided=shown", follow=True)
        assert "avoided" not in led.redirect_chain[-1][0], asked
    assert 'href="?language=en">Set it aside again' in once


def form_of(page: str, sign: str) -> str:
    """The form with this sign in it."""
    return next(form for form in page.split("<form")[1:] if sign in form).partition("</form>")[0]


def test_a_rule_takes_synonyms_and_subtags_along_and_follows_wrangling_at_once() -> None:
    harbour()
    client = member(avoided_tags=[["Fog", ""]])
    fog, sea = Tag.everything.get(name="Fog"), Tag.everything.get(name="Sea Fog")
    assert ">Lock</a>" in page(client)
    wrangling.set_metatag(sea, fog)
    assert ">Lock</a>" not in page(client)
    wrangling.unset_metatag(sea, fog)
    wrangling.make_synonym(fog, sea)
    assert ">Lock</a>" not in page(client)
    assert ">Quay</a>" not in page(client)


def test_a_single_work_is_avoided_by_its_button_and_opens_at_its_own_address_all_the_same() -> None:
    works, client = harbour(), member()
    address = f"/works/{works['mole']}/"
    assert "Avoid this work" in page(client, address)
    told = client.post("/settings/rules/avoid/", {"sort": "work", "what": str(works["mole"]), "next": address})
    assert told["Location"] == address
    assert "No longer avoid this work" in page(client, address)
    assert ">Mole</a>" not in page(client)
    assert "1: <em><bdi>single works</bdi></em>" in page(client)
    assert "Mole" in page(client, "/settings/rules/")
    client.post("/settings/rules/avoid/", {"sort": "work", "what": str(works["mole"]), "answer": "stop"})
    assert ">Mole</a>" in page(client)


@pytest.mark.parametrize(
    ("address", "sort", "what"),
    [("/tags/freeform/lamps/", "tag", "freeform:Lamps"), ("/authors/bo/", "author", "Bo")],
)
def test_the_page_of_what_is_avoided_stays_and_says_that_its_works_are_set_aside(
    address: str, sort: str, what: str
) -> None:
    harbour()
    client = member()
    assert f'value="{what}"' in page(client, address)
    client.post("/settings/rules/avoid/", {"sort": sort, "what": what, "next": address})
    shown = page(client, address)
    assert "set aside by your rules" in shown
    assert f"No longer avoid this {sort}" in shown
    assert ">Mole</a>" not in shown
    assert ">Mole</a>" in page(client, f"{address}?avoided=shown")


def test_a_rule_without_a_kind_is_known_on_the_page_of_its_tag_with_its_reason_and_taken_back_there() -> None:
    harbour()
    client = member(avoided_tags=[["LAMPS", "too bright"]])
    shown = page(client, "/tags/freeform/lamps/")
    assert "No longer avoid this tag" in shown
    assert "too bright" in shown
    client.post("/settings/rules/avoid/", {"sort": "tag", "what": "freeform:Lamps", "answer": "stop"})
    assert ReadingRules.objects.get().avoided_tags == []


@pytest.mark.parametrize(
    "given",
    [{}, {"sort": "work", "what": "x"}, {"sort": "work", "what": "9" * 40}, {"sort": "tag", "what": " "},
     {"sort": "user", "what": "1"}, {"sort": "tag", "what": "a" * 300}],
)  # fmt: skip
def test_a_button_that_nobody_made_changes_nothing(given: dict[str, str]) -> None:
    client = member()
    assert client.post("/settings/rules/avoid/", given).status_code == 400
    assert not ReadingRules.objects.exists()


def test_no_more_rules_are_kept_than_there_is_room_for() -> None:
    client = member(avoided_tags=[[f"Tag {number}", ""] for number in range(rules.MOST)])
    told = client.post("/settings/rules/avoid/", {"sort": "tag", "what": "fandom:One More"})
    assert told["Location"] == "/settings/rules/?full=yes"
    assert len(ReadingRules.objects.get().avoided_tags) == rules.MOST


def test_all_rules_are_written_on_one_page_and_come_back_as_they_were_written() -> None:
    works, client = harbour(), member()
    sent = empty(
        **{
            "adult_agreed": "on",
            "asked_warnings": str(int(ArchiveWarning.DEATH)),
            "asked_tags": "Lamps\r\n\r\n  Sea   Fog ",
            "avoided_warnings": str(int(ArchiveWarning.NON_CON)),
            "highlighted_tags": "Fog",
            "hides_freeforms": "on",
            "avoided_tags-TOTAL_FORMS": "2",
            "avoided_tags-0-what": "fandom:Low Water",
            "avoided_tags-0-why": "too wet",
            "avoided_tags-1-what": "",
            "avoided_works-TOTAL_FORMS": "2",
            "avoided_works-0-what": f"https://carrel.example/works/{works['mole']}/chapters/1/",
            "avoided_works-1-what": str(works["quay"]),
        }
    )
    assert client.post("/settings/rules/", sent)["Location"] == "/settings/rules/?kept=yes"
    kept = ReadingRules.objects.get()
    assert kept.avoided_tags == [["fandom:Low Water", "too wet"]]
    assert kept.avoided_works == [[works["mole"], ""], [works["quay"], ""]]
    assert kept.asked_tags == ["Lamps", "Sea Fog"]
    assert (kept.hides_warnings, kept.hides_freeforms) == (False, True)
    user = User.objects.get()
    assert user.adult_agreed
    assert user.unasked_warnings == ArchiveWarning.STATED & ~ArchiveWarning.DEATH
    shown = page(client, "/settings/rules/")
    for words in ("fandom:Low Water", "too wet", "Lamps\nSea Fog", "Mole", ">\nFog<"):
        assert words in shown


@pytest.mark.parametrize("agreed", [False, True])
def test_where_no_adult_works_are_shown_nobody_agrees_to_them_for_the_account_or_takes_it_back(agreed: bool) -> None:
    tablet = enter("adult")
    User.objects.update(adult_agreed=agreed)
    Device.objects.update(ceiling=Rating.TEEN)
    given = {} if agreed else {"adult_agreed": "on"}
    assert tablet.post("/settings/rules/", empty(**given)).status_code == 302
    assert User.objects.get().adult_agreed is agreed


def test_a_rule_that_cannot_be_meant_is_explained_and_nothing_is_kept() -> None:
    client = member()
    sent = empty(
        **{"avoided_works-TOTAL_FORMS": "1", "avoided_works-0-what": "the one with the lamp", "asked_tags": "x"}
    )
    told = client.post("/settings/rules/", sent)
    assert told.status_code == 400
    assert "Give the address of a work" in told.content.decode()
    assert not ReadingRules.objects.exists()


def test_strangers_have_no_rules_and_no_buttons() -> None:
    works = harbour()
    client = enter("stranger")
    assert client.get("/settings/rules/")["Location"].startswith("/login/")
    assert client.post("/settings/rules/avoid/", {"sort": "work", "what": "1"})["Location"].startswith("/login/")
    assert "Avoid this" not in page(client, f"/works/{works['mole']}/") + page(client, "/authors/bo/")


def test_a_tag_that_asks_stands_before_the_work_until_it_is_answered() -> None:
    works = harbour()
    client = member(asked_tags=["Lamps"])
    address = f"/works/{works['mole']}/"
    assert 'is tagged <strong dir="auto">Lamps</strong>' in page(client, address)
    stakes = client.get(address).context["gate"].stakes
    client.post(f"{address}agree/", {"stakes": stakes, "next": address})
    assert "counted them twice" in page(client, address)


def test_a_warning_that_asks_by_an_own_rule_asks_although_the_policy_does_not() -> None:
    SitePolicy.everything.update(ask_warnings=0)
    works = harbour()
    assert "counted them twice" in page(member(), f"/works/{works['lock']}/")
    ReadingRules.objects.create(user=User.objects.get(), asked_warnings=ArchiveWarning.DEATH)
    client = Client()
    client.force_login(User.objects.get())
    assert "warns of <strong>Major Character Death" in page(client, f"/works/{works['lock']}/")


def test_tags_that_are_pointed_out_are_marked_with_their_kin_also_beyond_the_first_eighteen() -> None:
    many = tuple(f"Tag {number:02}" for number in range(30))
    shelve(title="Many", freeforms=many)
    wrangling.make_synonym(Tag.everything.get(name="Tag 29"), Tag.everything.get(name="Tag 03"))
    shown = page(member(highlighted_tags=["tag 03"]))
    assert shown.count("<mark>") == 2
    assert "Tag 29</a></mark>" in shown
    assert "<mark>" not in page(enter("stranger"))


@pytest.mark.parametrize(
    "place",
    ["/", "/works/{}/", "/works/{}/all/", "/works/{}/history/", "/?q=lock", "/authors/bo/", "/tags/fandom/low-water/"],
)
def test_hidden_warnings_and_freeforms_are_nowhere_in_the_response_and_told_when_asked(place: str) -> None:
    SitePolicy.everything.update(ask_warnings=0)
    kept_back = {"warnings": ("Rape/Non-Con", "Undertow"), "freeforms": ("Sea Fog",)}
    work = shelve(title="Lock", authors=("Bo",), fandoms=("Low Water",), **kept_back)
    words = ("Non-Con", "Undertow", "Sea Fog", "sea-fog", "warned")
    client = member()
    assert all(one in page(client, place.format(work)) for one in words[:3])
    ReadingRules.objects.create(user=User.objects.get(), hides_warnings=True, hides_freeforms=True)
    response = client.get(place.format(work))
    whole = body_of(response) + str(response.headers)
    assert [one for one in words if one in whole] == []
    assert "history" in place or f"/works/{work}/labels/" in whole
    assert all(one in page(client, f"/works/{work}/labels/") for one in words[:3])


def test_a_gate_asks_without_naming_what_its_reader_has_hidden() -> None:
    works = harbour()
    client = member(hides_warnings=True, hides_freeforms=True, asked_tags=["Sea Fog"])
    shown = page(client, f"/works/{works['lock']}/")
    assert "Read it" in shown
    assert "This work carries something that you are asked about." in shown
    assert [one for one in ("Major Character Death", "Sea Fog") if one in shown] == []
    assert f"/works/{works['lock']}/labels/" in shown


@pytest.mark.parametrize(
    "given", [{"avoided_tags": [["Lamps", ""], ["Sea Fog", ""]], "avoided_authors": [["Ada", ""]]}]
)
def test_rules_cost_a_page_no_more_than_one_query_more(given: dict[str, Any]) -> None:
    harbour()
    current.forget()
    compacting.compact(wait=True)
    client = member()

    def asked(address: str) -> int:
        client.get(address)
        with CaptureQueriesContext(connection) as queries:
            client.get(address)
        return len(queries)

    addresses = ("/", "/?freeform.not=fog&sort=words", "/tags/freeform/fog/")
    before = [asked(address) for address in addresses]
    avoided = {"avoided_tags": [["Lamps", ""], ["Sea Fog", ""]], "avoided_authors": [["Ada", ""]]}
    ReadingRules.objects.create(user=User.objects.get(), highlighted_tags=["Fog"], asked_tags=["Fog"], **avoided)
    after = [asked(address) for address in addresses]
    assert all(now <= then + 1 for then, now in zip(before, after, strict=True)), (before, after)
    current.forget()


def test_agreements_on_the_account_hold_only_where_the_policy_lets_members_keep_them() -> None:
    shelve(title="Unlit", ratings=("Explicit",))
    warned = shelve(title="Lock", source="t", source_id="2", **DEADLY)
    client = member()
    User.objects.update(unasked_warnings=ArchiveWarning.DEATH)
    assert "Unlit" in page(client)
    assert "counted them twice" in page(client, f"/works/{warned}/")
    SitePolicy.everything.update(may_remember=False)
    assert "Unlit" not in page(client)
    assert "Read it" in page(client, f"/works/{warned}/")
    assert "without asking" not in page(client, "/settings/rules/")


def test_nobodys_rules_are_anybody_elses() -> None:
    harbour()
    page(member(avoided_tags=[["Fog", ""]]))
    assert ">Quay</a>" in page(enter("adult"))
    assert Work.everything.count() == 3


def test_of_very_many_works_the_line_says_how_many_are_set_aside_and_not_by_which_rule(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    harbour()
    monkeypatch.setattr(plain, "MOST_ASIDE", 1)
    said = page(member(avoided_authors=[["bo", ""]]))
    assert '<p class="unagreed">2 works set aside by your rules. <a href="?avoided=shown"' in said
