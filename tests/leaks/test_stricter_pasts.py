"""A work that was stricter once: its older text and its older file ask for what they state themselves."""

import re
from typing import Any

import pytest
from django.test import Client

from archive import changes, clean, keeping
from archive.access import stakes
from archive.models import SitePolicy, SourceFile, Version, Work
from archive.parsed import ParsedChapter
from archive.vocabulary import ArchiveWarning, Rating
from tests.cast import enter
from tests.leaks.works import body_of, picture, put_original
from tests.shelving import shelve

pytestmark = pytest.mark.django_db

MILD = {"ratings": ("Teen And Up Audiences",), "warnings": ("No Archive Warnings Apply",)}
NOW = (ParsedChapter(1, "<p>The lamp, as it is now.</p>"), ParsedChapter(2, "<p>And on.</p>"))


def work(**older: Any) -> int:
    """A mild work of two chapters, and an older text of one that states something else."""
    text = (ParsedChapter(1, "<p>earlier-text</p>"),)
    told = {"title": "Older title", "summary": "<p>older-summary</p>", "chapters": text, **MILD, **older}
    shelve(source="test", source_id="1", **told)
    number = shelve(source="test", source_id="1", title="Lamp", chapters=NOW, **MILD)
    for sha256 in SourceFile.everything.values_list("sha256", flat=True):
        put_original(sha256, "earlier-file")
    assert Version.everything.count() == 1
    return number


def rooms(number: int) -> list[str]:
    older = SourceFile.everything.order_by("pk")[0].sha256
    past = ("versions/1/", "versions/1/all/", "versions/1/chapters/1/", "versions/1/changes/", f"originals/{older}/")
    return [f"/works/{number}/{room}" for room in past]


def met(client: Client, address: str) -> str:
    response = client.get(address)
    page = body_of(response)
    if "earlier-" in page:
        return "text"
    return "gate" if 'class="card gate"' in page else str(response.status_code)


@pytest.mark.parametrize("role", ["teen", "adult", "agreed"])
def test_an_older_text_that_was_explicit_asks_or_hides(role: str) -> None:
    number = work(ratings=("Explicit",))
    client = enter(role)
    assert "as it is now" in client.get(f"/works/{number}/").content.decode()
    expected = {"teen": {"404"}, "adult": {"gate"}, "agreed": {"text"}}[role]
    assert {met(client, room) for room in rooms(number)} == expected
    page = client.get(f"/works/{number}/history/").content.decode()
    assert ("Explicit" in page) == ("Older title" in page) == ("Version 1" in page) == (role == "agreed")
    assert ("File 2" in page) == (role == "agreed")
    assert ("no-store" in client.get(f"/works/{number}/history/")["Cache-Control"]) == (role == "agreed")


def test_an_older_text_with_a_further_warning_asks_and_opens_to_whoever_agrees() -> None:
    number = work(warnings=("Major Character Death",))
    client = enter("adult")
    assert "as it is now" in client.get(f"/works/{number}/").content.decode()
    for room in rooms(number):
        assert met(client, room) == "gate"
    gate = client.get(rooms(number)[0]).content.decode()
    assert "Warnings: Major Character Death." in gate
    assert "No Archive Warnings Apply" not in gate
    fields = dict(re.findall(r'name="(stakes|next|file)" value="([^"]*)"', gate))
    answer = client.post(f"/works/{number}/agree/", fields)
    assert answer["Location"] == rooms(number)[0]
    assert [met(client, room) for room in rooms(number)] == ["text"] * 5
    assert client.get(rooms(number)[0])["Cache-Control"] == "private, no-store"
    assert met(enter("stranger"), rooms(number)[0]) == "gate"


def test_agreeing_to_the_older_text_does_not_open_a_work_that_asks_itself_nor_the_other_way_round() -> None:
    number = work(warnings=("Major Character Death", "Graphic Depictions Of Violence"))
    SitePolicy.everything.update(ask_warnings=ArchiveWarning.STATED | ArchiveWarning.NONE_APPLY)
    client = enter("adult")
    digest = stakes(Rating.TEEN, ArchiveWarning.NONE_APPLY)
    client.post(f"/works/{number}/agree/", {"stakes": digest})
    assert "as it is now" in client.get(f"/works/{number}/").content.decode()
    assert met(client, rooms(number)[0]) == "gate"


