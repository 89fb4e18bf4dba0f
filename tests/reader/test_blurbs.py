"""Blurbs: the four signs with words behind them, and lines that make nothing up."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from archive.shown import Blurb, Name
from archive.vocabulary import ArchiveWarning, Category, Rating, TagKind
from reader.blurbs import MOST_FANDOMS, MOST_TAGS, blurb, duration, names, shortened, stats
from reader.signs import signs

PLAIN = Blurb(
    id=7,
    title="The Lamplighter’s Ledger",
    authors=(Name("quillfeather", "quillfeather"),),
    rating=Rating.TEEN,
    rating_stated="Teen And Up Audiences",
    warnings=ArchiveWarning.NONE_APPLY,
    warnings_stated=("No Archive Warnings Apply",),
    categories=Category.FM,
    complete=True,
    tags={TagKind.FREEFORM: (Name("Slow Burn", "slow-burn"),)},
    summary="",
    language="English",
    lang="en",
    dir="ltr",
    words=1,
    minutes=1,
    chapters_posted=1,
    chapters_planned=1,
    published=None,
    updated=None,
    added=datetime(2026, 11, 19, 12, tzinfo=UTC),
    series=(),
)


@pytest.mark.parametrize(
    ("changes", "place", "drawn", "words"),
    [
        ({"rating": Rating.EXPLICIT}, 0, "E", "Explicit"),
        ({"rating": Rating.NOT_RATED}, 0, "NR", "Not Rated"),
        ({"rating": Rating.NOT_STATED}, 0, "?", "Rating not stated"),
        ({"rating": Rating.UNKNOWN, "rating_stated": "Tweenie"}, 0, "?", "Rated “Tweenie”"),
        ({}, 1, "–", "No Archive Warnings Apply"),
        ({"warnings": ArchiveWarning.DEATH}, 1, "!", "Warnings: Major Character Death"),
        ({"warnings": ArchiveWarning.NOT_STATED}, 1, "?", "Warnings not stated"),
        ({"warnings": ArchiveWarning.CHOSE_NOT}, 1, "?", "Creator Chose Not To Use Archive Warnings"),
        ({"warnings": ArchiveWarning.OTHER, "warnings_stated": ("Swearing",)}, 1, "!", "Warnings: Swearing"),
        ({"categories": Category.FF | Category.GEN}, 2, "Mu", "Gen, F/F"),
        ({"categories": Category(0)}, 2, "·", "Category not stated"),
        ({}, 3, "✓", "Complete"),
        ({"complete": False}, 3, "…", "In progress"),
        ({"complete": None}, 3, "·", "Completion not stated"),
    ],
)
def test_a_sign_says_in_words_what_it_draws(changes: dict[str, object], place: int, drawn: str, words: str) -> None:
    sign = signs(replace(PLAIN, **changes))[place]
    assert (sign.drawn, sign.words) == (drawn, words)
    assert f'<span class="sr">{words}</span>' in blurb(replace(PLAIN, **changes))


def test_names_are_joined_as_people_join_them() -> None:
    people = [Name(name, name) for name in "abc"]
    assert names(people[:1]) == '<a href="/authors/a/">a</a>'
    assert names(people).replace('<a href="/authors/', "").count(" and ") == 1
    assert names(()) == "an unnamed author"


def test_names_in_other_letters_find_their_own_direction() -> None:
    assert names([Name("نور", "x")]) == '<a href="/authors/x/" dir="auto">نور</a>'


def test_the_stated_date_comes_before_the_day_of_adding() -> None:
    assert "Added <time" in stats(PLAIN)
    published = replace(PLAIN, published=date(2026, 8, 19), chapters_planned=None)
    assert "Published <time" in stats(published)
    assert "Updated <time" in stats(replace(published, updated=date(2026, 10, 3)))


def test_more_tags_than_fit_are_counted() -> None:
    tags = tuple(Name(f"Tag {number}", f"tag-{number}") for number in range(MOST_TAGS + 5))
    card = blurb(replace(PLAIN, tags={TagKind.FREEFORM: tags}))
    assert card.count("/tags/freeform/") == MOST_TAGS
    assert "and 5 more" in card


def test_a_work_of_many_fandoms_does_not_fill_the_page() -> None:
    fandoms = tuple(Name(f"Fandom {number}", f"fandom-{number}") for number in range(MOST_FANDOMS + 30))
    card = blurb(replace(PLAIN, tags={TagKind.FANDOM: fandoms}))
    assert card.count("/tags/fandom/") == MOST_FANDOMS
    assert "and 30 more" in card
    assert " more" not in blurb(replace(PLAIN, tags={TagKind.FANDOM: fandoms[:MOST_FANDOMS]}))


def test_one_word_is_one_word() -> None:
    assert "<span>1 word</span>" in stats(PLAIN)


@pytest.mark.parametrize(("minutes", "said"), [(1, "1 min"), (60, "1 h"), (200, "3 h 20 min"), (4000, "66 h")])
def test_reading_time_is_said_as_people_say_it(minutes: int, said: str) -> None:
    assert duration(minutes) == said


def test_nothing_a_file_says_becomes_markup() -> None:
    evil = '"><img src=x onerror=alert(1)>'
    card = blurb(
        replace(
            PLAIN, title=evil, authors=(Name(evil, "e"),), tags={TagKind.FANDOM: (Name(evil, "e"),)}, summary=evil,
            language=evil, lang=evil, warnings=ArchiveWarning.OTHER, warnings_stated=(evil,),
        )
    )  # fmt: skip
    assert "<img" not in card
    assert '"&gt;' not in card


def test_words_in_another_language_than_the_page_say_so() -> None:
    assert ' lang="' not in blurb(PLAIN)
    assert '<a href="/works/7/" lang="fr" dir="ltr">' in blurb(replace(PLAIN, lang="fr"))
    assert '<div class="summary" lang="" dir="auto">' in blurb(replace(PLAIN, lang="", dir="auto", summary="A lamp."))


def test_a_long_summary_ends_in_an_ellipsis_and_loses_no_accent() -> None:
    assert shortened("lamp", 4) == "lamp"
    assert shortened("lamps", 4) == "lam…"
    assert shortened("le\u0301ger", 3) == "l…"


def test_what_is_kept_of_one_blurb_is_never_shown_on_another() -> None:
    marked = replace(PLAIN, tags={TagKind.FREEFORM: (Name("<b>Slow</b> & Burn", "slow-burn"),)}, id=8)
    assert '<li><a href="/tags/freeform/slow-burn/">Slow Burn</a></li>' in blurb(PLAIN)
    assert '<li><a href="/tags/freeform/slow-burn/">&lt;b&gt;Slow&lt;/b&gt; &amp; Burn</a></li>' in blurb(marked)
    as_character = replace(PLAIN, tags={TagKind.CHARACTER: (Name("Slow Burn", "slow-burn"),)})
    assert '<li class="cha"><a href="/tags/character/slow-burn/">Slow Burn</a></li>' in blurb(as_character)
