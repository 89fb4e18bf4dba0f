"""What keepers' pages show: facts in words, never markup from files, never a body."""

import re
import zlib

import pytest
from django.contrib import admin
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from archive import keeping
from archive.models import Chapter, ImportRun, RunEntry, Text, Work
from archive.parsed import ParsedChapter, ParsedSeries
from tests.shelving import bring, parsed, shelve

pytestmark = pytest.mark.django_db

EVIL = '<script>alert("1")</script>'
SECRET = "The eel sings under the pier"


def hostile(number: int = 0, **stated: object) -> int:
    """A work whose every name would like to be markup."""
    return shelve(
        title=f"{EVIL} {number}",
        authors=(f"{EVIL} author {number}",),
        fandoms=(f"{EVIL} fandom {number}",),
        freeforms=(f"{EVIL} freeform",),
        ratings=(f"{EVIL} rating",),
        warnings=(f"{EVIL} warning", "Underage Sex"),
        language=EVIL,
        series=(ParsedSeries(title=f"{EVIL} series", position=number),),
        chapters=(ParsedChapter(number=1, title=f"{EVIL} chapter", body=f"<p>{SECRET} {number}.</p>"),),
        **stated,
    )


def pages() -> list[str]:
    """Every page of the rooms of the library, on rows that are there."""
    addresses = [reverse("admin:index")]
    for model, room in admin.site._registry.items():  # noqa: SLF001
        name = f"admin:{model._meta.app_label}_{model._meta.model_name}"
        addresses.append(reverse(f"{name}_changelist"))
        for row in room.get_queryset(None)[:2]:  # type: ignore[arg-type]
            addresses += [reverse(f"{name}_change", args=[row.pk]), reverse(f"{name}_history", args=[row.pk])]
    addresses += [
        reverse("admin:archive_work_delete", args=[pk]) for pk in Work.everything.values_list("pk", flat=True)
    ]
    return addresses


def stock() -> None:
    first, second = hostile(1), hostile(2)
    keeping.bin([second])
    keeping.hold([first], EVIL)
    run = ImportRun.everything.create(
        started_at=timezone.now(), beat_at=timezone.now(), paths=[EVIL], rules={"fandom": EVIL}, error=EVIL
    )
    RunEntry.everything.create(run=run, outcome="held", path=EVIL, title=EVIL, reason=EVIL, work_id=first)


def test_names_are_never_markup_and_bodies_never_shown(head: Client) -> None:
    stock()
    seen = 0
    for address in pages():
        page = head.get(address, follow=True).content.decode()
        assert "<script>alert" not in page, address
        assert SECRET not in page, address
        seen += page.count("&lt;script&gt;")
    assert seen > 40


def test_no_page_carries_inline_scripts_styles_or_handlers(head: Client) -> None:
    stock()
    for address in pages():
        answer = head.get(address, follow=True)
        page = answer.content.decode()
        assert not re.search(r"<script(?![^>]*\bsrc=)(?![^>]*application/json)|<style|\sstyle=|\son[a-z]+=", page), (
            address
        )
        assert "unsafe-inline" not in answer["Content-Security-Policy"]


def test_the_text_of_a_chapter_is_shown_by_post_and_not_stored(head: Client) -> None:
    hostile()
    chapter = Chapter.everything.get()
    address = reverse("admin:archive_chapter_preview", args=[chapter.pk])
    assert head.get(address).status_code == 405
    answer = head.post(address)
    assert SECRET in answer.content.decode()
    assert "no-store" in answer["Cache-Control"]
    assert head.get(reverse("admin:archive_chapter_change", args=[chapter.pk])).content.decode().count(address) == 1


def test_the_preview_shows_words_and_no_markup(head: Client) -> None:
    shelve()
    Text.everything.update(body=zlib.compress(b"<p>One <em>two</em> &lt;b&gt;.</p><img src=x>"))
    page = head.post(reverse("admin:archive_chapter_preview", args=[Chapter.everything.get().pk])).content.decode()
    assert "<p>One two &lt;b&gt;.</p>" in page
    assert "<img" not in page


def test_the_list_says_rating_and_warnings_in_words(head: Client) -> None:
    shelve(ratings=("Explicit",), warnings=("Major Character Death", "Graphic Depictions Of Violence"))
    page = head.get(reverse("admin:archive_work_changelist")).content.decode()
    assert "Graphic Depictions Of Violence, Major Character Death" in page
    assert "Explicit" in page
    assert "quillfeather" in page
    assert "1/?" in page


def test_the_page_of_a_work_shows_what_each_file_states(head: Client) -> None:
    home = {"source": "archiveofourown.org", "source_id": "77"}
    pk = shelve(**home, fandoms=("The Lighthouse Cycle",))
    bring(parsed(**home, fandoms=("The Lighthouse Cycles",), body="<p>More words than before, a good many more.</p>"))
    keeping.say(pk, {"fandoms": ["Lighthouses"]})
    page = head.get(reverse("admin:archive_work_change", args=[pk])).content.decode()
    for fandom in ("The Lighthouse Cycle<", "The Lighthouse Cycles<", "Lighthouses<"):
        assert fandom in page


def test_the_desk_says_what_waits(head: Client) -> None:
    page = head.get(reverse("admin:index")).content.decode()
    assert "The worker is not running" in page
    assert "interrupted" not in page
    shelve(warnings=("Underage Sex",))
    ImportRun.everything.create(started_at="2026-01-01T00:00Z", beat_at="2026-01-01T00:00Z", total=90, done=30)
    page = head.get(reverse("admin:index")).content.decode()
    assert f'<a href="{reverse("admin:archive_heldwork_changelist")}"><b>1</b> held</a>' in page
    assert "interrupted after 30 of 90 files" in page


def fill(first: int, last: int) -> None:
    bring(
        *(
            parsed(
                title=f"Work {number}",
                authors=(f"author {number}", f"other {number}"),
                fandoms=(f"fandom {number}",),
                series=(ParsedSeries(title=f"series {number}"),),
                warnings=("Underage Sex",) if number % 2 else ("No Archive Warnings Apply",),
            )
            for number in range(first, last)
        )
    )
    keeping.bin(Work.everything.filter(title__endswith="0").values_list("pk", flat=True))


LISTS = ["work", "heldwork", "binnedwork", "chapter", "tag", "author", "series", "importrun"]


@pytest.mark.parametrize("room", LISTS)
def test_a_longer_list_asks_no_more_questions(room: str, head: Client) -> None:
    def questions() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert head.get(reverse(f"admin:archive_{room}_changelist"), {"q": ""}).status_code == 200
        return len(asked)

    fill(0, 12)
    few = questions()
    fill(12, 60)
    assert questions() == few


def test_a_longer_work_asks_no_more_questions(head: Client) -> None:
    def questions(pk: int) -> int:
        with CaptureQueriesContext(connection) as asked:
            assert head.get(reverse("admin:archive_work_change", args=[pk])).status_code == 200
        return len(asked)

    few = shelve(title="Short", freeforms=("One",))
    many = shelve(title="Long", freeforms=tuple(f"Tag {number}" for number in range(50)))
    questions(few)  # what Django remembers of content types is asked for once
    assert questions(few) == questions(many)
