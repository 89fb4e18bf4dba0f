"""Whoever the provider vouches for comes in as the member that they are, with what their groups give them."""

from collections.abc import Callable
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount, SocialToken
from django.test import Client

from archive import catalogue
from archive.audit import Deed
from archive.models import AuditEntry, SitePolicy
from archive.vocabulary import Rating
from reader import identities
from reader.models import Device, Identity, User
from tests.elsewhere.conftest import BACK, OUT, come, way_out
from tests.elsewhere.provider import Provider

pytestmark = pytest.mark.django_db


def member() -> User:
    return Identity.objects.get().user


def powers() -> tuple[bool, bool]:
    found = member()
    return found.is_staff, found.is_superuser


def deeds() -> list[tuple[str, str, str]]:
    return list(AuditEntry.everything.order_by("pk").values_list("who", "what", "about"))


def test_a_new_member_is_made_who_has_no_password_and_comes_in_again(provider: Provider) -> None:
    client = Client()
    assert come(client, provider)["Location"] == "/"
    ada = member()
    assert (ada.username, ada.ceiling, ada.has_usable_password(), ada.email) == ("ada", Rating.EXPLICIT, False, "")
    assert client.get("/account/").status_code == 200
    assert deeds() == [("", Deed.MEMBER_JOINED, f"member {ada.pk}: by Tidewater")]
    come(Client(), provider, preferred_username="renamed")
    assert list(User.objects.values_list("username", flat=True)) == ["ada"]
    assert Device.objects.filter(user=ada).count() == 2


def test_one_is_led_back_to_where_one_was_and_nowhere_else(provider: Provider) -> None:
    for way, led in (
        ("/authors/", "/authors/"),
        ("//evil.example", "/"),
        ("https://evil.example/", "/"),
        ("/\\e", "/"),
    ):
        client = Client()
        address = provider.lets_in(way_out(client, way), "17", groups=["readers"])
        assert client.get(address)["Location"] == led


def test_in_a_browser_that_others_use_one_is_signed_out_when_it_closes(provider: Provider) -> None:
    client = Client()
    address = client.post(OUT, {"shared": "on", "username": "ada", "password": ""}).context["address"]
    assert client.get(provider.lets_in(address, "17", groups=["readers"])).status_code == 302
    assert client.session.get_expire_at_browser_close()
    other = Client()
    come(other, provider)
    assert not other.session.get_expire_at_browser_close()


def test_the_session_is_new_and_what_a_stranger_agreed_to_is_gone(provider: Provider) -> None:
    client = Client()
    client.post("/agreement/", {"answer": "agree"})
    client.cookies["look"] = "theme:dark"
    before = client.session.session_key
    come(client, provider)
    assert client.session.session_key != before
    assert 'value="agree"' in client.get("/agreement/").content.decode()
    assert member().look == "theme:dark"


def test_nothing_that_allauth_could_keep_is_kept(provider: Provider) -> None:
    come(Client(), provider, email="ada@example.org", email_verified=True, name="Ada")
    assert [table.objects.count() for table in (SocialAccount, SocialToken, EmailAddress)] == [0, 0, 0]
    kept = str([Identity.objects.values(), User.objects.values()])
    assert "example.org" not in kept
    assert "opensesame" not in kept


@pytest.mark.parametrize("stated", [{"preferred_username": "Ada"}, {"preferred_username": "аdа"}, {"name": "ADA"}])
def test_neither_name_nor_address_leads_into_somebody_elses_account(provider: Provider, stated: dict[str, str]) -> None:
    ada = User.objects.create_superuser("ada", "ada@example.org", "the harbour cat is staying")
    client = Client()
    come(client, provider, **{"preferred_username": "", **stated}, email="ada@example.org", email_verified=True)
    assert member() != ada
    assert member().username.endswith("-2")
    assert not Device.objects.filter(user=ada).exists()
    assert client.get("/admin/").status_code == 302


