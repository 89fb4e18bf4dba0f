"""Where members are signed in: listed, revoked, and gone at the next request."""

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone

from archive.vocabulary import Rating
from reader.models import AccessToken, Device, User
from tests.shelving import shelve

pytestmark = pytest.mark.django_db
PASSWORD = "the harbour cat is staying"
PHONE = "Mozilla/5.0 (Android 14; Mobile; rv:131.0) Gecko/131.0 Firefox/131.0"


@pytest.fixture
def ada() -> User:
    return User.objects.create_user("Ada", password=PASSWORD)


def sign_in(name: str = "ada", agent: str = "", **more: str) -> Client:
    client = Client(headers={"user-agent": agent})
    given = {"username": name, "password": PASSWORD, **more}
    assert client.post("/login/", given).status_code == 302
    return client


def inside(client: Client) -> bool:
    return client.get("/account/").status_code == 200


def test_each_session_is_a_device_with_a_plain_name(ada: User) -> None:
    sign_in(agent=PHONE)
    page = sign_in(agent="Mozilla/5.0 (Linux; U; Android 2.0) (Kobo Touch 0384)").get("/account/devices/")
    told = page.content.decode()
    assert "Firefox on Android" in told
    assert "Kobo" in told


def test_a_device_that_is_signed_out_is_a_strangers_at_its_next_request(ada: User) -> None:
    phone, desk = sign_in(agent=PHONE), sign_in()
    number = Device.objects.get(name="Firefox on Android").pk
    assert desk.post(f"/account/devices/{number}/")["Location"] == "/account/devices/"
    assert not inside(phone)
    assert inside(desk)


def test_a_session_whose_device_is_gone_holds_nothing_any_more(ada: User) -> None:
    phone = sign_in()
    phone.post("/agreement/", {"answer": "agree"})
    shelve(title="Unlit", ratings=("Explicit",))
    assert "Unlit" in phone.get("/").content.decode()
    Device.objects.all().delete()
    assert "Unlit" not in phone.get("/").content.decode()
    assert "Unlit" not in phone.get("/").content.decode()


def test_nobody_signs_out_the_device_of_somebody_else(ada: User) -> None:
    User.objects.create_user("tom", password=PASSWORD)
    sign_in()
    number = Device.objects.get().pk
    assert sign_in("tom").post(f"/account/devices/{number}/").status_code == 404
    assert Client().post(f"/account/devices/{number}/")["Location"].startswith("/login/")
    assert Device.objects.filter(pk=number).exists()


@pytest.mark.parametrize("choice", [{}, {"tokens": "revoke"}])
def test_signing_out_everywhere_ends_every_session_and_tokens_by_choice(ada: User, choice: dict[str, str]) -> None:
    AccessToken.objects.create(user=ada, name="feed", digest="x")
    phone, desk = sign_in(), sign_in()
    desk.post("/account/devices/", choice)
    assert not inside(phone)
    assert not inside(desk)
    assert AccessToken.objects.exists() == (not choice)


def test_a_session_cannot_be_replayed_after_signing_out(ada: User) -> None:
    client, thief = sign_in(), Client()
    thief.cookies["carrel_session"] = client.cookies["carrel_session"].value
    assert inside(thief)
    client.post("/logout/")
    assert not inside(thief)
    assert not Device.objects.exists()


def test_a_session_that_was_fixed_beforehand_is_not_the_one_that_is_signed_in(ada: User) -> None:
    client = Client()
    client.post("/agreement/", {"answer": "agree"})
    fixed = client.cookies["carrel_session"].value
    client.post("/login/", {"username": "ada", "password": PASSWORD})
    thief = Client()
    thief.cookies["carrel_session"] = fixed
    assert client.cookies["carrel_session"].value != fixed
    assert not inside(thief)


@pytest.mark.parametrize("forged", ["", "x" * 32, "../../etc", "eyJfYXV0aF91c2VyX2lkIjoiMSJ9:1:x"])
def test_a_forged_cookie_signs_nobody_in(ada: User, forged: str) -> None:
    client = Client()
    client.cookies["carrel_session"] = forged
    assert not inside(client)


