"""A member sees, takes and erases all that is kept about them, and nothing of anybody else."""

import json
import re
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.apps import apps
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone

from archive import audit
from archive.vocabulary import ArchiveWarning, Rating
from reader import kept
from reader.models import AccessToken, Device, Pairing, ReadingRules, SavedFilter, User
from tests.shelving import shelve

pytestmark = pytest.mark.django_db
PASSWORD = "the harbour cat is staying"


def member(name: str, **more: Any) -> tuple[User, Client]:
    user, client = User.objects.create_user(name, password=PASSWORD, email=f"{name}@example.org", **more), Client()
    client.force_login(user)
    SavedFilter.objects.create(user=user, name=f"filter of {name}", question="?q=x")
    AccessToken.objects.create(user=user, name=f"token of {name}", digest=f"digest of {name}")
    return user, client


def test_the_file_holds_every_row_that_is_theirs_and_nobody_elses() -> None:
    _, client = member("ada")
    member("tom")
    told = client.get("/account/kept.json")
    found = json.loads(told.content)
    assert "attachment" in told["Content-Disposition"]
    assert found["account"]["email"] == "ada@example.org"
    assert [one["name"] for one in found["saved filters"]] == ["filter of ada"]
    assert [one["name"] for one in found["access tokens"]] == ["token of ada"]
    assert len(found["devices"]) == 1
    assert "tom" not in told.content.decode()


def test_the_page_shows_what_the_file_holds() -> None:
    _, client = member("ada")
    page = client.get("/account/kept/").content.decode()
    assert "filter of ada" in page
    assert "ada@example.org" in page


def test_neither_file_nor_page_holds_a_proof() -> None:
    ada, client = member("ada")
    Pairing.objects.create(user=ada, code="digest of a code", until=ada.date_joined, asker="digest of an asker")
    for address in ("/account/kept.json", "/account/kept/"):
        page = client.get(address).content.decode()
        assert "digest of" not in page
        assert ada.password not in page
        assert Device.objects.get().key not in page


def test_the_page_says_every_value_in_words() -> None:
    ada, client = member("ada", is_staff=True)
    ada.look, ada.unasked_warnings, ada.ceiling = "theme:dark.size:4", ArchiveWarning.DEATH, Rating.TEEN
    ada.save()
    ReadingRules.objects.create(
        user=ada,
        avoided_tags=[["Spiders", "since the cellar"], ["Fog", ""]],
        avoided_works=[[12, ""]],
        asked_warnings=ArchiveWarning.VIOLENCE,
        hides_warnings=True,
    )
    Pairing.objects.create(user=ada, code="x", until=ada.date_joined, ceiling=Rating.MATURE)
    audit.note("ada", audit.Deed.WORKS_HELD, "work 12: why")
    page = client.get("/account/kept/").content.decode()
    facts = page.partition("<h1>")[2]
    assert not re.search(r"<dd><bdi>(True|False|\d*|\[.*|.*_.*)</bdi>", facts)
    assert not re.search(r"<dt>[^<]*_", facts)
    for called, words in [
        ("Shown at most", "Teen And Up Audiences"),
        ("Keeper", "Yes"),
        ("Never asked about", "Major Character Death"),
        ("How pages look", "Colours: Dark</bdi></dd><dd><bdi>Text size: Large"),
        ("Tags left out", "Spiders (since the cellar)</bdi></dd><dd><bdi>Fog"),
        ("Works left out", "Work 12"),
        ("Warnings that ask first", "Graphic Depictions Of Violence"),
        ("Shown at most", "Mature"),
        ("May, as a keeper,", "Nothing"),
        ("What", "Held works"),
        ("Last used", f"{Device.objects.get().seen:%-d %B %Y, %H:%M} (UTC)"),
    ]:
        assert f"<dt>{called}</dt><dd><bdi>{words}</bdi></dd>" in facts


