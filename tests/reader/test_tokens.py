"""Access tokens: shown once, revocable, for routes that say so, and never further than their member."""

import base64
from datetime import timedelta

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import path
from django.utils import timezone
from django.views.decorators.http import require_safe

from archive import catalogue
from archive.models import SitePolicy
from archive.vocabulary import Rating
from reader.models import AccessToken, User
from reader.tokens import make, takes_tokens
from reader.urls import urlpatterns as house
from reader.views import works
from tests.shelving import shelve


@takes_tokens
@require_safe
def who(request: HttpRequest) -> HttpResponse:
    return HttpResponse(f"{request.reader.kind} {request.reader.name} {request.reader.ceiling} {request.reader.adult}")


urlpatterns = [path("who/", who), path("read/<int:number>/", takes_tokens(works.work)), *house]
pytestmark = [pytest.mark.django_db, pytest.mark.urls(__name__)]


@pytest.fixture
def ada() -> User:
    return User.objects.create_user("Ada", password="x")


def basic(name: str, password: str) -> str:
    return "Basic " + base64.b64encode(f"{name}:{password}".encode()).decode()


def ask(header: str, address: str = "/who/") -> HttpResponse:
    return Client().get(address, headers={"authorization": header})


def test_a_token_reads_as_its_member_by_bearer_and_by_basic(ada: User) -> None:
    token = make(ada, "feed")
    assert ask(f"Bearer {token}").content.decode() == "member Ada 4 False"
    assert ask(basic("ada", token)).content.decode() == "member Ada 4 False"


@pytest.mark.parametrize(
    "header", ["", "Bearer", "Bearer x", "Basic", "Basic !!", "Basic eA==", "Digest x", "Basic /w==", "☃"]
)
def test_what_is_no_token_is_refused_and_told_how_to_ask(ada: User, header: str) -> None:
    response = ask(header.encode().decode("latin-1"))
    assert response.status_code == 401
    assert response["WWW-Authenticate"].startswith("Basic")


def test_a_token_reads_as_its_own_member_beside_whatever_name_and_a_password_is_no_token(ada: User) -> None:
    User.objects.create_user("tom", password="x")
    token = make(ada, "feed")
    for name in ("ada", "tom", "", "☃"):
        assert ask(basic(name, token)).content.decode() == "member Ada 4 False"
    assert ask(basic("ada", "x")).status_code == 401


def test_wrong_tokens_are_counted_by_peer_and_lock_out_no_right_one(ada: User) -> None:
    token = make(ada, "feed")
    said = [ask("Bearer carrel_wrong") for _ in range(32)]
    assert [one.status_code for one in said] == [401] * 30 + [429] * 2
    assert int(said[-1]["Retry-After"]) > 0
    assert ask(f"Bearer {token}").status_code == 200
    elsewhere = Client().get("/who/", headers={"authorization": "Bearer x"}, REMOTE_ADDR="198.51.100.7")
    assert elsewhere.status_code == 401


def test_whoever_comes_with_a_browser_is_led_to_where_one_signs_in(ada: User) -> None:
    SitePolicy.everything.update(strangers_welcome=False)
    browser = Client()
    browser.cookies["carrel_session"] = "of another day"
    assert browser.get("/who/?x=1")["Location"] == "/login/?next=%2Fwho%2F%3Fx%3D1"


def test_a_token_opens_only_routes_that_say_so(ada: User) -> None:
    token = make(ada, "feed")
    assert ask(f"Bearer {token}", "/account/").status_code == 302
    assert "Sign in" in ask(f"Bearer {token}", "/").content.decode()


def test_a_token_changes_nothing(ada: User) -> None:
    token = make(ada, "feed")
    response = Client().post("/who/", headers={"authorization": f"Bearer {token}"})
    assert response.status_code == 401


def test_a_token_obeys_a_restriction_at_its_next_request(ada: User) -> None:
    token = make(ada, "feed")
    User.objects.update(ceiling=Rating.TEEN)
    assert " 2 " in ask(f"Bearer {token}").content.decode()
    User.objects.update(is_active=False)
    assert ask(f"Bearer {token}").status_code == 401


def test_a_token_is_revoked_at_once_and_by_its_member_alone(ada: User) -> None:
    token, mine, eve = make(ada, "feed"), Client(), Client()
    mine.force_login(ada)
    eve.force_login(User.objects.create_user("eve", password="x"))
    number = AccessToken.objects.get().pk
    assert eve.post(f"/account/tokens/{number}/").status_code == 404
    assert ask(f"Bearer {token}").status_code == 200
    mine.post(f"/account/tokens/{number}/")
    assert ask(f"Bearer {token}").status_code == 401


def test_a_token_has_agreed_to_what_the_account_remembers_and_to_nothing_else(ada: User) -> None:
    token, work = make(ada, "feed"), shelve(title="Unlit", ratings=("Explicit",))
    browser = Client()
    browser.force_login(ada)
    browser.post("/agreement/", {"answer": "agree"})
    assert ask(f"Bearer {token}", f"/read/{work}/").status_code == 404
    User.objects.update(adult_agreed=True)
    assert ask(f"Bearer {token}", f"/read/{work}/").status_code == 200


def test_a_work_that_would_ask_is_not_found(ada: User) -> None:
    token, work = make(ada, "feed"), shelve(title="Wreck", warnings=("Major Character Death",))
    assert ask(f"Bearer {token}", f"/read/{work}/").status_code == 404


def test_a_token_is_shown_once_and_kept_as_a_digest(ada: User) -> None:
    client = Client()
    client.force_login(ada)
    page = client.post("/account/tokens/", {"name": "My e-reader"}).content.decode()
    token = page.partition("<code>")[2].partition("</code>")[0]
    assert ask(f"Bearer {token}").status_code == 200
    assert token not in client.get("/account/tokens/").content.decode()
    assert token not in str(AccessToken.objects.values())


def test_the_use_of_a_token_is_noted_to_the_hour(ada: User) -> None:
    token = make(ada, "feed")
    ask(f"Bearer {token}")
    first = AccessToken.objects.get().used
    ask(f"Bearer {token}")
    assert AccessToken.objects.get().used == first
    AccessToken.objects.update(used=timezone.now() - timedelta(hours=2))
    ask(f"Bearer {token}")
    assert AccessToken.objects.get().used > first


def test_what_a_token_is_given_is_stored_by_nobody(ada: User) -> None:
    response = ask(f"Bearer {make(ada, 'feed')}")
    assert "no-store" in response["Cache-Control"]
    assert "Authorization" in response["Vary"]


def test_a_stranger_is_asked_for_a_token_where_strangers_are_not_welcome(ada: User) -> None:
    assert Client().get("/who/").content.decode().startswith("stranger")
    SitePolicy.everything.update(strangers_welcome=False)
    assert catalogue.policy().strangers_welcome is False
    assert Client().get("/who/").status_code == 401


def test_there_is_an_end_to_tokens(ada: User) -> None:
    AccessToken.objects.bulk_create(AccessToken(user=ada, name="x", digest=str(number)) for number in range(50))
    client = Client()
    client.force_login(ada)
    assert "50 tokens already" in client.post("/account/tokens/", {"name": "one more"}).content.decode()
