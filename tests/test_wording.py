"""The sentence over the shelf says the question in plain words."""

import pytest

from archive.browse import BrowseQuery, Term
from archive.wording import sentence

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
