"""The closed words: each spelling that is accepted, and the stricter reading of all others."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from archive.vocabulary import ArchiveWarning, Category, Rating, categories_of, fold, rating_of, strictest, warnings_of


@pytest.mark.parametrize(
    ("stated", "rating"),
    [
        ("General Audiences", Rating.GENERAL), ("K", Rating.GENERAL), ("Fiction K", Rating.GENERAL),
        ("Teen And Up Audiences", Rating.TEEN), ("teen & up audiences", Rating.TEEN), ("K+", Rating.TEEN),
        ("PG", Rating.TEEN), ("PG-13", Rating.TEEN), ("T", Rating.TEEN), ("Fiction  T", Rating.TEEN),
        ("R", Rating.MATURE), ("M", Rating.MATURE), ("Mature", Rating.MATURE), ("Rated: Fiction M", Rating.MATURE),
        ("Explicit", Rating.EXPLICIT), ("NC-17", Rating.EXPLICIT), ("MA", Rating.EXPLICIT),
        ("Not Rated", Rating.NOT_RATED), ("", Rating.NOT_STATED), ("  ", Rating.NOT_STATED),
        ("Tweenie", Rating.UNKNOWN), ("General Audiences?", Rating.UNKNOWN), ("KK", Rating.UNKNOWN),
    ],
)  # fmt: skip
def test_a_rating_has_many_spellings(stated: str, rating: Rating) -> None:
    assert rating_of(stated) is rating


@given(st.text(max_size=30))
def test_a_word_that_is_no_rating_counts_as_adult(stated: str) -> None:
    rating = rating_of(stated)
    assert rating.adult or rating in {Rating.GENERAL, Rating.TEEN}
    assert rating.adult == (rating.level >= Rating.MATURE)


@pytest.mark.parametrize("rating", [Rating.NOT_RATED, Rating.UNKNOWN, Rating.NOT_STATED])
def test_what_nobody_has_rated_stands_on_the_highest_rung(rating: Rating) -> None:
    assert rating.level is Rating.EXPLICIT
    assert rating.adult


@given(st.lists(st.sampled_from(Rating), min_size=1))
def test_the_stricter_of_several_ratings_wins(ratings: list[Rating]) -> None:
    assert strictest(ratings).level == max(rating.level for rating in ratings)
    assert strictest(ratings) in ratings


def test_no_ratings_are_not_stated() -> None:
    assert strictest([]) is Rating.NOT_STATED


@pytest.mark.parametrize(
    ("stated", "bits"),
    [
        ([], ArchiveWarning.NOT_STATED),
        ([""], ArchiveWarning.NOT_STATED),
        (["No Archive Warnings Apply"], ArchiveWarning.NONE_APPLY),
        (["Underage"], ArchiveWarning.UNDERAGE),
        (["Underage Sex"], ArchiveWarning.UNDERAGE),
        (["Author Chose Not To Use Archive Warnings"], ArchiveWarning.CHOSE_NOT),
        (["Choose Not To Use Archive Warnings"], ArchiveWarning.CHOSE_NOT),
        (["Rape/Non-Con", "major character death"], ArchiveWarning.NON_CON | ArchiveWarning.DEATH),
        (["Swearing"], ArchiveWarning.OTHER),
        (["None"], ArchiveWarning.OTHER),
    ],
)
def test_warnings_are_read_into_bits(stated: list[str], bits: ArchiveWarning) -> None:
    assert warnings_of(stated) == bits


@given(st.lists(st.text(max_size=20)))
def test_only_one_word_says_that_no_warnings_apply(stated: list[str]) -> None:
    assert ArchiveWarning.NONE_APPLY not in warnings_of(stated)


def test_categories_are_read_into_bits() -> None:
    assert categories_of(["F/M", "gen", "Sideways"]) == Category.FM | Category.GEN
    assert categories_of([]) == Category(0)


@pytest.mark.parametrize(
    ("one", "other"),
    [("Café", "cafe"), ("R&amp;amp;R", "R&R"), ("ＷＩＤＥ", "wide"), ("two\xa0 words", "Two Words"), ("e\u0301", "é"),
     ("Zero\u200bwidth", "zerowidth")],
)  # fmt: skip
def test_spellings_of_one_name_are_folded_together(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@pytest.mark.parametrize(("one", "other"), [("Й", "И"), ("が", "か"), ("A/B", "A & B"), ("ñandú", "n")])
def test_different_names_stay_apart(one: str, other: str) -> None:
    assert fold(one) != fold(other)


@given(st.text(max_size=40))
def test_folding_what_is_folded_changes_nothing(name: str) -> None:
    folded = fold(name.replace("&", " "))
    assume("&" not in folded)  # a wide ampersand becomes one, and might then begin an entity
    assert fold(folded) == folded
