"""How pages look: a few choices in one cookie, which nobody can make say anything else."""

import pytest
from django.test import Client

from reader.look import SETTINGS, Look


def test_what_is_usual_is_not_kept() -> None:
    assert Look.of({setting.name: setting.usual for setting in SETTINGS}) == Look()


def test_a_choice_survives_the_cookie() -> None:
    look = Look.of({"theme": "sepia", "size": "6", "layout": "whole"})
    assert Look.read(str(look)) == look
    assert look.whole


@pytest.mark.parametrize(
    "cookie",
    ["", ".", ":", "theme", "theme:", "theme:pink", 'theme:"><script>', "onload:x", "theme:dark\0", "a" * 5000, "☃:☃"],
)
def test_a_cookie_that_makes_no_sense_is_as_none(cookie: str) -> None:
    assert Look.read(cookie) == Look()


@pytest.mark.django_db
def test_choices_stand_on_the_page_before_it_is_shown(client: Client) -> None:
    client.post("/settings/", {"theme": "black", "size": "5"})
    assert '<html lang="en" data-theme="black" data-size="5">' in client.get("/settings/").content.decode()


@pytest.mark.django_db
def test_the_cookie_is_out_of_reach_of_scripts_and_of_other_sites(client: Client) -> None:
    cookie = client.post("/settings/", {"theme": "dark"}).cookies["look"]
    assert (cookie["httponly"], cookie["samesite"], cookie.value) == (True, "Lax", "theme:dark")


@pytest.mark.django_db
def test_as_it_was_at_first_takes_the_cookie_away(client: Client) -> None:
    client.post("/settings/", {"theme": "dark"})
    client.post("/settings/", {"theme": "dark", "reset": "yes"})
    assert "data-theme" not in client.get("/settings/").content.decode()


@pytest.mark.django_db
def test_settings_lead_back_to_where_one_was_and_never_elsewhere(client: Client) -> None:
    assert client.post("/settings/", {"next": "/works/3/chapters/2/?a=b"})["Location"] == "/works/3/chapters/2/?a=b"
    assert client.post("/settings/", {"next": "https://evil.example/"})["Location"] == "/"


@pytest.mark.django_db
def test_only_a_post_changes_how_pages_look(client: Client) -> None:
    assert "look" not in client.get("/settings/?theme=dark").cookies


@pytest.mark.django_db
def test_a_form_without_its_token_changes_nothing() -> None:
    strict = Client(enforce_csrf_checks=True)
    response = strict.post("/settings/", {"theme": "dark"})
    assert response.status_code == 403
    assert "Please try again" in response.content.decode()
