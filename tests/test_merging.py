"""Many statements become one set of facts, in whatever order they come; keepers beat rules, which beat files."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.formats import FORMATS
from archive.merging import PLAIN, Facts, merge
from archive.overlay import overlaid, overruled
from archive.parsed import ParsedSeries, ParsedWork
from archive.statements import StatedChapter, Statement, dump, load
from archive.vocabulary import ArchiveWarning, Rating

MAY = date(2026, 5, 1)


def chapter(number: int, words: int = 100, text: str = "a") -> StatedChapter:
    return StatedChapter(number=number, key=str(number), digest=f"{text}{number}", words=words)


def stated(sha256: str = "a", chapters: int = 1, words: int = 100, **said: Any) -> Statement:
    work = ParsedWork(**{"title": "Unlit", "authors": ("quillfeather",), **said})
    texts = tuple(chapter(n, words, sha256) for n in range(1, chapters + 1))
    return Statement(work, texts, sha256, work.format or "test")


def test_a_missing_field_never_erases_a_stated_one() -> None:
    old = stated("a", chapters=1, fandoms=("Harbour Lights",), summary="<p>A lamp.</p>", language="English")
    facts = merge([old, stated("b", chapters=2)])
    assert len(facts.chapters) == 2
    assert (facts.fandoms, facts.summary, facts.language) == (("Harbour Lights",), "<p>A lamp.</p>", "English")


def test_a_part_never_replaces_the_whole() -> None:
    whole, part = stated("a", chapters=2), stated("b", chapters=5, partial=True)
    assert merge([whole, part]).sha256 == "a"


@pytest.mark.parametrize(
    ("better", "lesser"),
    [
        (stated("a", chapters=2), stated("b", chapters=1, updated=date(2026, 1, 1))),
        (stated("a", updated=date(2026, 1, 2)), stated("b", updated=date(2026, 1, 1), words=900)),
        (stated("a", updated=MAY), stated("b", updated=MAY, words=900, format="fanficfare-text")),
        (stated("a", updated=MAY, format="text-export"), stated("b", words=900)),
        (stated("a", words=101), stated("b", words=100)),
        (stated("b"), stated("a")),
    ],
    ids=["more chapters", "the later date", "markup", "a date at all", "more words", "the digest"],
)
def test_the_text_comes_from_the_statement_with(better: Statement, lesser: Statement) -> None:
    assert merge([lesser, better]).sha256 == merge([better, lesser]).sha256 == better.sha256


def test_formats_without_markup_are_formats() -> None:
    assert {known.name for known in FORMATS} >= PLAIN


def test_of_two_equally_new_ratings_the_stricter_holds() -> None:
    mild, strict = stated("b", ratings=("General Audiences",)), stated("a", ratings=("Explicit",))
    assert merge([mild, strict]).rating == Rating.EXPLICIT


def test_a_newer_rating_holds_even_if_it_is_milder() -> None:
    old = stated("a", ratings=("Explicit",), updated=date(2025, 1, 1))
    new = stated("b", ratings=("Mature",), updated=date(2026, 1, 1))
    assert merge([old, new]).rating == Rating.MATURE


def test_a_missing_rating_does_not_make_a_stated_one_unknown() -> None:
    assert merge([stated("a", ratings=("Teen",)), stated("b", chapters=3)]).rating == Rating.TEEN


def test_two_ratings_in_one_file_are_the_stricter_even_in_one_line() -> None:
    assert merge([stated(ratings=("General Audiences, Mature",))]).rating == Rating.MATURE


def test_warnings_of_equally_new_statements_add_up() -> None:
    one = stated("a", warnings=("No Archive Warnings Apply",))
    other = stated("b", warnings=("Major Character Death",))
    assert merge([one, other]).warning_bits & ArchiveWarning.DEATH


def test_warnings_that_nobody_states_are_not_stated() -> None:
    assert merge([stated()]).warning_bits == ArchiveWarning.NOT_STATED


def test_planned_chapters_go_with_the_newest_count() -> None:
    old = stated("a", chapters=3, chapters_posted=3, chapters_planned=10)
    new = stated("b", chapters=5, chapters_posted=5)
    assert merge([old]).chapters_planned == 10
    assert merge([old, new]).chapters_planned is None
    assert merge([old, new]).chapters_posted == 5


def test_words_are_counted_where_the_present_text_states_none() -> None:
    assert merge([stated("a", words=100), stated("b", chapters=2, words=70)]).words == 140
    assert merge([stated("a", chapters=2), replace(stated("b"), work=ParsedWork("Unlit", words=9000))]).words == 200


STATEMENTS = st.builds(
    stated,
    sha256=st.sampled_from("abcdef"),
    chapters=st.integers(0, 3),
    words=st.sampled_from([10, 20]),
    title=st.sampled_from(["", "Unlit", "Lit"]),
    ratings=st.sampled_from([(), ("General",), ("Teen",), ("Explicit",), ("Tweenie",), ("Not Rated",)]),
    warnings=st.sampled_from([(), ("No Archive Warnings Apply",), ("Major Character Death",), ("Underage",)]),
    fandoms=st.sampled_from([(), ("A",), ("B", "C")]),
    updated=st.sampled_from([None, date(2025, 1, 1), date(2026, 1, 1)]),
    format=st.sampled_from(["", "epub", "plain-text"]),
    partial=st.booleans(),
    complete=st.sampled_from([None, True, False]),
    chapters_posted=st.sampled_from([None, 1, 4]),
    chapters_planned=st.sampled_from([None, 4]),
    kudos=st.sampled_from([None, 0, 7]),
    hits=st.sampled_from([None, 9]),
    counted=st.sampled_from([None, date(2025, 1, 1), date(2026, 1, 1)]),
    extra=st.dictionaries(st.sampled_from(["Beta", "Notes to self"]), st.sampled_from(["1", "2"])),
    added=st.sampled_from([None, datetime(2026, 1, 1, tzinfo=UTC), datetime(2026, 2, 1, tzinfo=UTC)]),
)


@given(st.lists(STATEMENTS, min_size=1, max_size=5), st.randoms(use_true_random=False))
def test_the_order_of_statements_never_matters(statements: list[Statement], random: Any) -> None:
    shuffled = random.sample(statements, len(statements))
    assert merge(shuffled) == merge(statements)
    assert merge([*shuffled, statements[0]]) == merge(statements)


def test_counts_are_those_of_the_latest_moment_and_never_mixed_from_two() -> None:
    older = stated(sha256="a", chapters=3, kudos=5, bookmarks=2, counted=date(2024, 1, 1))
    newer = stated(sha256="b", chapters=1, kudos=9, counted=date(2025, 1, 1))
    facts = merge([older, newer, stated(sha256="c", chapters=9)])
    assert (facts.kudos, facts.bookmarks, facts.counted) == (9, None, date(2025, 1, 1))


@given(st.lists(STATEMENTS, min_size=1, max_size=5))
def test_the_rating_is_never_one_that_nobody_states(statements: list[Statement]) -> None:
    said = {one.work.ratings for one in statements if one.work.ratings}
    assert merge(statements).ratings in (said or {()})


@given(STATEMENTS)
def test_a_statement_survives_being_kept(statement: Statement) -> None:
    kept = replace(statement, work=replace(statement.work, series=(ParsedSeries("Lamps", None), ParsedSeries("B", 2))))
    assert load(dump(kept)) == replace(kept, work=replace(kept.work, sha256=kept.sha256, format=kept.format))


def facts(**said: Any) -> Facts:
    return merge([stated(**said)])


def test_a_rule_beats_a_file_and_a_keeper_beats_a_rule() -> None:
    file = facts(fandoms=("File",), language="English")
    by_rule = overlaid(file, {"fandoms": ["Rule"]}, {})
    assert by_rule.fandoms == ("Rule",)
    assert overlaid(file, {"fandoms": ["Rule"]}, {"fandoms": ["Keeper"]}).fandoms == ("Keeper",)
    assert by_rule.language == "English"


def test_a_rule_fills_in_a_rating_and_may_raise_it_but_never_lowers_one() -> None:
    assert overlaid(facts(), {"rating": "Teen"}, {}).rating == Rating.TEEN
    assert overlaid(facts(ratings=("Teen",)), {"rating": "Explicit"}, {}).rating == Rating.EXPLICIT
    assert overlaid(facts(ratings=("Explicit",)), {"rating": "Teen"}, {}).rating == Rating.EXPLICIT
    assert overlaid(facts(ratings=("Tweenie",)), {"rating": "Teen"}, {}).rating == Rating.UNKNOWN


def test_a_rule_adds_warnings_and_takes_none_away() -> None:
    ruled = overlaid(facts(warnings=("Underage",)), {"warnings": ["No Archive Warnings Apply"]}, {})
    assert ruled.warning_bits & ArchiveWarning.UNDERAGE
    none = overlaid(facts(), {"warnings": ["No Archive Warnings Apply"]}, {})
    assert none.warning_bits == ArchiveWarning.NONE_APPLY


def said_of(file: Facts, **said: Any) -> dict[str, Any]:
    return {**said, "overruled": overruled(file, {})}


def test_a_keeper_may_lower_a_rating_that_files_state() -> None:
    file = facts(ratings=("Explicit",))
    shown = overlaid(file, {}, said_of(file, rating="Teen"))
    assert (shown.rating, shown.attention) == (Rating.TEEN, "")


def test_a_newer_stricter_rating_than_the_keeper_overruled_applies_at_once_and_asks_for_a_look() -> None:
    kept = said_of(facts(ratings=("Teen",)), rating="General")
    shown = overlaid(facts(ratings=("Explicit",)), {}, kept)
    assert shown.rating == Rating.EXPLICIT
    assert "Explicit" in shown.attention


def test_a_stated_rating_that_comes_after_a_keeper_rated_an_unrated_work_applies_if_it_is_stricter() -> None:
    kept = said_of(facts(), rating="Teen")
    assert overlaid(facts(ratings=("Mature",)), {}, kept).rating == Rating.MATURE
    assert overlaid(facts(ratings=("General",)), {}, kept).rating == Rating.TEEN
    assert overlaid(facts(), {}, kept).rating == Rating.TEEN


def test_a_warning_that_comes_after_the_keeper_spoke_is_added() -> None:
    kept = said_of(facts(warnings=("Underage",)), warnings=["No Archive Warnings Apply"])
    same = overlaid(facts(warnings=("Underage",)), {}, kept)
    assert same.warning_bits == ArchiveWarning.NONE_APPLY
    more = overlaid(facts(warnings=("Underage", "Rape/Non-Con")), {}, kept)
    assert more.warning_bits & ArchiveWarning.STATED == ArchiveWarning.NON_CON
    assert "Rape/Non-Con" in more.attention
