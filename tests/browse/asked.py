"""Random terms, questions and typed trees."""

from hypothesis import strategies as st

from archive.browse import CLOSED, DAYS, FIELDS, RANGES, SORTS, TAGS, YES_NO, BrowseQuery, Literal, Mode, Term
from archive.browse.fields import search_words, term
from archive.browse.shape import Conjunct, Shape
from archive.browse.tree import And, Node, Not, Or

slugs = st.text("abcdefghijklmnopqrstuvwxyz0123456789-", min_size=1, max_size=12)
marks = st.text("ab \"'()*:-\\“”<>=|&!,./éÅ灯OR AND", max_size=14)
spans = ["2019..", "..1y", "2019-02..2020-02-29", "6m..30d", "2019..2019", "2019-05..2019-05", "1y..1y"]


@st.composite
def terms(draw: st.DrawFn) -> Term:
    """Any term, names and words with all sorts of signs in them."""
    field = draw(st.sampled_from(FIELDS))
    if field in CLOSED:
        value = draw(st.sampled_from(sorted(CLOSED[field])))
    elif field in {"crossover", "oneshot", "series-part"}:
        value = draw(st.sampled_from(sorted(YES_NO)))
    elif field == "series":
        value = str(draw(st.integers(1, 10**9)))
    elif field in RANGES:
        low = draw(st.integers(0, 10**6))
        value = draw(st.sampled_from([f"{low}-", f"-{low}", f"{low}-{low + 5}", f"{low}-{low}"]))
    elif field in DAYS:
        value = draw(st.sampled_from(spans))
    else:
        value = draw(st.one_of(slugs, marks, st.sampled_from(["lamp", 'candle "light and shade"', "light*"])))
    return term(field, value) or Term("fandom", "harbour")


def literals() -> st.SearchStrategy[Literal]:
    """Any term, wanted or not."""
    return st.builds(Literal, terms(), st.booleans())


@st.composite
def questions(draw: st.DrawFn) -> BrowseQuery:
    """Any question that can be clicked, with more beyond it, on any page."""
    search = search_words(draw(marks))
    query = BrowseQuery(search=search, sort="best" if search else "updated")
    for one in draw(st.lists(terms(), max_size=6)):
        query = query.adding(draw(st.sampled_from(Mode)), one)
    shape = Shape(query.search, {one: mode for mode, one in query})
    for group in draw(st.lists(st.lists(literals(), min_size=1, max_size=4), max_size=3)):
        shape.take(Conjunct(tuple(group)))
    clauses, search, also = shape.settled()
    query = BrowseQuery(clauses, search, also=also)
    sort = draw(st.sampled_from([sort for sort in SORTS if sort != "best" or query.sought]))
    return BrowseQuery(
        query.clauses,
        query.search,
        sort,
        draw(st.booleans()),
        draw(st.integers(1, 10**6)),
        draw(st.sampled_from(["", *TAGS])),
        query.also,
        draw(st.integers(0, 10**6)) if sort == "random" else 0,
    )


def trees(leaves: st.SearchStrategy[Literal]) -> st.SearchStrategy[Node]:
    """AND, OR and NOT over some leaves, a few deep."""
    return st.recursive(
        leaves,
        lambda part: st.one_of(
            st.builds(And, st.lists(part, min_size=1, max_size=3).map(tuple)),
            st.builds(Or, st.lists(part, min_size=1, max_size=3).map(tuple)),
            st.builds(Not, part),
        ),
        max_leaves=8,
    )
