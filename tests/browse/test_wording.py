"""The sentence over the shelf says the question in plain words."""

import pytest
from hypothesis import given

from archive.browse import BrowseQuery, Term
from archive.wording import beyond, label, sentence
from tests.browse.asked import questions

NAMES = {
    Term("fandom", "cycle"): "The Lighthouse Cycle",
    Term("freeform", "death"): "Major Character Death",
    Term("character", "ada"): "Ada Brook",
    Term("character", "tom"): "Tom Hale",
    Term("series", "4"): "Low Water",
    Term("author", "quillfeather"): "quillfeather",
}


@pytest.mark.parametrize(
    ("address", "total", "said"),
    [
        ({}, 0, "0 works"),
        ({}, 1, "1 work"),
        (
            {"fandom": ["cycle"], "rating": ["teen"], "freeform.not": ["death"], "complete": ["yes"]},
            1204,
            "1,204 works rated Teen And Up Audiences, in The Lighthouse Cycle, without Major Character Death, complete",
        ),
        ({"character.any": ["ada", "tom"]}, 2, "2 works with Ada Brook or Tom Hale"),
        ({"character": ["ada", "tom"]}, 2, "2 works with Ada Brook and Tom Hale"),
        ({"complete": ["no"], "words": ["1000-5000"]}, 3, "3 works in progress, of 1,000 to 5,000 words"),
        ({"words": ["-500"]}, 3, "3 works of at most 500 words"),
        ({"series": ["4"], "author": ["quillfeather"]}, 2, "2 works by quillfeather, in the series Low Water"),
        ({"q": ["candle light"]}, 2, "2 works found by candle light"),
        ({"fandom": ["unknown-to-this-reader"]}, 0, "0 works in unknown-to-this-reader"),
        ({"warning.not": ["death"]}, 3, "3 works not marked Major Character Death"),
        ({"words": ["1-1"], "relationships": ["1-1"]}, 3, "3 works of exactly 1 word, with exactly 1 relationship"),
        (
            {"average": ["-2000"], "kudos": ["100-"]},
            3,
            "3 works of at most 2,000 words a chapter, with at least 100 kudos",
        ),
        ({"crossover": ["yes"], "oneshot": ["yes"]}, 3, "3 works in two fandoms or more, planned as a one-shot"),
        ({"crossover.not": ["no"], "series-part": ["no"]}, 3, "3 works not in one fandom only, in no series"),
        ({"format": ["ao3-epub"]}, 3, "3 works from AO3 download (EPUB)"),
        ({"updated": ["..1y"]}, 3, "3 works last updated more than a year ago"),
        ({"updated": ["30d.."]}, 3, "3 works last updated within the last 30 days"),
        (
            {"published": ["2019"], "added": ["2019-05..2m"]},
            3,
            "3 works published in 2019, added between May 2019 and 2 months ago",
        ),
        (
            {"published": ["2019.."], "added": ["..2019-05-03"]},
            3,
            "3 works published in 2019 or since, added on 3 May 2019 or before",
        ),
        ({"primary": ["a"], "tag.not": ["b"]}, 3, "3 works not tagged b, with the primary relationship a"),
        (
            {"title": ["lamp"], "text.not": ["sea", "salt"]},
            3,
            "3 works whose title has lamp, whose text has no sea or salt",
        ),
        ({"series": ["0"]}, 0, "0 works in the series unknown"),
        (
            {"also": ["(fandom:cycle OR -rating:teen OR updated:..1y)"], "rating": ["mature"]},
            3,
            "3 works rated Mature, either in The Lighthouse Cycle, not rated Teen And Up Audiences"
            " or last updated more than a year ago",
        ),
        ({"sort": ["words"]}, 3, "3 works sorted by words, longest first"),
        ({"order": ["asc"]}, 3, "3 works sorted by last updated, oldest first"),
        ({"sort": ["random"], "seed": ["4"]}, 3, "3 works shuffled"),
        ({"q": ["lamp"], "sort": ["updated"]}, 3, "3 works found by lamp, sorted by last updated, newest first"),
    ],
)
def test_the_question_in_words(address: dict[str, list[str]], total: int, said: str) -> None:
    phrases = sentence(BrowseQuery.read(address), total, NAMES)
    assert "".join(phrase.text for phrase in phrases) == said


def test_names_stand_out_and_the_count_is_heavy() -> None:
    phrases = sentence(BrowseQuery.read({"fandom": ["cycle"]}), 12, NAMES)
    assert [(phrase.text, phrase.weight) for phrase in phrases] == [
        ("12", "count"),
        (" works", ""),
        (" ", ""),
        ("in ", ""),
        ("The Lighthouse Cycle", "em"),
    ]


@pytest.mark.parametrize(
    ("term", "said"),
    [
        (Term("crossover", "no"), "single fandom"),
        (Term("oneshot", "yes"), "one-shot"),
        (Term("updated", "..1y"), "last updated more than a year ago"),
        (Term("chapters", "3-"), "at least 3 chapters"),
        (Term("language", "not-stated"), "Language not stated"),
        (Term("format", "epub"), "EPUB"),
    ],
)
def test_a_chip_says_one_condition(term: Term, said: str) -> None:
    assert label(term, NAMES) == said


def test_one_chip_says_what_is_beyond_the_sidebar() -> None:
    query = BrowseQuery.read({"also": ["(fandom:cycle OR rating:teen) (character:ada OR -character:tom)"]})
    assert beyond(query, NAMES) == (
        "either in The Lighthouse Cycle or rated Teen And Up Audiences; either with Ada Brook or without Tom Hale"
    )


@given(questions())
def test_every_question_can_be_said(query: BrowseQuery) -> None:
    said = "".join(phrase.text for phrase in sentence(query, 2, NAMES))
    assert said.startswith("2 works")
    assert "  " not in said
    assert bool(beyond(query, NAMES)) is bool(query.also)
