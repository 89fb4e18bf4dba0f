"""The place where a search was found, as plain text, from the text as it stands now."""

import pytest

from archive import search
from archive.parsed import ParsedChapter
from archive.search import following
from archive.search.snippets import LETTERS, snippet
from archive.search.words import phrases
from archive.shown import Piece
from tests.shelving import shelve


def said(pieces: tuple[Piece, ...]) -> str:
    return "".join(f"[{one.text}]" if one.hit else one.text for one in pieces)


def of(asked: str, text: str) -> str:
    return said(snippet(phrases(asked), text))


def test_what_was_found_is_marked_with_some_words_around_it() -> None:
    text = f"{'Before it. ' * 30}\n\nThe lamp was lit, and the other Lamps too. {'After it. ' * 40}"
    shown = of("lamp", text)
    assert shown.startswith("The [lamp] was lit, and the other [Lamps] too. After")
    assert shown.endswith("…")
    assert len(shown) <= LETTERS + 10
    middle = of("heron", "one two three four five six seven eight " * 10 + "a heron " + "nine ten " * 40)
    assert middle.startswith("…")
    assert "eight a [heron] nine" in middle


@pytest.mark.parametrize(
    ("asked", "text", "shown"),
    [
        ('"candle light"', "By Candle-Light, by candle light.", "By [Candle-Light], by [candle light]."),
        ("cafe", "At the Cafe\u0301 it rained.", "At the [Café] it rained."),
        ("灯塔", "守灯塔的人", "守[灯塔]的人"),
        ("lamp", "A lam\u00adplighter & <b>co</b>", "A [lamplighter] & <b>co</b>"),
        ('"sea air"', "By the sea.\n\nAir and salt.", "By the [sea. Air] and salt."),
        ("heron", "No bird.", ""),
        ("lamp", "", ""),
        ("x" * 300, "y" + "x" * 300, ""),
    ],
)
def test_hits_are_found_as_the_words_are_folded(asked: str, text: str, shown: str) -> None:
    assert of(asked, text) == shown


@pytest.mark.django_db
@pytest.mark.parametrize("indexed", [False, True])
def test_each_work_shows_its_first_hit_and_works_without_one_show_nothing(indexed: bool) -> None:
    chapters = (ParsedChapter(1, "<p>Of herons.</p>"), ParsedChapter(2, "<p>The first <b>lamp</b>.</p>"))
    second = shelve(title="Two", body="", chapters=(*chapters, ParsedChapter(3, "<p>The second lamp.</p>")))
    without = shelve(title="Lamp", body="<p>Only in the title.</p>")
    if indexed:
        following.follow()
    shown = search.snippets(phrases("lamp title:"), [second, without, 999])
    assert said(shown.pop(second)) == "The first [lamp]."
    assert said(shown.pop(without)) == "Only in the [title]."
    assert not shown
    assert not search.snippets([], [second])
