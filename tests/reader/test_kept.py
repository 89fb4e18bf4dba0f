"""A member sees, takes and erases all that is kept about them, and nothing of anybody else."""

import json

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.sessions.models import Session
from django.db import models
from django.test import Client

from reader import kept
from reader.models import AccessToken, Device, Pairing, SavedFilter, User

pytestmark = pytest.mark.django_db
PASSWORD = "the harbour cat is staying"


def member(name: str, **more: bool) -> tuple[User, Client]:
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


def test_no_table_of_the_reading_room_that_names_a_member_is_forgotten() -> None:
    pointing = {
        (relation.related_model, relation.field.name)
        for relation in User._meta.get_fields(include_hidden=True)
        if relation.auto_created and relation.is_relation and relation.on_delete is models.CASCADE
    }
    of_django = {User.groups.through, User.user_permissions.through, LogEntry}
    told = {(one.related_model, one.field.name) for one in kept.theirs()}
    assert {one for one in pointing if one[0] not in of_django} == told


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
