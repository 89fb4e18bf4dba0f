"""A member may connect their own account at the provider with the one they have here, and part the two again."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from archive.vocabulary import Rating
from reader import devices, kept
from reader.models import Device, Identity, User
from tests.elsewhere.conftest import come
from tests.elsewhere.provider import Provider

pytestmark = pytest.mark.django_db
ROOM = "/account/elsewhere/"
PASSWORD = "the harbour cat is staying"
GROUPS = ["readers"]


def at_home(name: str = "tom", **more: Any) -> tuple[User, Client]:
    user, client = User.objects.create_user(name, password=PASSWORD, **more), Client()
    client.force_login(user)
    return user, client


def connect(client: Client, provider: Provider, sub: str = "17", groups: Any = GROUPS) -> Any:
    page = client.post(ROOM, {"password": PASSWORD, "answer": "connect"})
    return client.get(provider.lets_in(page.context["address"], sub, groups=groups))


def test_what_is_connected_signs_its_member_in(provider: Provider) -> None:
    tom, client = at_home(ceiling=Rating.TEEN)
    assert connect(client, provider)["Location"] == ROOM
    assert "Part the two accounts" in client.get(ROOM).content.decode()
    other = Client()
    come(other, provider)
    assert other.get("/account/").context["user"] == tom
    assert list(User.objects.values_list("username", "ceiling")) == [("tom", Rating.TEEN)]


def test_connecting_takes_the_password(provider: Provider) -> None:
    _, client = at_home()
    for given in ("wrong", ""):
        page = client.post(ROOM, {"password": given, "answer": "connect"})
        assert "Refresh" not in page
        assert 'class="errors"' in page.content.decode()
    assert provider.asked == []
    assert Client().get(ROOM)["Location"] == f"/login/?next={ROOM.replace('/', '%2F')}"


def test_an_account_that_opens_one_member_is_connected_with_no_other(provider: Provider) -> None:
    come(Client(), provider)
    _, client = at_home()
    answer = connect(client, provider)
    assert answer.status_code == 403
    assert "Not connected" in answer.content.decode()
    assert Identity.objects.get().user.username == "ada"


def test_a_member_has_one_account_there(provider: Provider) -> None:
    _, client = at_home()
    connect(client, provider)
    assert connect(client, provider, sub="18").status_code == 403
    assert Identity.objects.get().subject == "17"


def test_whoever_signs_in_here_meanwhile_gets_nothing_connected(provider: Provider) -> None:
    _, client = at_home()
    page = client.post(ROOM, {"password": PASSWORD, "answer": "connect"})
    back = provider.lets_in(page.context["address"], "17", groups=GROUPS)
    eve = User.objects.create_user("eve")
    session = dict(client.session)
    client.force_login(eve)
    restored = client.session
    restored.update({name: session[name] for name in session if name.startswith("socialaccount")})
    restored.save()
    assert client.get(back).status_code == 403
    assert not Identity.objects.exists()


def test_a_device_with_a_ceiling_of_its_own_connects_nothing(provider: Provider) -> None:
    _, client = at_home()
    page = client.post(ROOM, {"password": PASSWORD, "answer": "connect"})
    back = provider.lets_in(page.context["address"], "17", groups=GROUPS)
    Device.objects.update(ceiling=Rating.TEEN)
    assert client.get(back).status_code == 403
    assert "Refresh" not in client.post(ROOM, {"password": PASSWORD, "answer": "connect"})
    assert not Identity.objects.exists()


def test_parting_takes_what_groups_gave_and_leaves_the_ceiling(provider: Provider) -> None:
    User.objects.create_superuser("wren")
    tom, client = at_home()
    connect(client, provider, groups=["readers", "keepers", "teens"])
    tom.refresh_from_db()
    assert (tom.is_staff, tom.ceiling) == (True, Rating.TEEN)
    client.post(ROOM, {"password": PASSWORD, "answer": "part"})
    tom.refresh_from_db()
    assert (tom.is_staff, tom.is_superuser, tom.ceiling) == (False, False, Rating.TEEN)
    come(Client(), provider)
    assert Identity.objects.get().user.username == "ada"


def test_whoever_has_no_password_stays_connected_and_closes_the_account_having_just_come(
    provider: Provider, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = Client()
    come(client, provider)
    for given in ("", "!", "wrong"):
        client.post(ROOM, {"password": given, "answer": "part"})
    assert Identity.objects.exists()
    monkeypatch.setattr(devices, "JUST_NOW", -devices.AN_HOUR)
    assert "come back within ten minutes" in client.post("/account/close/").content.decode()
    assert User.objects.exists()
    monkeypatch.undo()
    Device.objects.update(ceiling=Rating.TEEN)
    assert client.post("/account/close/").status_code == 200
    Device.objects.update(ceiling=None)
    assert client.post("/account/close/", {"password": "x"})["Location"] == "/"
    assert not User.objects.exists()
    assert not Identity.objects.exists()


def test_having_just_come_is_no_way_round_a_password(provider: Provider) -> None:
    tom, client = at_home()
    assert client.post("/account/close/").status_code == 200
    assert User.objects.filter(pk=tom.pk).exists()


def test_what_is_kept_of_it_is_shown_and_taken_along(provider: Provider) -> None:
    tom, client = at_home()
    connect(client, provider)
    [told] = kept.about(tom)["identities"]
    assert (told["issuer"], told["subject"]) == (provider.issuer, "17")
    page = client.get("/account/kept/").content.decode()
    assert f"<dt>Provider</dt><dd><bdi>{provider.issuer}</bdi></dd>" in page
    assert "<dt>Keeper by a group there</dt><dd><bdi>No</bdi></dd>" in page


def test_the_room_tells_a_members_groups_to_nobody(provider: Provider, set_up: Callable[..., None]) -> None:
    set_up(name="<b>Tide</b>")
    _, client = at_home()
    for page in (client.get(ROOM), client.get("/account/"), Client().get("/login/")):
        assert "<b>Tide" not in page.content.decode()
        assert "&lt;b&gt;Tide" in page.content.decode()
        assert "readers" not in page.content.decode()
