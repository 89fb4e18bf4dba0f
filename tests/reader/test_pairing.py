"""Six digits let a device in, once, for five minutes, and only when the member says that it is theirs."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from archive.vocabulary import Rating
from reader import pairing
from reader.models import Device, Pairing, User
from reader.qr import draw

pytestmark = pytest.mark.django_db
KOBO = "Mozilla/5.0 (Linux; U; Android 2.0) (Kobo Touch 0384)"


@pytest.fixture
def ada() -> User:
    return User.objects.create_user("ada", password="x")


@pytest.fixture
def desk(ada: User) -> Client:
    client = Client()
    client.force_login(ada)
    return client


def code_of(desk: Client, ceiling: str = "") -> str:
    page = desk.post("/account/pairing/", {"answer": "show", "ceiling": ceiling}).content.decode()
    return "".join(re.findall(r'class="digits">(\d{3}) (\d{3})<', page)[0])


def give(client: Client, code: str, peer: str = "192.0.2.7") -> int:
    return client.post("/pair/", {"code": code}, REMOTE_ADDR=peer).status_code


def confirm(desk: Client) -> None:
    desk.post("/account/pairing/", {"answer": "confirm", "asker": Pairing.objects.get().asker})


def go(client: Client) -> bool:
    client.post("/pair/", {"answer": "go"})
    return client.get("/account/").status_code == 200


def test_a_device_that_gave_the_code_comes_in_after_the_member_has_said_so(desk: Client) -> None:
    kobo = Client(headers={"user-agent": KOBO})
    code = code_of(desk)
    assert give(kobo, f"{code[:3]} {code[3:]}") == 302
    assert not go(kobo)
    assert "<b>Kobo</b>" in desk.get("/account/pairing/").content.decode()
    confirm(desk)
    assert go(kobo)
    assert Device.objects.filter(name="Kobo").exists()
    assert not Pairing.objects.exists()


def test_both_sides_show_the_same_number(desk: Client) -> None:
    kobo = Client(headers={"user-agent": KOBO})
    give(kobo, code_of(desk))
    number = Pairing.objects.get().check_number
    for page in (desk.get("/account/pairing/"), kobo.get("/pair/")):
        assert f"number <b>{number}</b>" in page.content.decode()


def test_a_code_is_good_for_one_device(desk: Client) -> None:
    code = code_of(desk)
    assert give(Client(), code) == 302
    assert give(Client(), code) == 200


def test_a_code_is_good_for_five_minutes(desk: Client) -> None:
    code = code_of(desk)
    assert Pairing.objects.get().until - timezone.now() <= timedelta(minutes=5)
    Pairing.objects.update(until=timezone.now() - timedelta(seconds=1))
    assert give(Client(), code) == 200


def test_a_device_that_was_let_in_too_late_stays_outside(desk: Client) -> None:
    kobo = Client()
    give(kobo, code_of(desk))
    confirm(desk)
    Pairing.objects.update(until=timezone.now() - timedelta(seconds=1))
    assert not go(kobo)


def test_only_the_browser_that_gave_the_code_comes_in(desk: Client) -> None:
    kobo, other = Client(), Client()
    give(kobo, code_of(desk))
    confirm(desk)
    assert not go(other)
    assert go(kobo)


def test_what_the_member_confirms_is_the_device_that_they_were_shown(desk: Client) -> None:
    first, second = Client(), Client()
    give(first, code_of(desk))
    shown = Pairing.objects.get().asker
    give(second, code_of(desk))
    desk.post("/account/pairing/", {"answer": "confirm", "asker": shown})
    assert not go(first)
    assert not go(second)


def test_a_member_who_does_not_know_the_device_keeps_it_out(desk: Client) -> None:
    kobo = Client()
    give(kobo, code_of(desk))
    desk.post("/account/pairing/", {"answer": "end"})
    assert not go(kobo)


def test_nobody_confirms_the_device_of_somebody_else(desk: Client) -> None:
    kobo, eve = Client(), Client()
    eve.force_login(User.objects.create_user("eve", password="x"))
    give(kobo, code_of(desk))
    confirm(eve)
    assert not go(kobo)


def test_opening_the_address_of_the_square_asks_for_nothing_yet(desk: Client) -> None:
    code = code_of(desk)
    page = Client().get(f"/pair/?code={code}").content.decode()
    assert f'value="{code}"' in page
    assert Pairing.objects.get().asker == ""


def test_codes_are_tried_a_few_times_and_then_wait(desk: Client) -> None:
    code_of(desk)
    assert [give(Client(), "x") for _ in range(6)] == [200] * 5 + [429]


def test_all_the_world_together_cannot_search_a_million_codes(desk: Client) -> None:
    code = code_of(desk)
    wrong = f"{(int(code) + 1) % 10**6:06}"
    said = [give(Client(), wrong, f"198.51.{number}.1") for number in range(101)]
    assert said == [200] * 100 + [429]
    assert pairing.OF_ALL.longest * 5 >= pairing.LIVES


def test_a_code_is_kept_under_a_key(desk: Client) -> None:
    code = code_of(desk)
    assert code not in str(Pairing.objects.values())


def test_a_new_device_may_have_a_ceiling_of_its_own(desk: Client) -> None:
    tablet = Client()
    give(tablet, code_of(desk, str(Rating.TEEN.value)))
    confirm(desk)
    assert go(tablet)
    assert Device.objects.exclude(ceiling=None).get().ceiling == Rating.TEEN


def test_a_new_device_never_looks_further_than_its_member(desk: Client) -> None:
    User.objects.update(ceiling=Rating.TEEN)
    page = desk.post("/account/pairing/", {"answer": "show", "ceiling": str(Rating.EXPLICIT.value)})
    assert 'class="digits"' not in page.content.decode()
    assert not Pairing.objects.exists()


def test_a_keeper_who_came_in_by_six_digits_gives_their_password_before_the_keepers_pages_open(desk: Client) -> None:
    User.objects.update(is_staff=True, is_superuser=True)
    kobo = Client()
    give(kobo, code_of(desk))
    confirm(desk)
    assert go(kobo)
    assert kobo.get("/admin/")["Location"].startswith("/admin/again/")


def test_the_session_of_a_device_that_comes_in_gets_a_new_key(desk: Client) -> None:
    kobo = Client()
    give(kobo, code_of(desk))
    confirm(desk)
    before = kobo.cookies["carrel_session"].value
    assert go(kobo)
    assert kobo.cookies["carrel_session"].value != before


def test_a_square_is_drawn_for_every_address() -> None:
    drawn = draw("https://books.example.org/pair/?code=123456")
    assert drawn.side == 33 + 8
    assert drawn.path.count("M") > 300
