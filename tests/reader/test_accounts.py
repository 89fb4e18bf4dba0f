"""Signing in and out, and the link that makes the first keeper."""

import pytest
from django.test import Client

from reader import first_keeper
from reader.models import User

PASSWORD = "the harbour cat is staying"


def link() -> str:
    return first_keeper.open_link("http://testserver").removeprefix("http://testserver")


def test_signing_in_leads_back_to_where_one_was(stranger: Client) -> None:
    User.objects.create_user("ada", password=PASSWORD)
    given = {"username": "ada", "password": PASSWORD}
    assert stranger.post("/login/", {**given, "next": "/?q=lamp"})["Location"] == "/?q=lamp"


def test_signing_in_never_leads_out_of_the_house(stranger: Client) -> None:
    User.objects.create_user("ada", password=PASSWORD)
    given = {"username": "ada", "password": PASSWORD, "next": "//evil.example/"}
    assert stranger.post("/login/", given)["Location"] == "/"


def test_a_wrong_name_and_a_wrong_password_are_told_alike(stranger: Client) -> None:
    User.objects.create_user("ada", password=PASSWORD)
    said = [
        stranger.post("/login/", {"username": name, "password": "wrong"})
        .content.decode()
        .count("do not belong together")
        for name in ("ada", "nobody")
    ]
    assert said == [1, 1]


def test_signing_out_takes_a_post(adult: Client) -> None:
    assert adult.get("/logout/").status_code == 405
    assert adult.post("/logout/")["Location"] == "/"
    assert "_auth_user_id" not in adult.session


def test_the_link_makes_the_first_keeper_and_signs_them_in(stranger: Client) -> None:
    address = link()
    assert "Become the keeper" in stranger.get(address).content.decode()
    response = stranger.post(
        address, {"username": "Ada", "password1": PASSWORD, "password2": PASSWORD, "preset": "anyone"}
    )
    assert response["Location"] == "/"
    keeper = User.objects.get()
    assert (keeper.username, keeper.is_staff, keeper.is_superuser) == ("Ada", True, True)
    assert stranger.session["_auth_user_id"] == str(keeper.pk)


def test_the_link_works_once(stranger: Client) -> None:
    address = link()
    given = {"username": "Ada", "password1": PASSWORD, "password2": PASSWORD, "preset": "anyone"}
    stranger.post(address, given)
    assert Client().get(address).status_code == 404
    assert Client().post(address, {**given, "username": "Eve"}).status_code == 404
    assert User.objects.count() == 1


@pytest.mark.parametrize(
    "given", [{"password2": "another"}, {"password1": "123", "password2": "123"}, {"username": ""}]
)
def test_what_will_not_do_is_said_and_the_link_stays_good(stranger: Client, given: dict[str, str]) -> None:
    address = link()
    response = stranger.post(address, {"username": "Ada", "password1": PASSWORD, "password2": PASSWORD, **given})
    assert 'class="errors"' in response.content.decode()
    assert not User.objects.exists()
    assert stranger.get(address).status_code == 200


def test_a_link_that_was_never_given_is_not_found(stranger: Client) -> None:
    link()
    assert stranger.get("/welcome/guessed/").status_code == 404


def test_a_spent_link_says_how_to_go_on(stranger: Client) -> None:
    spent = link()
    address = link()
    assert "manage.py keeper_link" in stranger.get(spent).content.decode()
    stranger.post(address, {"username": "Ada", "password1": PASSWORD, "password2": PASSWORD, "preset": "anyone"})
    assert "This library has a keeper." in Client().get(address).content.decode()


def test_nobody_becomes_keeper_by_knowing_the_form(stranger: Client) -> None:
    given = {"username": "Eve", "password1": PASSWORD, "password2": PASSWORD, "preset": "anyone"}
    assert stranger.post("/welcome/guessed/", given).status_code == 404
    assert not User.objects.exists()
