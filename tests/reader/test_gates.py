"""The gates: what they say in each case, and how they are passed."""

import re
import time

import pytest
from django.test import Client

from archive.models import SitePolicy
from archive.vocabulary import ArchiveWarning
from reader.agreement import MOST_WORKS, SEEN, WORKS
from reader.models import User
from tests.shelving import shelve

EXPLICIT = {"ratings": ("Explicit",)}
DEATH = {"warnings": ("Major Character Death",)}


def page(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", response.content.decode().split("<main")[1])).strip()


def answer(client: Client, work: int, **fields: str) -> str:
    """Answer the gate that stands before a work as its form would, and say where that leads."""
    gate = client.get(f"/works/{work}/").content.decode()
    [stakes] = re.findall(r'name="stakes" value="(\w+)"', gate)
    return client.post(f"/works/{work}/agree/", {"stakes": stakes, "next": f"/works/{work}/", **fields})["Location"]


def opened(client: Client, work: int) -> bool:
    return "The lamp was lit" in client.get(f"/works/{work}/").content.decode()


@pytest.mark.parametrize("rating", ["Explicit", "Mature"])
def test_the_rating_gate_says_what_going_on_means(stranger: Client, rating: str) -> None:
    said = page(stranger, f"/works/{shelve(title='Unlit', ratings=(rating,), warnings=())}/")
    assert "This work is for adults" in said
    assert "Unlit by quillfeather" in said
    assert f"{rating} · Warnings: not stated. Its file carries none; that does not mean that none apply." in said
    assert "Going on says that you are an adult and wish to see adult works." in said
    assert "You will not be asked again this session." in said
    assert "Show the work" in said
    assert "Back to the shelf" in said
    assert "treated as adult" not in said
    assert "Remember on my account" not in said


@pytest.mark.parametrize("ratings", [(), ("Not Rated",)])
def test_a_work_that_nobody_rated_says_so(stranger: Client, ratings: tuple[str, ...]) -> None:
    said = page(stranger, f"/works/{shelve(ratings=ratings)}/")
    assert "Nobody has rated this work, so it is treated as adult." in said


def test_a_rating_in_unknown_words_is_shown_in_those_words(stranger: Client) -> None:
    said = page(stranger, f"/works/{shelve(ratings=('Tweenie',))}/")
    assert "Rated “Tweenie”" in said
    assert "so it is treated as adult." in said


def test_the_warning_gate_names_the_warning_and_folds_tags_and_summary(stranger: Client) -> None:
    said = page(stranger, f"/works/{shelve(**DEATH, fandoms=('Harbour Lights',), summary='<p>A wreck.</p>')}/")
    assert "This work warns of Major Character Death." in said
    assert "Read it" in said
    assert "Not this one" in said
    assert "Tags and summary" in said
    assert "Harbour Lights" in said
    assert "A wreck." in said
    assert "adult" not in said


def test_a_warning_in_unknown_words_is_named_in_those_words(stranger: Client) -> None:
    assert "This work warns of Swearing." in page(stranger, f"/works/{shelve(warnings=('Swearing',))}/")


def test_a_tag_that_the_policy_asks_about_is_named(stranger: Client) -> None:
    SitePolicy.everything.update(ask_tags=["Spiders"])
    work = shelve(**DEATH, freeforms=("Spiders",))
    assert "This work warns of Major Character Death, and is tagged Spiders." in page(stranger, f"/works/{work}/")
    answer(stranger, work)
    assert opened(stranger, work)


def test_warnings_that_nobody_knows_can_be_asked_about_too(stranger: Client) -> None:
    SitePolicy.everything.update(ask_warnings=ArchiveWarning.STATED | ArchiveWarning.UNKNOWN)
    work = shelve(warnings=())
    assert "This work does not say which warnings apply." in page(stranger, f"/works/{work}/")


def test_both_gates_are_one_page_that_tells_neither_tags_nor_summary(stranger: Client) -> None:
    work = shelve(**EXPLICIT, **DEATH, fandoms=("Harbour Lights",), summary="<p>A wreck.</p>")
    said = page(stranger, f"/works/{work}/")
    assert "This work is for adults" in said
    assert "This work warns of Major Character Death." in said
    assert "Harbour Lights" not in said
    assert "A wreck." not in said


def test_both_gates_are_passed_by_one_answer(stranger: Client) -> None:
    work = shelve(**EXPLICIT, **DEATH)
    assert answer(stranger, work) == f"/works/{work}/"
    assert opened(stranger, work)


def test_a_gate_and_what_lies_behind_it_are_stored_nowhere(stranger: Client) -> None:
    work = shelve(**EXPLICIT)
    assert "no-store" in stranger.get(f"/works/{work}/")["Cache-Control"]
    answer(stranger, work)
    assert "no-store" in stranger.get(f"/works/{work}/")["Cache-Control"]


def test_the_rating_is_asked_once_and_warnings_for_each_work(stranger: Client) -> None:
    first, second, third = (
        shelve(title="One", **EXPLICIT), shelve(title="Two", **EXPLICIT), shelve(title="Three", **DEATH)
    )  # fmt: skip
    answer(stranger, first)
    assert opened(stranger, second)
    assert not opened(stranger, third)


def test_an_agreement_is_for_the_warnings_as_they_were(stranger: Client) -> None:
    stated = {"source": "test", "source_id": "7"}
    work = shelve(**DEATH, **stated)
    answer(stranger, work)
    assert opened(stranger, work)
    shelve(**stated, warnings=("Major Character Death", "Graphic Depictions Of Violence"), words=9000)
    assert not opened(stranger, work)


def test_an_answer_to_other_warnings_than_stand_there_now_is_asked_again(stranger: Client) -> None:
    work = shelve(**DEATH)
    response = stranger.post(f"/works/{work}/agree/", {"stakes": "of another day", "next": "/series/4/"})
    assert "This work warns of" in response.content.decode()
    assert 'value="/series/4/"' in response.content.decode()
    assert not opened(stranger, work)


def test_an_answer_without_its_token_counts_for_nothing(db: None) -> None:
    work = shelve(**EXPLICIT)
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(f"/works/{work}/agree/", {"next": "/"}).status_code == 403
    assert not opened(strict, work)


def test_looking_at_the_answer_address_is_no_answer(stranger: Client) -> None:
    work = shelve(**EXPLICIT)
    assert stranger.get(f"/works/{work}/agree/").status_code == 405
    assert not opened(stranger, work)


@pytest.mark.parametrize(
    "way_out", ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)"]
)
def test_an_answer_never_leads_out_of_the_house(stranger: Client, way_out: str) -> None:
    work = shelve(**EXPLICIT)
    assert answer(stranger, work, next=way_out) == f"/works/{work}/"


