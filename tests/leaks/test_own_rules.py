"""What a member's own rules may not do: tell of what is hidden, open what is gated, raise what a keeper has set."""

import pytest
from django.conf import settings
from django.test import Client

from archive import wrangling
from archive.models import SitePolicy, Tag
from archive.vocabulary import ArchiveWarning, Rating
from reader.models import ReadingRules, User
from tests.cast import enter
from tests.leaks.works import body_of
from tests.reader.test_rules import empty
from tests.shelving import shelve

pytestmark = pytest.mark.django_db

NEVER = {"ratings": ("Explicit",)}


def page(client: Client, address: str = "/") -> str:
    return body_of(client.get(address))


def with_rules(role: str, **given: object) -> Client:
    client = enter(role)
    ReadingRules.objects.create(user=User.objects.get(), **given)
    return client


@pytest.mark.parametrize("rule", ["Kittiwake", "Kittiwaul"])
@pytest.mark.parametrize("sort", ["avoided_tags", "avoided_authors"])
def test_a_rule_about_hidden_works_counts_nothing_and_is_named_nowhere(rule: str, sort: str) -> None:
    """THREATS 6 and 7: the line of counts is no way to learn that a hidden work is there."""
    shelve(title="Quay", source="t", source_id="1")
    shelve(title="Gull", source="t", source_id="2", authors=("Kittiwake",), freeforms=("Kittiwake",), **NEVER)
    client = with_rules("teen", **{sort: [[rule, ""]]})
    for address in ("/", "/?q=quay", "/?avoided=shown", "/?rating=explicit"):
        shown = page(client, address)
        assert "set aside by" not in shown
        assert rule not in shown
    kind, slug = ("tags/freeform", rule.lower()) if sort == "avoided_tags" else ("authors", rule.lower())
    assert client.get(f"/{kind}/{slug}/").status_code == 404
    assert client.get(f"/{kind}/{slug}/?avoided=shown").status_code == 404


def test_a_blocked_tag_is_never_counted_or_named_though_the_member_avoids_it_too() -> None:
    """A keeper's block is absolute, also beside a rule that says the same."""
    shelve(title="Quay", source="t", source_id="1", freeforms=("Fog",))
    shelve(title="Lock", source="t", source_id="2", freeforms=("Fog", "Lamps"))
    client = with_rules("agreed", avoided_tags=[["Fog", ""], ["Lamps", ""]])
    User.objects.update(blocked_tags=["lamps"])
    shown = page(client)
    assert "1 work set aside by your rules (1: <em><bdi>Fog</bdi></em>)" in shown
    assert "Lamps" not in shown
    once = page(client, "/?avoided=shown")
    assert ">Quay</a>" in once
    assert ">Lock</a>" not in once


@pytest.mark.parametrize(
    "spelled", ["FOG", "Ｆｏｇ", "Fo\u0301g", "F\u200bog", "Fog\u00a0", "&amp;#70;og", "freeform: fog"]
)
def test_variants_of_a_tag_are_one_rule(spelled: str) -> None:
    """THREATS 11, the same on both databases."""
    shelve(title="Quay", freeforms=("Fog",))
    assert ">Quay</a>" not in page(with_rules("agreed", avoided_tags=[[spelled, ""]]))


@pytest.mark.parametrize("role", ["teen", "adult"])
def test_showing_once_opens_no_gate_and_raises_no_ceiling(role: str) -> None:
    """THREATS 12: the parameter shows a preference, nothing that a gate guards."""
    adult = shelve(title="Unlit", source="t", source_id="1", freeforms=("Fog",), **NEVER)
    client = with_rules(role, avoided_tags=[["Fog", ""]])
    assert "Unlit" not in page(client) + page(client, "/?avoided=shown")
    opened = client.get(f"/works/{adult}/?avoided=shown")
    assert "counted them twice" not in body_of(opened)
    assert opened.status_code == (404 if role == "teen" else 200)


def test_no_field_of_the_page_of_rules_raises_a_ceiling_or_lifts_a_block() -> None:
    """THREATS 12: what a keeper has set is no field of it, whatever is sent."""
    shelve(title="Unlit", source="t", source_id="1", **NEVER)
    shelve(title="Fog", source="t", source_id="2", freeforms=("Fog",))
    client = enter("teen")
    User.objects.update(blocked_tags=["fog"])
    sent = empty(adult_agreed="on", ceiling="4", blocked_tags="[]", is_staff="on", user="1")
    assert client.post("/settings/rules/", sent).status_code == 302
    user = User.objects.get()
    assert (user.ceiling, user.blocked_tags, user.is_staff) == (Rating.TEEN, ["fog"], False)
    shown = page(client) + page(client, "/?avoided=shown")
    assert "Unlit" not in shown
    assert ">Fog</a>" not in shown