@pytest.mark.parametrize(
    ("stated", "name"),
    [
        ({"preferred_username": "ada@example.org"}, "ada"),
        ({"preferred_username": "Ada Quill"}, "AdaQuill"),
        ({"preferred_username": "\0", "name": "Ada"}, "Ada"),
        ({"preferred_username": 7}, "reader"),
        ({"preferred_username": "x" * 900}, "x" * 140),
        ({"preferred_username": "", "name": "灯塔"}, "灯塔"),
    ],
)
def test_whatever_the_provider_calls_somebody_they_get_a_name(
    provider: Provider, stated: dict[str, Any], name: str
) -> None:
    assert come(Client(), provider, **stated).status_code == 302
    assert member().username == name


def test_groups_may_be_told_apart_from_the_token(provider: Provider) -> None:
    provider.told = {"sub": "17", "groups": ["readers", "teens"], "iss": "https://evil.example"}
    client = Client()
    address = provider.lets_in(way_out(client), "17", preferred_username="ada")
    assert client.get(address).status_code == 302
    assert "/userinfo" in provider.asked
    assert member().ceiling == Rating.TEEN
    assert Identity.objects.get().issuer == provider.issuer


def test_a_group_makes_a_keeper_and_leaving_it_ends_that(provider: Provider) -> None:
    User.objects.create_superuser("wren")
    keeper = Client()
    come(keeper, provider, groups=("readers", "keepers"))
    assert powers() == (True, True)
    assert keeper.get("/admin/").status_code == 200
    come(Client(), provider)
    assert powers() == (False, False)
    assert keeper.get("/admin/").status_code == 302
    told = [about for who, what, about in deeds() if what == Deed.POWERS_CHANGED and who == ""]
    who = f"member {member().pk}"
    assert told == [f"{who}: a keeper by their group", f"{who}: no longer a keeper by their group"]


def test_the_last_keeper_stays_one(provider: Provider) -> None:
    come(Client(), provider, groups=("readers", "keepers"))
    come(Client(), provider)
    assert powers() == (True, True)
    User.objects.create_superuser("wren")
    come(Client(), provider)
    assert powers() == (False, False)


def test_whom_a_keeper_made_a_keeper_stays_one_whatever_their_groups(provider: Provider) -> None:
    User.objects.create_superuser("wren")
    come(Client(), provider)
    User.objects.filter(pk=member().pk).update(is_staff=True, is_superuser=True)
    for groups in (("readers",), ("readers", "keepers"), ("readers",)):
        come(Client(), provider, groups=groups)
        assert powers() == (True, True)


def test_the_lowest_ceiling_of_all_groups_holds_for_strangers_too_and_ends_with_the_group(provider: Provider) -> None:
    ceilings = []
    for groups in (("readers", "teens", "kids"), ("readers", "teens"), ("readers",)):
        come(Client(), provider, groups=groups)
        ceilings.append((member().ceiling, catalogue.limits().ceiling))
    assert ceilings == [(rating, rating) for rating in (Rating.GENERAL, Rating.TEEN, Rating.EXPLICIT)]
    assert [what for _, what, _ in deeds()].count(Deed.LIMITS_CHANGED) == 3


def test_a_ceiling_that_a_keeper_has_set_holds_beside_that_of_the_groups(provider: Provider) -> None:
    come(Client(), provider)
    User.objects.update(ceiling=Rating.TEEN)
    seen = []
    for groups in (("readers", "kids"), ("readers", "teens"), ("readers",)):
        come(Client(), provider, groups=groups)
        seen.append(member().ceiling)
    assert seen == [Rating.GENERAL, Rating.TEEN, Rating.TEEN]
    User.objects.update(ceiling=Rating.EXPLICIT)
    come(Client(), provider, groups=("readers", "teens"))
    assert member().ceiling == Rating.TEEN


