"""Older texts are kept, each once, by whatever way they came and in whatever order."""

import zlib
from dataclasses import replace
from datetime import date
from itertools import permutations

import pytest

from archive import clean, keeping
from archive.importing import Arrival, store
from archive.models import Chapter, Text, Version, VersionChapter, Work
from archive.parsed import ParsedChapter, ParsedWork
from tests.shelving import bring, parsed, prepared

pytestmark = pytest.mark.django_db

SAME = {"source": "test", "source_id": "1"}


def work(*bodies: str, **stated: object) -> ParsedWork:
    chapters = tuple(ParsedChapter(number, f"<p>{body}</p>") for number, body in enumerate(bodies, 1))
    return parsed(**SAME, chapters=chapters, **stated)


def texts(rows: object) -> tuple[str, ...]:
    return tuple(
        zlib.decompress(body).decode() for body in rows.order_by("number").values_list("text__body", flat=True)
    )


def kept() -> tuple[tuple[str, ...], set[tuple[str, ...]]]:
    """The present text, and those of all versions; no version twice."""
    versions = [texts(version.chapters) for version in Version.everything.all()]
    assert len(versions) == len(set(versions))
    return texts(Chapter.everything.all()), set(versions)


ONE, TWO, THREE = work("a"), work("a", "b"), work("a", "B", "c")


@pytest.mark.parametrize("order", list(permutations((ONE, TWO, THREE))), ids=str)
@pytest.mark.parametrize("together", [True, False])
def test_the_same_versions_are_kept_in_whatever_order_they_come(order: list[ParsedWork], together: bool) -> None:
    if together:
        bring(*order)
    else:
        for one in order:
            bring(one)
    present, versions = kept()
    assert present == ("<p>a</p>", "<p>B</p>", "<p>c</p>")
    assert versions == {("<p>a</p>",), ("<p>a</p>", "<p>b</p>")}
    assert Text.everything.count() == 4
    assert (Chapter.everything.count(), VersionChapter.everything.count()) == (3, 3)


def test_a_text_that_two_files_hold_is_one_version_even_if_more_follow() -> None:
    for one in (ONE, work("a", summary="<p>Another.</p>"), TWO, THREE):
        bring(one)
    assert kept()[1] == {("<p>a</p>",), ("<p>a</p>", "<p>b</p>")}


def test_a_chapter_that_moves_along_shares_its_text() -> None:
    bring(work("a", "b"))
    bring(work("new", "a", "b"))
    assert Text.everything.count() == 3
    assert Chapter.everything.get(number=3).text_id == VersionChapter.everything.get(number=2).text_id


def test_the_text_that_stood_before_is_kept_when_only_a_title_or_a_note_changes() -> None:
    bring(parsed(**SAME, chapters=(ParsedChapter(1, "<p>a</p>", title="Ebb"),)))
    bring(parsed(**SAME, chapters=(ParsedChapter(1, "<p>a</p>", title="Flood"), ParsedChapter(2, "<p>b</p>"))))
    assert VersionChapter.everything.get().title == "Ebb"
    assert Text.everything.count() == 2


def test_a_part_of_a_work_is_kept_beside_the_whole() -> None:
    bring(work("a", "b", "c"))
    bring(work("a", "b", partial=True))
    present, versions = kept()
    assert (len(present), versions) == (3, {("<p>a</p>", "<p>b</p>")})


MARKED, PLAINLY = work("a <em>b</em> “c”", "d"), work('a *b*</p><p>"c"', "d", format="plain-text")
OTHERWISE = work("a <em>b</em> “c”", "D", updated=date(2026, 5, 1))
AGAIN = work('a b</p><p>"c"', "d", format="fanficfare-text")


@pytest.mark.parametrize("order", list(permutations((MARKED, PLAINLY, OTHERWISE, AGAIN))), ids=lambda each: "")
def test_a_plain_text_with_the_words_of_another_file_is_no_version(order: tuple[ParsedWork, ...]) -> None:
    for one in order:
        bring(one)
    assert kept() == (("<p>a <em>b</em> “c”</p>", "<p>D</p>"), {("<p>a <em>b</em> “c”</p>", "<p>d</p>")})


def test_a_plain_text_with_other_words_is_a_version() -> None:
    bring(MARKED, work('a *b* "c"', "d e", format="plain-text"), work("a b c", "d", format="plain-text"))
    assert kept()[1] == {('<p>a *b* "c"</p>', "<p>d e</p>"), ("<p>a b c</p>", "<p>d</p>")}


def test_a_plain_text_that_says_more_beside_its_chapters_is_a_version() -> None:
    chapter = ParsedChapter(1, "<p>a</p>", title="Ebb")
    bring(parsed(**SAME, chapters=(replace(chapter, title="Ebb, and flood"),), format="plain-text"))
    bring(parsed(**SAME, chapters=(replace(chapter, body="<p><em>a</em></p>", notes="<p>b</p>"),)))
    assert kept()[1] == {("<p>a</p>",)}
    bring(parsed(**SAME, chapters=(replace(chapter, body="<p>*a*</p>", notes="<p>b</p>"),), format="plain-text"))
    bring(parsed(**SAME, chapters=(replace(chapter, body="<p>_a_</p>", title=""),), format="plain-text"))
    assert kept()[1] == {("<p>a</p>",)}


def test_a_version_keeps_its_number_when_a_better_file_of_the_same_text_comes() -> None:
    bring(work("a", "b", format="plain-text"), OTHERWISE)
    before = list(Version.everything.values_list("pk", "number"))
    bring(work("a", "b"))
    assert list(Version.everything.values_list("pk", "number")) == before


def test_two_texts_that_differ_in_markup_alone_are_two_versions() -> None:
    bring(work("a <em>b</em>"), work("a <strong>b</strong>"), work("a", "b"))
    assert len(kept()[1]) == 2


def test_what_a_keeper_says_makes_no_version() -> None:
    bring(ONE)
    keeping.say(Work.everything.get().pk, {"title": "Another title"})
    assert not Version.everything.exists()


def test_a_version_whose_file_is_read_again_by_a_better_cleaner_shows_what_that_makes_of_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    bring(ONE, TWO)
    monkeypatch.setattr(clean, "VERSION", clean.VERSION + 1)
    old = prepared(ONE)
    again = prepared(work("a better"))
    file = replace(old.file, format_version=2)
    store([Arrival(replace(again, file=file, statement=replace(again.statement, sha256=file.sha256)))])
    assert kept() == (("<p>a</p>", "<p>b</p>"), {("<p>a better</p>",)})
    assert Version.everything.get().number == 1