def test_the_file_stays_for_programs() -> None:
    ada, client = member("ada")
    found = json.loads(client.get("/account/kept.json").content)
    assert found["account"]["ceiling"] == Rating.EXPLICIT
    assert found["account"]["is_staff"] is False
    assert datetime.fromisoformat(found["devices"][0]["seen"]) >= ada.date_joined


def test_every_column_that_points_to_a_member_is_told_and_erased_or_is_an_exception_with_its_reason() -> None:
    pointing = {
        str(field)
        for model in apps.get_models(include_auto_created=True)
        for field in model._meta.get_fields()
        if field.many_to_one or field.one_to_one
        if field.concrete and issubclass(User, field.related_model)
    }
    told = {str(column) for column in kept.theirs()}
    assert told | kept.ELSEWHERE.keys() == pointing
    assert not told & kept.ELSEWHERE.keys()
    assert all(kept.ELSEWHERE.values())


def tables_naming(*words: str) -> set[str]:
    """The tables of the whole library, Django's and the tasks' among them, of which a row holds one of these words."""
    return {
        model._meta.label
        for model in apps.get_models(include_auto_created=True)
        if not model._meta.proxy
        for row in model._base_manager.values_list()  # noqa: SLF001
        if any(word in str(value).casefold() for word in words for value in row)
    } | {"sessions.Session" for one in Session.objects.all() if any(word in str(one.get_decoded()) for word in words)}


NAMES = ("xantippe", "xanthia")
GIVEN = {"username": "Xantippe", "password1": PASSWORD, "password2": PASSWORD}


def a_whole_life(wren: Client) -> tuple[User, Client]:
    """A member who came by an invitation, has used all there is, and with whom a keeper has dealt in every way."""
    until = {"until_0": f"{timezone.now() + timedelta(days=2):%Y-%m-%d}", "until_1": "12:00:00", "ceiling": "4"}
    page = wren.post("/admin/reader/invitation/add/", {**until, "note": "for Xantippe"}).content.decode()
    client = Client()
    client.post(re.findall(r"<code>http://testserver(/[^<]+)</code>", page)[0], GIVEN)
    one = User.objects.get(username="Xantippe")
    client.post("/logout/")
    client.post("/login/", {"username": "xantippe", "password": "a guess"})
    client.post("/login/", {"username": "xantippe", "password": PASSWORD})
    client.post("/agreement/", {"answer": "agree", "remember": "on"})
    client.post("/account/pairing/")
    client.post("/account/tokens/", {"name": "Xanthia's reader"})
    SavedFilter.objects.create(user=one, name="Xanthia's", question="?q=x")
    ReadingRules.objects.create(user=one, avoided_tags=[["Spiders", "Xanthia says so"]])
    address = f"/admin/reader/user/{one.pk}/change/"
    form = wren.get(address).context["adminform"].form
    given = {"username": "Xantippe", "email": "xanthia@example.org", "ceiling": "3", "is_active": "on"}
    assert wren.post(address, given | {"blocked_tags": "Fog"}).status_code == 302, form.errors
    wren.post("/admin/reader/user/", {"action": "make_link", "_selected_action": [one.pk]})
    return one, client


def test_whoever_has_closed_their_account_is_named_nowhere_in_the_whole_library() -> None:
    _, wren = member("wren", is_staff=True, is_superuser=True)
    one, client = a_whole_life(wren)
    found = client.get("/account/kept.json").content.decode()
    told = {column.model._meta.label for column in kept.theirs()} | {"reader.User"}
    assert tables_naming(*NAMES) - told == {"admin.LogEntry"}
    for theirs in ("Xantippe", "xanthia@example.org", "Xanthia's reader", "Xanthia says so", '"invitations"'):
        assert theirs in found
    for withheld in ("for Xantippe", "Fog"):
        assert withheld not in found
        assert withheld not in client.get("/account/kept/").content.decode()
    assert "under your name" not in client.get("/account/close/").content.decode()
    client.post("/account/close/", {"password": PASSWORD})
    assert not User.objects.filter(pk=one.pk).exists()
    assert tables_naming(*NAMES) == set()
    assert {one.get_decoded().get("_auth_user_id") for one in Session.objects.all()} <= {
        None,
        str(User.objects.get().pk),
    }


