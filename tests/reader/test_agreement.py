"""The agreement page: what it means, what holds, and the way back."""

from django.test import Client

from reader.models import User
from tests.shelving import shelve


def test_adult_works_stand_on_the_shelf_after_agreeing_and_go_when_it_is_taken_back(stranger: Client) -> None:
    shelve(title="Unlit", ratings=("Explicit",))
    assert "Unlit" not in stranger.get("/").content.decode()
    assert stranger.post("/agreement/", {"answer": "agree", "next": "/?sort=title"})["Location"] == "/?sort=title"
    assert "Unlit" in stranger.get("/").content.decode()
    stranger.post("/agreement/", {"answer": "withdraw"})
    assert "Unlit" not in stranger.get("/").content.decode()


def test_a_shelf_that_lists_adult_works_is_stored_nowhere(agreed: Client) -> None:
    assert "no-store" in agreed.get("/")["Cache-Control"]


def test_looking_changes_nothing(stranger: Client) -> None:
    stranger.get("/agreement/?answer=agree")
    assert 'value="agree"' in stranger.get("/agreement/").content.decode()


def test_the_page_says_how_things_stand(agreed: Client) -> None:
    said = agreed.get("/agreement/").content.decode()
    assert "remembered on your account" in said
    assert "Take it back" in said
    assert 'value="agree"' not in said


def test_taking_it_back_clears_the_account_too(agreed: Client) -> None:
    agreed.post("/agreement/", {"answer": "withdraw"})
    user = User.objects.get(username="agreed")
    assert (user.adult_agreed, user.unasked_warnings) == (False, 0)


def test_a_ceiling_cannot_be_agreed_away(teen: Client) -> None:
    shelve(title="Unlit", ratings=("Mature",))
    assert 'value="agree"' not in teen.get("/agreement/").content.decode()
    teen.post("/agreement/", {"answer": "agree", "remember": "yes"})
    assert not User.objects.get(username="teen").adult_agreed
    assert "Unlit" not in teen.get("/").content.decode()


def test_a_post_that_answers_nothing_changes_nothing(stranger: Client) -> None:
    stranger.post("/agreement/", {})
    assert 'value="agree"' in stranger.get("/agreement/").content.decode()


def test_the_shelf_says_that_some_works_may_not_appear_whatever_works_there_are(stranger: Client) -> None:
    line = "Some works may not appear until you agree to see adult works."
    assert line in stranger.get("/").content.decode()
    stranger.post("/agreement/", {"answer": "agree"})
    assert line not in stranger.get("/").content.decode()


def test_a_reader_with_a_ceiling_is_told_nothing_of_adult_works(teen: Client) -> None:
    assert "adult works" not in teen.get("/").content.decode()