def test_what_the_table_of_devices_holds_is_no_way_in(ada: User) -> None:
    sign_in()
    assert Device.objects.get().key not in str([one.get_decoded() for one in Session.objects.all()])


def test_a_new_password_ends_every_other_session(ada: User) -> None:
    phone, desk = sign_in(), sign_in()
    new = "another cat altogether"
    given = {"password": PASSWORD, "new_password1": new, "new_password2": new}
    assert desk.post("/account/password/", given)["Location"] == "/account/"
    assert not inside(phone)
    assert inside(desk)
    ada.refresh_from_db()
    assert ada.check_password(new)


def test_a_new_password_takes_the_old_one_and_guessing_it_has_a_limit(ada: User) -> None:
    desk, new = sign_in(), "another cat altogether"
    given = {"password": "wrong", "new_password1": new, "new_password2": new}
    said = [desk.post("/account/password/", given).content.decode() for _ in range(12)]
    assert "That is not your password." in said[0]
    assert "tried too often" in said[-1]
    ada.refresh_from_db()
    assert ada.check_password(PASSWORD)


def test_a_visit_is_noted_to_the_hour_and_no_oftener(ada: User) -> None:
    client = sign_in()
    before = Device.objects.get().seen
    client.get("/")
    assert Device.objects.get().seen == before
    Device.objects.update(seen=timezone.now() - timedelta(hours=2))
    client.head("/account/")
    assert Device.objects.get().seen < before
    client.get("/account/")
    assert Device.objects.get().seen > before


def test_a_browser_that_others_use_too_forgets_when_it_closes(ada: User) -> None:
    assert sign_in(shared="on").cookies["carrel_session"]["max-age"] == ""
    assert sign_in().cookies["carrel_session"]["max-age"] > 29 * 24 * 60 * 60


def test_an_account_that_is_closed_is_signed_out_at_its_next_request(ada: User) -> None:
    client = sign_in()
    User.objects.update(is_active=False)
    assert not inside(client)


def test_what_a_stranger_chose_joins_the_account_and_follows_it(ada: User) -> None:
    stranger = Client()
    stranger.post("/settings/", {"theme": "sepia"})
    stranger.post("/login/", {"username": "ada", "password": PASSWORD})
    assert 'data-theme="sepia"' in sign_in().get("/settings/").content.decode()


def test_a_choice_on_one_device_holds_on_the_others_and_not_for_strangers(ada: User) -> None:
    phone, desk = sign_in(), sign_in()
    desk.post("/settings/", {"theme": "black"})
    assert 'data-theme="black"' in phone.get("/settings/").content.decode()
    phone.post("/logout/")
    assert "data-theme" not in phone.get("/settings/").content.decode()


def test_a_ceiling_of_a_device_acts_at_its_next_request_and_nowhere_else(ada: User) -> None:
    User.objects.update(adult_agreed=True)
    shelve(title="Unlit", ratings=("Explicit",))
    tablet, desk = sign_in(agent=PHONE), sign_in()
    Device.objects.filter(name="Firefox on Android").update(ceiling=Rating.TEEN)
    assert "Unlit" not in tablet.get("/").content.decode()
    assert "Unlit" in desk.get("/").content.decode()


def test_a_device_with_a_ceiling_lets_no_device_in_makes_no_tokens_and_is_no_keepers() -> None:
    User.objects.create_superuser("ada", password=PASSWORD)
    tablet = sign_in()
    assert tablet.get("/admin/").status_code == 200
    Device.objects.update(ceiling=Rating.TEEN)
    assert tablet.get("/admin/").status_code == 403
    tablet.post("/account/tokens/", {"name": "feed"})
    tablet.post("/account/pairing/", {"answer": "show", "ceiling": ""})
    assert not AccessToken.objects.exists()
    assert not User.objects.filter(pairing__isnull=False).exists()
