"""Saved filters: a member's own questions by name, which nobody else sees or touches."""

import re
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection
from django.test import Client

from reader import filters
from reader.models import SavedFilter, User
from tests.cast import enter
from tests.leaks.test_every_route import same
from tests.reader.test_shelves import pressed, shown, titles
from tests.shelving import shelve

pytestmark = pytest.mark.django_db


def save(client: Client, name: str, question: str, **more: str) -> SavedFilter | None:
    client.post("/filters/", {"name": name, "question": question, **more})
    return SavedFilter.objects.filter(name=name).first()


def test_a_question_is_saved_under_a_name_and_found_again(adult: Client) -> None:
    shelve(title="One", freeforms=("Fluff",))
    shelve(title="Two")
    page = shown(adult, "/?freeform=fluff&page=3")
    assert '<input type="hidden" name="question" value="?freeform=fluff">' in page
    response = adult.post(
        "/filters/", {"name": " Something  soft ", "question": "?freeform=fluff&page=3", "next": "/x"}
    )
    assert response["Location"] == "/x"
    kept = SavedFilter.objects.get()
    assert (kept.name, kept.question, kept.default) == ("Something soft", "?freeform=fluff", False)
    assert 'href="/?freeform=fluff"><bdi>Something soft</bdi></a>' in shown(adult)
    assert titles(shown(adult, "/" + kept.question)) == ["One"]


def test_saving_under_the_same_name_replaces(adult: Client) -> None:
    save(adult, "Mine", "?freeform=fluff")
    save(adult, "Mine", "?freeform=angst")
    assert [kept.question for kept in SavedFilter.objects.all()] == ["?freeform=angst"]


@pytest.mark.parametrize(
    ("name", "question", "said"),
    [
        ("", "?freeform=fluff", "needs a name"),
        ("x" * 81, "?freeform=fluff", "at most 80 characters"),
        ("Mine", "?", "choose something first"),
        ("Mine", "https://evil.example/", "choose something first"),
        ("Mine", "?colour=red", "choose something first"),
        ("Mine", "?" + "&".join(["tag=a"] * 600), "That is no question that can be kept."),
    ],
)
def test_what_cannot_be_saved_is_explained(adult: Client, name: str, question: str, said: str) -> None:
    response = adult.post("/filters/", {"name": name, "question": question})
    assert said in response.content.decode()
    assert not SavedFilter.objects.exists()


def test_a_filter_is_renamed_and_removed(adult: Client) -> None:
    kept = save(adult, "Mine", "?freeform=fluff")
    save(adult, "Other", "?freeform=angst")
    assert kept
    adult.post(f"/filters/{kept.pk}/", {"answer": "rename", "name": "Soft"})
    kept.refresh_from_db()
    assert kept.name == "Soft"
    taken = adult.post(f"/filters/{kept.pk}/", {"answer": "rename", "name": "Other"})
    assert "another filter with the name" in taken.content.decode()
    adult.post(f"/filters/{kept.pk}/", {"answer": "remove"})
    assert [one.name for one in SavedFilter.objects.all()] == ["Other"]


def test_nothing_stores_the_page_of_filters(adult: Client, stranger: Client) -> None:
    kept = save(adult, "Mine", "?freeform=fluff")
    assert kept
    answers = [adult.get("/filters/"), stranger.get("/filters/")]
    answers += [adult.post(f"/filters/{kept.pk}/", {"answer": answer, "name": "x"}) for answer in ("rename", "no")]
    assert ["no-store" in answer["Cache-Control"] for answer in answers] == [True] * 4


@pytest.mark.django_db(transaction=True)
def test_of_two_who_give_two_filters_one_name_at_once_one_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    adult = enter("adult")
    kept = [save(adult, name, "?freeform=fluff") for name in ("One", "Two")]
    both, told = Barrier(2), []

    def rename(one: SavedFilter | None) -> None:
        assert one
        both.wait(10)
        try:
            filters.rename(one, "Same")
        except filters.NotKept as why:
            told.append(str(why))
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as threads:
        list(threads.map(rename, kept))
    assert len(told) == 1
    assert SavedFilter.objects.filter(name="Same").count() == 1


def test_a_member_begins_with_their_default_and_has_a_way_past_it(adult: Client) -> None:
    shelve(title="One", freeforms=("Fluff",))
    shelve(title="Two", freeforms=("Angst",))
    save(adult, "Soft", "?freeform=fluff", default="yes")
    assert adult.get("/")["Location"] == "/?freeform=fluff"
    page = shown(adult, "/?freeform=fluff")
    assert re.search(r"You begin with <b><bdi>Soft</bdi></b>\. <a href=\"\?everything=yes\">Show everything</a>", page)
    assert sorted(titles(shown(adult, "/?everything=yes"))) == ["One", "Two"]
    assert pressed(adult, "/?freeform=fluff&drop=freeform:fluff") == "/?everything=yes"
    assert 'href="?everything=yes"' in shown(adult, "/?freeform=fluff&complete=yes")


def test_there_is_one_default_at_most(adult: Client) -> None:
    first = save(adult, "Soft", "?freeform=fluff", default="yes")
    second = save(adult, "Hard", "?freeform=angst", default="yes")
    assert first
    assert second
    assert [one.name for one in SavedFilter.objects.filter(default=True)] == ["Hard"]
    adult.post(f"/filters/{first.pk}/", {"answer": "begin"})
    assert [one.name for one in SavedFilter.objects.filter(default=True)] == ["Soft"]
    adult.post(f"/filters/{first.pk}/", {"answer": "stop"})
    assert adult.get("/").status_code == 200


def test_strangers_and_others_are_not_sent_to_a_default(adult: Client, stranger: Client) -> None:
    save(adult, "Soft", "?freeform=fluff", default="yes")
    assert stranger.get("/").status_code == 200
    assert enter("keeper").get("/").status_code == 200


def test_a_filter_is_found_by_its_owner_only(adult: Client) -> None:
    kept = save(adult, "Mine", "?freeform=fluff")
    assert kept
    for other in (enter("keeper"), enter("teen"), Client()):
        for answer in ("rename", "remove", "begin"):
            response = other.post(f"/filters/{kept.pk}/", {"answer": answer, "name": "Theirs"})
            nowhere = other.post("/filters/1000000/", {"answer": answer, "name": "Theirs"})
            assert response.status_code == nowhere.status_code == 404
            assert same(response.content.decode()) == same(nowhere.content.decode())
        assert "Mine" not in other.get("/filters/", follow=True).content.decode()
        assert "Mine" not in shown(other)
    kept.refresh_from_db()
    assert (kept.name, kept.default) == ("Mine", False)


def test_strangers_are_offered_to_sign_in(stranger: Client) -> None:
    assert '<a href="/login/?next=/">Sign in</a> to save a question' in shown(stranger)
    assert stranger.get("/filters/")["Location"] == "/login/?next=%2Ffilters%2F"
    assert stranger.post("/filters/", {"name": "x", "question": "?freeform=x"}).status_code == 302
    assert not SavedFilter.objects.exists()


def test_looking_at_a_filter_changes_nothing(adult: Client) -> None:
    kept = save(adult, "Mine", "?freeform=fluff")
    assert kept
    assert adult.get(f"/filters/{kept.pk}/", {"answer": "remove"}).status_code == 405
    adult.get("/filters/", {"name": "x", "question": "?freeform=x"})
    assert SavedFilter.objects.count() == 1


def test_filters_go_with_their_member(adult: Client) -> None:
    save(adult, "Mine", "?freeform=fluff")
    User.objects.filter(username="adult").delete()
    assert not SavedFilter.objects.exists()
