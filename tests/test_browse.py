"""The question: its address and back, and what a mistyped address becomes."""

from urllib.parse import parse_qs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.browse import (
    CLOSED,
    DAYS,
    FIELDS,
    RANGES,
    SINGLE,
    SORTS,
    TAGS,
    WORDS,
    YES_NO,
    BrowseQuery,
    Clause,
    Mode,
    Term,
    number_range,
)
from archive.browse.fields import search_words

slugs = st.text("abcdefghijklmnopqrstuvwxyz0123456789-", min_size=1, max_size=12)


@st.composite
def terms(draw: st.DrawFn) -> Term:
    field = draw(st.sampled_from(FIELDS))
    if field in CLOSED:
        return Term(field, draw(st.sampled_from(sorted(CLOSED[field]))))
    if field == "series":
        return Term(field, str(draw(st.integers(1, 10**9))))
    if field in {"crossover", "oneshot", "series-part"}:
        return Term(field, draw(st.sampled_from(sorted(YES_NO))))
    if field in RANGES:
        low = draw(st.integers(0, 10**6))
        return Term(field, f"{low}-{draw(st.sampled_from(['', str(low + 5)]))}")
    if field in DAYS:
        return Term(field, draw(st.sampled_from(["2019..", "..1y", "2019-02..2020-02-29", "6m..30d"])))
    if field in WORDS:
        return Term(field, draw(st.sampled_from(["lamp", 'candle "light and shade"', "light*"])))
    return Term(field, draw(slugs))


@st.composite
def questions(draw: st.DrawFn) -> BrowseQuery:
    query = BrowseQuery()
    for term in draw(st.lists(terms(), max_size=8)):
        mode = draw(st.sampled_from(Mode))
        query = query.adding(Mode.ANY if term.field in SINGLE and mode is Mode.ALL else mode, term)
    asked = {
        "search": query.search or search_words(draw(st.text(max_size=20)).replace("\0", " ")),
        "sort": draw(st.sampled_from([sort for sort in SORTS if sort not in {"part", "best"}])),
        "ascending": draw(st.booleans()),
        "page": draw(st.integers(1, 10**6)),
        "more": draw(st.sampled_from(["", *TAGS])),
    }
    return BrowseQuery(clauses=query.clauses, **asked)


def read(address: str) -> BrowseQuery:
    return BrowseQuery.read(parse_qs(address.removeprefix("?"), keep_blank_values=True))


@given(questions())
def test_a_question_survives_its_address(query: BrowseQuery) -> None:
    assert read(query.address()) == query


@given(questions(), terms())
def test_adding_a_term_and_taking_it_away_leaves_the_question(query: BrowseQuery, term: Term) -> None:
    if query.mode_of(term) is None:
        there_and_back = query.adding(Mode.NONE, term).without(term)
        assert there_and_back.clauses == query.clauses


@given(
    st.dictionaries(
        st.sampled_from([*FIELDS, "q", "page", "sort", "order", "more", "fandom.not", "x"]), st.lists(st.text())
    )
)
def test_no_address_errs_however_mistyped(params: dict[str, list[str]]) -> None:
    query = BrowseQuery.read(params)
    assert read(query.address()) == query


def test_an_address_is_as_short_as_it_can_be() -> None:
    assert BrowseQuery().address() == "?"
    assert read("?sort=updated&order=desc&page=1&q=&rating=teen").address() == "?rating=teen"


def test_each_order_runs_its_usual_way_or_the_other() -> None:
    assert (read("?").runs, read("?order=asc").runs) == ("newest first", "oldest first")
    assert (read("?sort=title").runs, read("?sort=title&order=desc").runs) == ("A to Z", "Z to A")
    assert all(read(f"?sort={sort}").reversed().reversed() == read(f"?sort={sort}") for sort in SORTS)


def test_a_page_that_stands_for_a_term_leaves_it_out_of_its_addresses() -> None:
    fixed = Term("series", "7")
    assert read("?series=7&sort=part").address(fixed) == "?"
    assert read("?series=7&sort=updated&fandom=a").address(fixed) == "?fandom=a&sort=updated"


def test_a_plain_field_is_all_of_but_for_fields_with_one_value_any_of() -> None:
    query = read("?fandom=a&fandom=b&rating=teen&rating=general&freeform.not=c&character.any=d")
    assert query.clauses == (
        Clause(Mode.ANY, (Term("rating", "teen"), Term("rating", "general"))),
        Clause(Mode.ALL, (Term("fandom", "a"), Term("fandom", "b"))),
        Clause(Mode.ANY, (Term("character", "d"),)),
        Clause(Mode.NONE, (Term("freeform", "c"),)),
    )


def test_a_question_holds_at_most_sixty_four_terms() -> None:
    query = BrowseQuery.read({"freeform": [f"tag-{number}" for number in range(500)]})
    assert len(list(query)) == 64


@pytest.mark.parametrize(
    ("value", "expected"),
    [("1000-5000", (1000, 5000)), ("1000-", (1000, None)), ("-5000", (None, 5000)), ("-", None), ("many", None)],
)
def test_ranges_of_words(value: str, expected: tuple[int | None, int | None] | None) -> None:
    assert number_range(value) == expected
