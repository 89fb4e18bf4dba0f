"""Signing out is no way round a ceiling: what holds for one member holds for every stranger."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from archive import catalogue, wrangling
from archive.models import SitePolicy, Tag
from archive.policy import Limits
from archive.vocabulary import Rating
from reader.models import Device, User
from tests.cast import enter
from tests.reader.test_pairing import code_of, confirm, give, go
from tests.shelving import shelve

pytestmark = pytest.mark.django_db
GONE = 404


def ways_to(work: int) -> list[str]:
    base = f"/works/{work}/"
    return [base, f"{base}all/", f"{base}chapters/1/", f"{base}history/", f"{base}?view_adult=true"]


def tries_everything(client: Client, work: int) -> None:
    """Whoever is at this browser tries to see the work, and to agree to it, and finds nothing."""
    for answer in ({"answer": "agree"}, {"answer": "agree", "remember": "yes"}):
        client.post("/agreement/", answer)
    assert 'value="agree"' not in client.get("/agreement/").content.decode()
    assert client.post(f"/works/{work}/agree/", {"stakes": "x"}).status_code == GONE
    for way in ways_to(work):
        assert client.get(way).status_code == GONE, way
    for way in ("/", "/?q=unlit", "/?rating=explicit", "/authors/quillfeather/", "/suggest/?q=unl"):
        page = client.get(way).content.decode()
        assert "Unlit" not in page, way
        assert "until you agree" not in page, way


def test_a_teen_member_who_signs_out_sees_no_more_than_before() -> None:
    work = shelve(title="Unlit", ratings=("Explicit",))
    teen = enter("teen")
    tries_everything(teen, work)
    teen.post("/logout/")
    assert "_auth_user_id" not in teen.session
    tries_everything(teen, work)
    tries_everything(Client(), work)


def test_a_tablet_with_a_ceiling_that_is_signed_out_is_no_way_round_it_until_it_is_forgotten() -> None:
    work = shelve(title="Unlit", ratings=("Explicit",))
    desk, tablet = enter("agreed"), Client()
    give(tablet, code_of(desk, str(Rating.TEEN.value)))
    confirm(desk)
    assert go(tablet)
    number = Device.objects.get(ceiling=Rating.TEEN).pk
    tries_everything(tablet, work)
    tries_everything(Client(), work)  # who clears the cookies of the tablet is a stranger, too
    assert tablet.post(f"/account/devices/{number}/", {"answer": "forget"}).status_code == 403
    tablet.post("/account/devices/")  # out everywhere, itself too
    tries_everything(tablet, work)
    desk = Client()
    desk.force_login(User.objects.get())
    assert desk.get(f"/works/{work}/").status_code == 200
    assert "<b>signed out</b>" in desk.get("/account/devices/").content.decode()
    desk.post(f"/account/devices/{number}/")
    tries_everything(tablet, work)
    assert desk.post(f"/account/devices/{number}/", {"answer": "forget"}).status_code == 302
    assert "until you agree" in tablet.get("/").content.decode()
    assert tablet.get(f"/works/{work}/").status_code == 200  # the gate


@pytest.mark.parametrize("way", ["/logout/", "/account/devices/{}/", "closed", "long ago"])
def test_however_a_device_with_a_ceiling_is_left_its_ceiling_stays(way: str) -> None:
    tablet = enter("agreed")
    Device.objects.update(ceiling=Rating.TEEN)
    if way == "closed":
        User.objects.update(is_active=False)
    elif way == "long ago":
        Device.objects.update(seen=timezone.now() - timedelta(days=500))
        Client().force_login(User.objects.get())
    else:
        tablet.post(way.format(Device.objects.get().pk))
    assert tablet.get("/account/").status_code == 302
    assert catalogue.limits() == Limits(Rating.TEEN)


def test_strangers_get_the_lowest_of_all_ceilings_and_all_blocked_tags() -> None:
    assert catalogue.limits() == Limits()
    enter("adult")
    assert catalogue.limits() == Limits()
    enter("teen")
    User.objects.create_user("young", ceiling=Rating.GENERAL, blocked_tags=["Spiders"])
    User.objects.create_user("other", blocked_tags=["fandom:Lamps"])
    assert catalogue.limits() == Limits(Rating.GENERAL, frozenset({"spiders", "fandom:lamps"}))
    User.objects.filter(username="young").update(is_active=False)
    assert catalogue.limits() == Limits(Rating.TEEN, frozenset({"fandom:lamps"}))


def test_a_tag_that_is_blocked_for_a_member_is_gone_for_strangers_with_its_synonyms() -> None:
    work = shelve(title="Unlit", freeforms=("Tarantulas",))
    shelve(title="Lit", freeforms=("Spiders",), authors=("saltmarsh",))
    spiders, tarantulas = Tag.everything.get(key="spiders"), Tag.everything.get(key="tarantulas")
    wrangling.make_synonym(tarantulas, spiders)
    User.objects.create_user("young", blocked_tags=["Spiders"])
    assert Client().get(f"/works/{work}/").status_code == GONE
    assert enter("adult").get(f"/works/{work}/").status_code == 200


def test_what_a_stranger_agreed_to_before_a_ceiling_was_set_ends_with_it() -> None:
    work = shelve(title="Unlit", ratings=("Explicit",))
    stranger = Client()
    stranger.post("/agreement/", {"answer": "agree"})
    assert stranger.get(f"/works/{work}/").status_code == 200
    User.objects.create_user("young", ceiling=Rating.MATURE)
    tries = [stranger.get(way).status_code for way in ways_to(work)]
    assert tries == [GONE] * len(tries)
    User.objects.all().delete()
    assert stranger.get(f"/works/{work}/").status_code == 200


def test_members_are_held_to_their_own_ceiling_and_not_to_that_of_others() -> None:
    work = shelve(title="Unlit", ratings=("Explicit",))
    enter("teen")
    assert enter("agreed").get(f"/works/{work}/").status_code == 200


def test_it_costs_strangers_one_query_and_members_none() -> None:
    def asked_of_accounts(client: Client) -> int:
        with CaptureQueriesContext(connection) as queries:
            client.get("/")
        return sum('"reader_user"."blocked_tags"' in one["sql"] for one in queries)

    member = enter("adult")
    assert asked_of_accounts(Client()) == 1
    assert asked_of_accounts(member) == 1  # their own account
    SitePolicy.everything.update(strangers_welcome=False)
    assert asked_of_accounts(Client()) == 0
