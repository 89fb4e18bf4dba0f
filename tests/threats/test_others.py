"""One member against another: whatever is sent to whatever address changes and shows only what is one's own."""

import json
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps
from django.core import serializers
from django.test import Client
from django.urls import get_resolver
from django.utils import timezone

from archive.vocabulary import Rating
from reader import pairing, tokens
from reader.models import Device, Pairing, ReadingRules, SavedFilter, User
from tests.leaks.test_every_route import addresses, row_of
from tests.leaks.test_the_whole_table import undone
from tests.leaks.test_what_is_stored import filled
from tests.leaks.works import body_of, put

pytestmark = pytest.mark.django_db

CANARY = "canary-of-tom"
PASSWORD = "the harbour cat is staying"
NEW = {"new_password1": "another cat altogether", "new_password2": "another cat altogether"}
ANSWERS = ("remove", "confirm", "end", "show", "agree", "revoke", "save", "default", "stop")


def of(user: User) -> str:
    """Every row that is a member's, as one text."""
    found: list[Any] = [user]
    for model in apps.get_app_config("reader").get_models():
        names = [field.name for field in model._meta.fields if field.related_model is User]
        for name in names:
            found += model._default_manager.filter(**{name: user}).order_by("pk")
    return serializers.serialize("json", found)


def somebody(name: str, **stated: object) -> User:
    """A member with one of everything."""
    user = User.objects.create_user(name, password=PASSWORD, email=f"{CANARY}@example.org", **stated)
    canary = f"{CANARY}-{name}"
    Device.objects.create(user=user, key=name, name=canary)
    SavedFilter.objects.create(user=user, name=canary, question=f"?q={canary}", default=True)
    ReadingRules.objects.create(user=user, avoided_tags=[[canary, ""]], avoided_works=[], hides_warnings=True)
    tokens.make(user, canary)
    pairing.show(user, None)
    Pairing.objects.filter(user=user).update(asker="asker", name=canary, until=timezone.now() + timedelta(minutes=5))
    return user


def sent(user: User, room: str) -> Iterator[dict[str, str]]:
    """What somebody might send who means another member by it."""
    named = {"user": str(user.pk), "user_id": str(user.pk), "username": user.username, "id": str(user.pk)}
    yield named
    for answer in ANSWERS:
        yield {**named, "answer": answer, "asker": "asker", "name": "mine", "question": "?q=mine", "tokens": "revoke"}
    if "password" not in room and "close" not in room:
        yield {**named, **NEW, "password": PASSWORD}


def rooms(number: int) -> Iterator[str]:
    """Every address of the reading room, the numbers in those of no work being this one."""
    [work] = put({"general": (("General Audiences",), ("No Archive Warnings Apply",))})
    for route in addresses(get_resolver().url_patterns):
        kind = row_of(route)
        if kind == "admin":
            continue
        plain = kind == "plain" and "<number:number>" in route
        yield (
            "/" + route.replace("<number:number>", str(number)).replace("<str:token>", "x")
            if plain
            else filled(route, work)
        )


def test_no_request_of_one_member_changes_or_shows_what_is_anothers() -> None:
    tom, eve = somebody("tom"), User.objects.create_user("eve", password=PASSWORD)
    numbers = {tom.pk, *(row.pk for rows in (tom.devices, tom.tokens, tom.filters) for row in rows.all())}
    before = of(tom)
    places = sorted({room for number in numbers for room in rooms(number)})
    client = Client()
    client.force_login(eve)
    for room in places:
        for answer in (client.get(room), *(client.post(room, given) for given in sent(tom, room))):
            assert CANARY not in body_of(answer) + str(answer.headers), room
            if not client.session.get("_auth_user_id"):  # signed out by it
                client.force_login(eve)
    assert of(tom) == before
    assert len(json.loads(before)) >= 6


def test_no_form_anywhere_raises_whoever_sends_it() -> None:
    """A member with a ceiling, on a device with a lower one, sends every address what would raise them."""
    teen = somebody("teen", ceiling=Rating.TEEN, blocked_tags=["fog"])
    client = Client()
    client.force_login(teen)
    Device.objects.exclude(key="teen").update(ceiling=Rating.GENERAL)
    [device] = Device.objects.exclude(key="teen")
    raised = {
        "ceiling": "4", "blocked_tags": "[]", "is_staff": "on", "is_superuser": "true", "user_permissions": "1",
        "groups": "1", "device": "", "kind": "keeper", "answer": "save", "adult": "true", "key": "x",
    }  # fmt: skip
    for room in sorted({*rooms(device.pk), *rooms(teen.pk)}):
        for given in (raised, {**raised, "answer": "show"}, {**raised, "answer": "agree", "remember": "yes"}):
            with undone(client):
                client.post(room, given)
                for user in User.objects.all():
                    assert (user.ceiling, user.blocked_tags) == (Rating.TEEN, ["fog"]), room
                    assert not user.is_staff, room
                    assert not user.is_superuser, room
                ceilings = [one.ceiling for one in Device.objects.exclude(key="teen")]
                assert [one for one in ceilings if one != Rating.GENERAL] == [], room
                assert not Pairing.objects.filter(ceiling__gt=Rating.TEEN).exists(), room