@pytest.mark.parametrize("groups", [(), ("strangers",), None, 7, {"readers": 1}, [["readers"]], "Readers"])
def test_whose_groups_are_not_let_in_is_told_so_and_nothing_is_made(provider: Provider, groups: Any) -> None:
    client = Client()
    answer = come(client, provider, groups=groups)
    assert answer.status_code == 403
    assert "not one of those that may come in" in answer.content.decode()
    assert not User.objects.exists()
    assert client.get("/account/").status_code == 302


def test_where_everybody_may_come_an_account_is_no_way_round_a_limit(
    provider: Provider, set_up: Callable[..., None]
) -> None:
    set_up(members=frozenset())
    SitePolicy.everything.update(stranger_ceiling=Rating.TEEN, blocked_tags=["Spiders"])
    come(Client(), provider, groups=None)
    assert (member().ceiling, member().blocked_tags) == (Rating.TEEN, ["spiders"])
    come(Client(), provider, sub="18", groups=("keepers",))
    named = User.objects.get(identity__subject="18")
    assert (named.ceiling, named.blocked_tags, named.is_staff) == (Rating.EXPLICIT, [], True)


def test_a_newcomer_looks_no_further_than_the_others_may_also_where_strangers_see_nothing(
    provider: Provider, set_up: Callable[..., None]
) -> None:
    set_up(members=frozenset())
    SitePolicy.everything.update(strangers_welcome=False)
    User.objects.create_user("young", ceiling=Rating.TEEN, blocked_tags=["Spiders"])
    come(Client(), provider, groups=None)
    newcomer = User.objects.exclude(username="young").get()
    assert (newcomer.ceiling, newcomer.blocked_tags) == (Rating.TEEN, ["spiders"])


def test_an_account_that_is_closed_stays_shut(provider: Provider) -> None:
    come(Client(), provider)
    User.objects.update(is_active=False)
    client = Client()
    answer = come(client, provider, groups=("readers", "keepers"))
    assert answer.status_code == 403
    assert "is closed" in answer.content.decode()
    assert client.get("/account/").status_code == 302
    assert powers() == (False, False)


def test_whoever_signs_in_here_meanwhile_is_somebody_else_and_their_limits_are_not_joined(provider: Provider) -> None:
    client = Client()
    address = provider.lets_in(way_out(client), "17", groups=["readers"])
    tom = User.objects.create_user("tom", ceiling=Rating.TEEN)
    client.force_login(tom)
    session = client.session.session_key
    assert client.get(address).status_code == 302
    assert client.session.session_key != session
    assert (member().username, member().ceiling) == ("reader", Rating.EXPLICIT)
    assert not tom.devices.exists()


def test_of_two_who_come_at_the_same_moment_both_come_in_as_one_member(
    provider: Provider, monkeypatch: pytest.MonkeyPatch
) -> None:
    come(Client(), provider)
    found, looked = identities.found, []
    monkeypatch.setattr(identities, "found", lambda account: found(account) if looked else looked.append(account))
    client = Client()
    assert come(client, provider)["Location"] == "/"
    assert looked
    assert client.get("/account/").context["user"] == User.objects.get()
    assert [what for _, what, _ in deeds()] == [Deed.MEMBER_JOINED]


def test_the_button_stands_where_one_signs_in_only_where_it_is_set_up(settings: Any) -> None:
    assert "Sign in with <bdi>Tidewater</bdi>" in Client().get("/login/").content.decode()
    settings.OIDC = None
    assert OUT not in Client().get("/login/").content.decode()


def test_looking_at_the_way_out_signs_nobody_in_and_asks_nobody(provider: Provider) -> None:
    for ask in (Client().get, Client().head, Client().options):
        assert ask(OUT).status_code == 405
    assert Client(enforce_csrf_checks=True).post(OUT).status_code == 403
    assert Client().head(BACK).status_code == 405
    assert provider.asked == []