def test_an_answer_leads_on_to_the_chapter_that_was_asked_for(stranger: Client) -> None:
    work = shelve(**EXPLICIT)
    assert (
        f'name="next" value="/works/{work}/chapters/1/"' in stranger.get(f"/works/{work}/chapters/1/").content.decode()
    )
    assert answer(stranger, work, next=f"/works/{work}/chapters/1/") == f"/works/{work}/chapters/1/"


def test_a_hidden_work_takes_no_answer(teen: Client) -> None:
    assert teen.post(f"/works/{shelve(**EXPLICIT)}/agree/", {"next": "/"}).status_code == 404


def test_only_the_account_remembers_and_only_when_told_to(adult: Client) -> None:
    work = shelve(**EXPLICIT)
    assert "Remember on my account" in page(adult, f"/works/{work}/")
    answer(adult, work)
    assert not User.objects.get(username="adult").adult_agreed
    adult.post("/agreement/", {"answer": "withdraw"})
    answer(adult, work, remember="yes")
    assert User.objects.get(username="adult").adult_agreed


def test_never_ask_about_this_warning_is_kept_on_the_account(adult: Client) -> None:
    first, second = shelve(title="One", **DEATH), shelve(title="Two", **DEATH)
    answer(adult, first, unasked="yes")
    adult.logout()
    adult.force_login(User.objects.get(username="adult"))
    assert opened(adult, second)
    assert not opened(adult, shelve(title="Three", warnings=("Rape/Non-Con",)))


def test_a_stranger_is_spared_a_warning_for_the_session(stranger: Client) -> None:
    first, second = shelve(title="One", **DEATH), shelve(title="Two", **DEATH)
    assert "again this session" in page(stranger, f"/works/{first}/")
    answer(stranger, first, unasked="yes")
    assert opened(stranger, second)
    assert not opened(Client(), second)


def test_what_was_agreed_in_a_session_ends_when_somebody_signs_in_or_out(stranger: Client) -> None:
    work = shelve(**EXPLICIT)
    user = User.objects.create_user("ada", password="an-invented-password")
    answer(stranger, work)
    stranger.post("/login/", {"username": "ada", "password": "an-invented-password"})
    assert stranger.session["_auth_user_id"] == str(user.pk)
    assert not opened(stranger, work)
    answer(stranger, work)
    assert opened(stranger, work)
    stranger.post("/logout/")
    assert not opened(stranger, work)


def test_agreeing_changes_the_session_key_so_that_none_can_be_planted(stranger: Client) -> None:
    work = shelve(**EXPLICIT)
    session = stranger.session
    session["planted"] = True
    session.save()
    stranger.cookies["carrel_session"] = session.session_key
    answer(stranger, work)
    other = Client()
    other.cookies["carrel_session"] = session.session_key
    assert not opened(other, work)


def test_only_so_many_works_are_remembered_and_the_oldest_go_first(stranger: Client) -> None:
    work = shelve(**DEATH)
    session = stranger.session
    session[WORKS] = {str(10**6 + number): "x" for number in range(MOST_WORKS)}
    session[SEEN] = int(time.time())
    session.save()
    stranger.cookies["carrel_session"] = session.session_key
    answer(stranger, work)
    kept = list(stranger.session[WORKS])
    assert len(kept) == MOST_WORKS
    assert kept[0] == str(10**6 + 1)
    assert kept[-1] == str(work)


def test_looking_at_a_gate_opens_no_session(stranger: Client) -> None:
    stranger.get(f"/works/{shelve(**EXPLICIT)}/")
    assert "carrel_session" not in stranger.cookies
