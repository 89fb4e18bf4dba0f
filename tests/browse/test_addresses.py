"""The question: its address and back, and what a mistyped address becomes."""

from dataclasses import replace
from urllib.parse import parse_qs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.browse import FIELDS, SORTS, BrowseQuery, Clause, Literal, Mode, Term, number_range, typed
from tests.browse.asked import questions, terms


def read(address: str) -> BrowseQuery:
    return BrowseQuery.read(parse_qs(address.removeprefix("?"), keep_blank_values=True))


@given(questions())
def test_a_question_survives_its_address(query: BrowseQuery) -> None:
    assert read(query.address()) == query


@given(questions(), terms())
def test_adding_a_term_and_taking_it_away_leaves_the_question(query: BrowseQuery, term: Term) -> None:
    if term not in {own for _, own in query}:
        there_and_back = query.adding(Mode.NONE, term).without(term)
        assert there_and_back.clauses == query.clauses


@given(
    st.dictionaries(
        st.sampled_from([*FIELDS, "q", "also", "page", "sort", "order", "more", "seed", "fandom.not", "x"]),
        st.lists(st.text()),
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


def test_what_is_beyond_the_sidebar_stands_in_the_address_as_typed_text() -> None:
    query = read("?also=(fandom:a+OR+-rating:teen)&rating=mature")
    assert query.also == ((Literal(Term("fandom", "a")), Literal(Term("rating", "teen"), wanted=False)),)
    assert query.address() == "?rating=mature&also=%28fandom%3Aa+OR+-rating%3Ateen%29"


def test_what_fits_the_sidebar_moves_there() -> None:
    assert read("?also=fandom:(a+OR+b)+-rating:teen").address() == "?rating.not=teen&fandom.any=a&fandom.any=b"


def test_values_have_one_spelling() -> None:
    address = read("?words=007-9&updated=2019-7..&language=EN&tag=Major+Character+Death&tag=Slow++Burn").address()
    assert address == "?warning=death&tag=slow+burn&language=en&words=7-9&updated=2019-07.."


def test_the_best_match_is_the_usual_order_of_a_search_and_of_nothing_else() -> None:
    assert read("?q=lamp").sort == "best"
    assert read("?q=lamp").without_search().sort == "updated"
    assert read("?sort=best").sort == "updated"
    assert read("?title=lamp&sort=best").address() == "?title=lamp"


def test_only_a_series_that_is_wanted_has_an_order_of_its_own() -> None:
    assert read("?series=4").sort == "part"
    assert read("?series.not=4").sort == "updated"


def test_an_order_by_chance_keeps_its_seed() -> None:
    assert read("?sort=random&seed=7").seed == 7
    assert read("?sort=words&seed=7").address() == "?sort=words"


def test_a_question_holds_at_most_sixty_four_groups() -> None:
    also = " ".join(f"(fandom:a{number} OR rating:teen)" for number in range(90))
    params = {"q": ["lamp"], "freeform": [f"tag-{number}" for number in range(40)], "also": [also]}
    assert len(BrowseQuery.read(params).wanted) == 64


def test_any_of_joins_and_all_of_turns_into_any_of_and_back() -> None:
    a, b = Term("fandom", "a"), Term("fandom", "b")
    either = BrowseQuery().adding(Mode.ANY, a).adding(Mode.ANY, b)
    assert either.clauses == (Clause(Mode.ANY, (a, b)),)
    assert either.adding(Mode.ALL, a).address() == "?fandom=a&fandom.any=b"
    assert either.without_any("fandom") == BrowseQuery()


def test_fields_with_one_value_a_work_are_never_all_of() -> None:
    teen = Term("rating", "teen")
    assert BrowseQuery().adding(Mode.ALL, teen).clauses == (Clause(Mode.ANY, (teen,)),)


@given(questions())
def test_the_whole_question_is_wanted(query: BrowseQuery) -> None:
    """Clauses, words and what is beyond them all stand in the groups, at most sixty-four."""
    told = {(term, mode is not Mode.NONE) for mode, term in query}
    told |= {(one.term, one.wanted) for group in query.also for one in group}
    told |= {(Term("search", query.search), True)} if query.search else set()
    assert {(one.term, one.wanted) for group in query.wanted for one in group} == told
    assert len(query.wanted) <= 64


@given(questions())
def test_a_typed_question_has_the_same_address(query: BrowseQuery) -> None:
    read_again = typed.read(typed.text(query)).query
    assert read_again is not None
    assert read_again.on_page(query.page).address() == replace(query, more="").address()
