"""How members come: by invitation, by themselves where that is allowed; and back by a link when they forgot."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from archive.models import AuditEntry, SitePolicy
from archive.vocabulary import Rating
from reader import joining
from reader.models import Device, Invitation, User

pytestmark = pytest.mark.django_db
PASSWORD = "the harbour cat is staying"
NEW = {"new_password1": "another cat altogether", "new_password2": "another cat altogether"}


def given(name: str = "Tom", password: str = PASSWORD) -> dict[str, str]:
    return {"username": name, "password1": password, "password2": password}


@pytest.fixture
def keeper() -> User:
    return User.objects.create_superuser("ada", password=PASSWORD)


@pytest.fixture
def invitation(keeper: User) -> str:
    asked = Invitation(until=timezone.now() + timedelta(days=7), ceiling=Rating.TEEN, blocked_tags=["Spiders"])
    return f"/invitations/{joining.invite(asked, keeper)}/"


def test_an_invitation_makes_a_member_with_the_limits_that_were_set_beforehand(invitation: str) -> None:
    client = Client()
    assert client.post(invitation, given())["Location"] == "/"
    tom = User.objects.get(username="Tom")
    assert (tom.ceiling, tom.blocked_tags, tom.is_staff) == (Rating.TEEN, ["Spiders"], False)
    assert client.get("/account/").status_code == 200


def test_limits_are_not_what_the_guest_says(invitation: str) -> None:
    Client().post(invitation, {**given(), "ceiling": "4", "blocked_tags": "[]", "is_staff": "on", "is_superuser": "on"})
    tom = User.objects.get(username="Tom")
    assert (tom.ceiling, tom.is_staff, tom.is_superuser) == (Rating.TEEN, False, False)


def test_looking_at_an_invitation_uses_nothing_up(invitation: str) -> None:
    for _ in range(2):
        assert "has invited you" in Client().get(invitation, given()).content.decode()
        assert Client().head(invitation).status_code == 200
    assert Invitation.objects.get().used is None


def test_an_invitation_is_good_for_one(invitation: str) -> None:
    Client().post(invitation, given())
    assert Client().get(invitation).status_code == 404
    assert Client().post(invitation, given("Eve")).status_code == 404
    assert not User.objects.filter(username="Eve").exists()


def test_an_invitation_ends(invitation: str) -> None:
    Invitation.objects.update(until=timezone.now())
    assert Client().post(invitation, given()).status_code == 404


def test_an_invitation_is_kept_as_a_digest(invitation: str) -> None:
    assert invitation.split("/")[2] not in str(Invitation.objects.values())


@pytest.mark.parametrize("name", ["ada", "ADA", "Ａda", "Áda", "аdа", "", "a b", "x" * 151, "a\0b"])
def test_a_name_that_is_taken_or_will_not_do_leaves_the_invitation_good(invitation: str, name: str) -> None:
    response = Client().post(invitation, given(name))
    assert 'class="errors"' in response.content.decode()
    assert User.objects.count() == 1
    assert Client().get(invitation).status_code == 200


def test_nobody_registers_unless_the_policy_says_so() -> None:
    assert Client().get("/register/").status_code == 404
    assert Client().post("/register/", given()).status_code == 404
    assert not User.objects.exists()


def test_whoever_comes_makes_an_account_where_the_policy_says_so() -> None:
    SitePolicy.everything.update(registration=True)
    assert "I have no account yet" in Client().get("/login/").content.decode()
    client = Client()
    assert client.post("/register/", given())["Location"] == "/"
    assert client.get("/account/").status_code == 200
    assert AuditEntry.everything.get().about == f"member {User.objects.get(username='Tom').pk}"


def test_an_account_that_anybody_can_make_is_no_way_round_a_limit() -> None:
    SitePolicy.everything.update(registration=True, stranger_ceiling=Rating.TEEN, blocked_tags=["Spiders"])
    Client().post("/register/", given())
    tom = User.objects.get()
    assert (tom.ceiling, tom.blocked_tags, tom.is_staff) == (Rating.TEEN, ["spiders"], False)


def test_a_new_account_looks_no_further_than_the_others_may_also_where_strangers_see_nothing() -> None:
    SitePolicy.everything.update(registration=True, strangers_welcome=False)
    User.objects.create_user("young", ceiling=Rating.TEEN, blocked_tags=["Spiders"])
    Client().post("/register/", given())
    tom = User.objects.get(username="Tom")
    assert (tom.ceiling, tom.blocked_tags) == (Rating.TEEN, ["spiders"])


def test_accounts_are_not_made_by_the_hundred() -> None:
    SitePolicy.everything.update(registration=True)
    for number in range(12):
        Client().post("/register/", given(f"member-{number}"))
    assert User.objects.count() == 10


@pytest.fixture
def link(keeper: User) -> str:
    tom = User.objects.create_user("Tom", password="forgotten long ago")
    number, token = joining.password_link(tom)
    return f"/forgotten/{number}/{token}/"


def test_a_link_sets_a_new_password_once_and_signs_every_device_out(link: str) -> None:
    Device.objects.create(user=User.objects.get(username="Tom"), key="x", name="Old")
    client = Client()
    assert "A new password" in client.get(link).content.decode()
    assert client.post(link, NEW)["Location"] == "/"
    assert client.get("/account/").status_code == 200
    assert User.objects.get(username="Tom").check_password(NEW["new_password1"])
    assert Device.objects.exclude(name="Old").count() == Device.objects.count() == 1
    assert Client().get(link).status_code == 404
    assert Client().post(link, {**NEW, "new_password1": "x"}).status_code == 404


def test_a_link_for_a_new_password_ends_after_a_day(link: str, settings: object) -> None:
    assert settings.PASSWORD_RESET_TIMEOUT == 24 * 60 * 60
    settings.PASSWORD_RESET_TIMEOUT = -1
    assert Client().get(link).status_code == 404


def test_the_link_of_one_member_opens_no_other(link: str, keeper: User) -> None:
    token = link.split("/")[3]
    assert Client().get(f"/forgotten/{keeper.pk}/{token}/").status_code == 404
    assert Client().get(f"/forgotten/999999/{token}/").status_code == 404


def test_an_account_that_is_closed_has_no_link(link: str) -> None:
    User.objects.filter(username="Tom").update(is_active=False)
    assert Client().get(link).status_code == 404
