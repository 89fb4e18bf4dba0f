"""Accounts as a way round: a member's things are theirs alone, no door says who is here, and no log tells of them."""

import io
import json

import pytest
from django.test import Client

from archive.vocabulary import Rating
from reader import joining, pairing, tokens
from reader.models import AccessToken, Device, Invitation, Pairing, SavedFilter, User
from tests.leaks.works import stock

pytestmark = pytest.mark.django_db
PASSWORD = "the harbour cat is staying"
SECRET = "canary-of-tom"


@pytest.fixture
def tom() -> User:
    """Somebody with one of everything."""
    tom = User.objects.create_user("tom", password=PASSWORD, email=f"{SECRET}@example.org")
    Device.objects.create(user=tom, key="x", name=SECRET)
    SavedFilter.objects.create(user=tom, name=SECRET, question="?q=x")
    tokens.make(tom, SECRET)
    pairing.show(tom, None)
    Pairing.objects.update(asker="asker", name=SECRET)
    return tom


@pytest.fixture
def eve(tom: User) -> Client:
    client = Client()
    client.force_login(User.objects.create_user("eve", password=PASSWORD))
    return client


ROOMS = ("", "devices/", "pairing/", "tokens/", "kept/", "kept.json", "close/", "password/")


def test_no_room_of_one_members_desk_shows_anything_of_anothers(eve: Client) -> None:
    for room in ROOMS:
        assert SECRET not in eve.get(f"/account/{room}").content.decode(), room
    assert SECRET not in eve.get("/filters/").content.decode()


def test_no_number_in_an_address_reaches_what_is_anothers(eve: Client, tom: User) -> None:
    for room, row in (("devices", tom.devices.get()), ("tokens", tom.tokens.get())):
        for answer in ({}, {"user": tom.pk}, {"answer": "remove", "user_id": tom.pk}):
            assert eve.post(f"/account/{room}/{row.pk}/", answer).status_code == 404
    eve.post("/account/pairing/", {"answer": "confirm", "asker": "asker", "user": tom.pk})
    eve.post("/account/pairing/", {"answer": "end", "user": tom.pk})
    eve.post("/account/devices/", {"tokens": "revoke", "user": tom.pk})
    assert (tom.devices.count(), tom.tokens.count(), Pairing.objects.get().confirmed) == (1, 1, False)


def test_a_member_closes_their_own_account_whatever_they_send(eve: Client, tom: User) -> None:
    eve.post("/account/close/", {"password": PASSWORD, "username": "tom", "user": tom.pk})
    assert list(User.objects.all()) == [tom]


@pytest.mark.parametrize("field", ["ceiling", "is_staff", "is_superuser", "blocked_tags", "adult_agreed", "username"])
def test_no_form_of_the_desk_raises_whoever_sends_it(eve: Client, field: str) -> None:
    User.objects.filter(username="eve").update(ceiling=Rating.TEEN)
    before = User.objects.filter(username="eve").values(field).get()
    new = {"password": PASSWORD, "new_password1": "another cat altogether", "new_password2": "another cat altogether"}
    for room in ("", "devices/", "pairing/", "tokens/", "password/"):
        eve.post(
            f"/account/{room}", {**new, "name": "x", "answer": "show", field: "4" if field == "ceiling" else "true"}
        )
    assert User.objects.filter(pk=User.objects.get(username="eve").pk).values(field).get() == before


@pytest.mark.parametrize("address", ["/login/", "/register/", "/account/", "/pair/", "/forgotten/"])
def test_nobody_is_led_to_another_house_by_next(tom: User, address: str) -> None:
    for way in ("//evil.example", "/\\evil.example", "https://evil.example", "javascript:alert(1)", "/\t/evil.example"):
        client = Client()
        client.post("/login/", {"username": "tom", "password": PASSWORD})
        for response in (
            Client().post(address, {"username": "tom", "password": PASSWORD, "next": way}),
            client.get(address, {"next": way}),
            Client().get(address, {"next": way}),
        ):
            assert "evil" not in response.get("Location", "").partition("?")[0]
            assert "javascript" not in response.get("Location", "").partition("?")[0]