@pytest.mark.parametrize("way", ["delete/", "action"])
def test_whom_a_keeper_erases_is_named_nowhere_either(way: str) -> None:
    _, wren = member("wren", is_staff=True, is_superuser=True)
    one, _ = a_whole_life(wren)
    if way == "action":
        chosen = {"action": "delete_selected", "_selected_action": [one.pk], "post": "yes"}
        wren.post("/admin/reader/user/", chosen)
    else:
        wren.post(f"/admin/reader/user/{one.pk}/delete/", {"post": "yes"})
    assert not User.objects.filter(pk=one.pk).exists()
    assert tables_naming(*NAMES) == set()


def test_of_a_keeper_only_what_they_did_as_such_stays_and_the_page_says_so_before() -> None:
    member("wren", is_staff=True, is_superuser=True)
    _, client = member("xantippe", is_staff=True, is_superuser=True)
    work = shelve()
    chosen = {"action": "hold_selected", "_selected_action": [work], "confirmed": "yes", "reason": "why"}
    client.post("/admin/archive/work/", chosen)
    client.post("/admin/reread/")
    found = json.loads(client.get("/account/kept.json").content)
    assert (found["deeds as a keeper"][0]["what"], found["account"]["permissions"]) == ("held works", ["all"])
    page = client.get("/account/close/").content.decode()
    assert "stays in that log under your name, <b><bdi>xantippe</bdi></b>" in page
    client.post("/account/close/", {"password": PASSWORD})
    assert tables_naming(*NAMES) == {"archive.AuditEntry", "archive.ImportRun"}
    again, _ = member("xantippe")
    assert kept.deeds(again) == []


def test_closing_takes_the_password_and_erases_everything() -> None:
    ada, client = member("ada")
    member("tom")
    client.post("/agreement/", {"answer": "agree"})
    assert "not your password" in client.post("/account/close/", {"password": "wrong"}).content.decode()
    assert User.objects.filter(pk=ada.pk).exists()
    assert client.post("/account/close/", {"password": PASSWORD})["Location"] == "/"
    assert list(User.objects.values_list("username", flat=True)) == ["tom"]
    for table in (SavedFilter, AccessToken, Device):
        assert list(table.objects.values_list("user__username", flat=True).distinct()) == ["tom"]
    assert {one.get_decoded().get("_auth_user_id") for one in Session.objects.all()} <= {
        None,
        str(User.objects.get().pk),
    }
    assert client.get("/account/").status_code == 302


def test_looking_at_the_page_closes_nothing() -> None:
    _, client = member("ada")
    client.get("/account/close/", {"password": PASSWORD})
    assert User.objects.count() == 1


def test_the_last_keeper_stays() -> None:
    _, client = member("ada", is_staff=True, is_superuser=True)
    assert "You are the last keeper" in client.post("/account/close/", {"password": PASSWORD}).content.decode()
    member("wren", is_staff=True, is_superuser=True)
    client.post("/account/close/", {"password": PASSWORD})
    assert list(User.objects.values_list("username", flat=True)) == ["wren"]


@pytest.mark.parametrize(
    "address", ["", "password/", "devices/", "pairing/", "tokens/", "kept/", "kept.json", "close/"]
)
def test_the_desk_is_for_members_and_stored_by_nobody(address: str) -> None:
    assert Client().get(f"/account/{address}")["Location"].startswith("/login/?next=")
    _, client = member("ada")
    response = client.get(f"/account/{address}")
    assert response.status_code == 200
    assert "no-store" in response["Cache-Control"]
    assert "private" in response["Cache-Control"]