@pytest.mark.parametrize("rule", ["Gore", "freeform:Gore"])
@pytest.mark.parametrize("known", [True, False])
def test_an_older_text_with_a_tag_that_is_blocked_now_is_not_there(rule: str, known: bool) -> None:
    number = work(freeforms=("Gore",)) if known else _never_tagged()
    SitePolicy.everything.update(blocked_tags=[rule])
    client = enter("agreed")
    if known:  # the newest file states no tags, so the work has those of the older one
        assert client.get(f"/works/{number}/").status_code == 404
        return
    assert "as it is now" in client.get(f"/works/{number}/").content.decode()
    assert {met(client, room) for room in rooms(number)} == {"404"}
    assert "Gore" not in client.get(f"/works/{number}/history/").content.decode()


def _never_tagged() -> int:
    """The older copy came later, so that its tags were never those of the work."""
    same = {"source": "test", "source_id": "1", **MILD}
    number = shelve(**same, title="Lamp", chapters=NOW, freeforms=("Fluff",))
    shelve(**same, chapters=(ParsedChapter(1, "<p>earlier-text</p>"),), freeforms=("Gore",))
    for sha256 in SourceFile.everything.values_list("sha256", flat=True):
        put_original(sha256, "earlier-file")
    older = SourceFile.everything.order_by("-pk")[0]
    SourceFile.everything.filter(pk=older.pk).delete()
    older.pk = 0
    older.save(force_insert=True)  # so that `rooms` finds it first
    return number


def test_an_older_text_that_the_site_would_hold_is_not_there_until_it_is_released() -> None:
    same = {"source": "test", "source_id": "1", "ratings": MILD["ratings"]}
    number = shelve(**same, title="Lamp", chapters=NOW)
    shelve(**same, chapters=(ParsedChapter(1, "<p>earlier-text</p>"),), warnings=("Underage Sex",))
    client = enter("agreed")
    assert not Work.everything.get().held
    assert client.get(f"/works/{number}/versions/1/").status_code == 404
    assert "Version 1" not in client.get(f"/works/{number}/history/").content.decode()
    released = stakes(Rating.TEEN, ArchiveWarning.NONE_APPLY | ArchiveWarning.UNDERAGE)
    with changes.recorded() as recording:
        Work.everything.filter(pk=number).update(released=released)
        recording.works.add(number)
    assert met(client, f"/works/{number}/versions/1/") == "gate"


def test_what_a_keeper_says_of_the_work_holds_for_its_present_text_and_its_file() -> None:
    number = shelve(source="test", source_id="1", ratings=("Explicit",), warnings=MILD["warnings"], chapters=NOW)
    keeping.say(number, {"rating": "General Audiences"})
    sha256 = SourceFile.everything.get().sha256
    put_original(sha256, "the file")
    assert body_of(enter("teen").get(f"/works/{number}/originals/{sha256}/")) == "the file"


@pytest.mark.parametrize("file", ["x", "0" * 64, "' OR 1=1", "\0"])
def test_a_gate_that_is_asked_for_with_a_strange_file_is_not_there(file: str) -> None:
    number = work()
    response = enter("adult").post(f"/works/{number}/agree/", {"file": file, "stakes": "x"})
    assert response.status_code == 404


def test_a_picture_that_only_a_stricter_older_file_brings_asks_like_its_text() -> None:
    shown = picture("earlier")
    drawn = clean.html("<p>earlier-text <img src=x></p>", pictures={"x": shown})
    number = work(ratings=("Explicit",), chapters=(ParsedChapter(1, drawn),), pictures=(shown,))
    address = f"/works/{number}/pictures/{shown.sha256}/"
    assert {role: met(enter(role), address) for role in ("teen", "adult", "agreed")} == {
        "teen": "404",
        "adult": "gate",
        "agreed": "200",
    }