def test_a_session_made_before_a_restriction_obeys_it_at_its_next_request(tom: User) -> None:
    work = next(one for one in stock() if one.name == "explicit")
    client = Client()
    client.force_login(tom)
    client.post("/agreement/", {"answer": "agree", "remember": "yes"})
    assert client.get(f"/works/{work.pk}/").status_code == 200
    User.objects.update(ceiling=Rating.TEEN)
    assert client.get(f"/works/{work.pk}/").status_code == 404


def test_what_was_agreed_in_a_session_is_gone_when_somebody_signs_in_or_out_there(tom: User) -> None:
    client = Client()
    client.post("/agreement/", {"answer": "agree"})
    client.post("/login/", {"username": "tom", "password": PASSWORD})
    assert 'value="agree"' in client.get("/agreement/").content.decode()
    client.post("/agreement/", {"answer": "agree"})
    client.post("/logout/")
    assert 'value="agree"' in client.get("/agreement/").content.decode()


def test_a_device_that_comes_in_by_six_digits_brings_no_agreement_with_it(tom: User) -> None:
    kobo = Client()
    kobo.post("/agreement/", {"answer": "agree"})
    kobo.post("/pair/", {"code": pairing.show(tom, None)})
    pairing.confirm(tom, Pairing.objects.get().asker)
    kobo.post("/pair/", {"answer": "go"})
    assert kobo.get("/account/").status_code == 200
    assert 'value="agree"' in kobo.get("/agreement/").content.decode()


def test_links_that_were_never_given_look_like_those_that_are_spent(tom: User) -> None:
    asked = Invitation(until=tom.date_joined)
    spent = f"/invitations/{joining.invite(asked, tom)}/"
    number, token = joining.password_link(tom)
    strange = [spent, "/invitations/never/", f"/forgotten/{number}/never/", f"/forgotten/{10**6}/{token}/"]
    pages = {Client().get(address).content.decode().replace(address, "") for address in strange}
    assert {Client().get(address).status_code for address in strange} == {404}
    assert len({page.partition("<main")[2] for page in pages}) == 1


def test_there_is_no_default_account(db: None) -> None:
    assert not User.objects.exists()
    for name in ("admin", "root", "keeper", "carrel"):
        for password in ("admin", "password", "carrel", ""):
            client = Client()
            client.post("/login/", {"username": name, "password": password})
            assert client.get("/account/").status_code == 302


def test_no_log_holds_a_name_a_password_a_token_or_a_link(
    tom: User, journal: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    number, link = joining.password_link(tom)
    invitation = joining.invite(Invitation(until=tom.date_joined), tom)
    secret = tokens.make(tom, "feed")
    code = pairing.show(tom, None)
    strict = Client(enforce_csrf_checks=True, raise_request_exception=False)
    client = Client(raise_request_exception=False)

    def everywhere() -> None:
        for one in (client, strict):
            one.post("/login/", {"username": "tom", "password": "wrong-canary"})
            one.get("/account/", headers={"authorization": f"Bearer {secret}"})
            for address in (f"/invitations/{invitation}/", f"/forgotten/{number}/{link}/", f"/pair/?code={code}"):
                one.get(address)
                one.post(address, {"code": code, "username": "tom-canary", "password1": "wrong-canary"})

    def breaks(*args: object, **kwargs: object) -> None:
        raise RuntimeError("out of order")

    everywhere()
    for place in ("reader.guessing.begin", "reader.joining.invited", "reader.joining.holder", "reader.pairing.asked"):
        monkeypatch.setattr(place, breaks)
    everywhere()
    told = journal.getvalue()
    assert "out of order" in told
    canaries = ("canary", secret, link, invitation, code, PASSWORD)
    assert [one for one in canaries if one in told] == []


def test_the_file_of_what_is_kept_is_plain_data(eve: Client) -> None:
    found = json.loads(eve.get("/account/kept.json").content)
    assert found["account"]["username"] == "eve"
    assert AccessToken.objects.filter(user__username="eve").exists() == ("access tokens" in found)