@pytest.mark.parametrize("works", [19, 20, 21, 41])
def test_pages_and_totals_are_of_what_is_left(works: int) -> None:
    """THREATS 13: no empty page, and no count that differs."""
    for number in range(works):
        shelve(title=f"Kept {number}", source="t", source_id=str(number))
        shelve(title=f"Lost {number}", source="t", source_id=f"x{number}", freeforms=("Fog",))
    client = with_rules("agreed", avoided_tags=[["Fog", ""]])
    pages = -(-works // 20)
    found = [page(client, f"/?page={number}") for number in range(1, pages + 1)]
    assert sum(one.count('<article class="blurb">') for one in found) == works
    assert all('<article class="blurb">' in one for one in found)
    assert f"{works} works set aside by your rules" in found[0]
    assert f"<b>{works}</b>" in found[0]
    assert f"page={pages + 1}" not in "".join(found)


def test_an_agreement_never_outweighs_a_rule_that_asks_about_a_tag_wrangled_since() -> None:
    """THREATS 14: what is asked about by now asks, whatever was agreed to before."""
    work = shelve(title="Quay", freeforms=("Fog", "Sea Fog"))
    client = with_rules("agreed", asked_tags=["Fog"])
    address = f"/works/{work}/"
    stakes = client.get(address).context["gate"].stakes
    client.post(f"{address}agree/", {"stakes": stakes})
    assert "counted them twice" in page(client, address)
    wrangling.set_metatag(Tag.everything.get(name="Sea Fog"), Tag.everything.get(name="Fog"))
    assert "counted them twice" not in page(client, address)


def test_a_warning_that_is_unticked_does_not_ask_and_one_that_is_new_to_the_policy_does() -> None:
    work = shelve(title="Lock", warnings=("Major Character Death",))
    client = enter("agreed")
    client.post("/settings/rules/", empty(adult_agreed="on"))
    assert "counted them twice" in page(client, f"/works/{work}/")
    SitePolicy.everything.update(ask_warnings=ArchiveWarning.STATED | ArchiveWarning.NOT_STATED)
    silent = shelve(title="Mole", source="t", source_id="2", warnings=())
    assert "counted them twice" not in page(client, f"/works/{silent}/")


def test_rules_are_written_by_post_with_a_token_and_by_their_member_alone() -> None:
    """THREATS 24 and 25."""
    enter("agreed")
    client = Client(enforce_csrf_checks=True)
    client.force_login(User.objects.get())
    for address in ("/settings/rules/", "/settings/rules/avoid/"):
        assert client.post(address, {**empty(), "sort": "author", "what": "Bo"}).status_code == 403
    client.get("/settings/rules/?adult_agreed=on&asked_tags=Fog&hides_warnings=on")
    client.head("/settings/rules/avoid/?sort=author&what=Bo")
    assert not ReadingRules.objects.exists()


@pytest.mark.parametrize(
    "onward", ["//evil.example/", "\\\\evil.example", "javascript:alert(1)", "https://evil.example/"]
)
def test_buttons_lead_to_no_other_house(onward: str) -> None:
    """THREATS 10."""
    work = shelve()
    client = enter("agreed")
    told = client.post("/settings/rules/avoid/", {"sort": "author", "what": "Bo", "next": onward})
    assert told["Location"] == "/"
    assert "evil" not in page(client, f"/works/{work}/labels/?next={onward}").replace("alert(1)", "evil")


def test_pages_of_rules_are_stored_nowhere() -> None:
    work = shelve()
    client = with_rules("agreed", hides_warnings=True)
    for address in ("/settings/rules/", f"/works/{work}/labels/"):
        assert "no-store" in client.get(address)["Cache-Control"], address
    assert "Cookie" in client.get("/")["Vary"]
    assert settings.SESSION_COOKIE_HTTPONLY


@pytest.mark.parametrize("remembers", [True, False])
def test_never_ask_is_kept_on_the_account_only_where_the_policy_lets_it_be(remembers: bool) -> None:
    SitePolicy.everything.update(may_remember=remembers)
    work = shelve(warnings=("Major Character Death",))
    client = with_rules("agreed", asked_warnings=ArchiveWarning.DEATH)
    address = f"/works/{work}/"
    gate = client.get(address)
    assert ("Never ask" in body_of(gate)) is remembers
    client.post(f"{address}agree/", {"stakes": gate.context["gate"].stakes, "unasked": "yes"})
    assert "counted them twice" in page(client, address)
    again = Client()
    again.force_login(User.objects.get())
    assert ("counted them twice" in page(again, address)) is remembers
