"""Answers from the index, each merged exactly from the base and from what has changed since."""

from collections.abc import Sequence

from archive.access import Sight
from archive.browse import PAGE_SIZE, TAGS, BrowseQuery, Mode
from archive.index import closedfacets, seeing, tagfacets
from archive.index.answers import COLUMNS, Answer, Facets, asked, most_values
from archive.index.merging import in_order
from archive.index.results import Results, found, results, views
from archive.index.state import State


def page(state: State, sight: Sight, query: BrowseQuery) -> Answer:
    """The works of one page and the exact total. A page beyond the last one is the last one."""
    there = results(state, sight, query)
    total = _total(there)
    last = max(1, -(-total // PAGE_SIZE))
    start = (min(query.page, last) - 1) * PAGE_SIZE
    return Answer(total, in_order(state, there, query, start, start + PAGE_SIZE))


def count(state: State, sight: Sight, query: BrowseQuery) -> int:
    """How many works a question finds."""
    return _total(results(state, sight, query))


def aside(state: State, sight: Sight, query: BrowseQuery, rules: Sequence[Sight]) -> tuple[int, ...]:
    """Of the works that a question finds, how many the own rules of each of these sights would set aside."""
    there = results(state, sight, query)
    return tuple(
        sum(one.places.intersection_cardinality(seeing.avoided(one.part, rule)) for one in there) for rule in rules
    )


def ids(state: State, sight: Sight, query: BrowseQuery) -> tuple[int, ...]:
    """Every work that a question finds, in its order."""
    there = results(state, sight, query)
    return in_order(state, there, query, 0, _total(there))


def facets(state: State, sight: Sight, query: BrowseQuery) -> Facets:
    """Every facet, counted on the result; one in which an *any of* is chosen is counted with that taken out.

    Those of a whole shelf, which is asked for most, are kept as long as nothing changes.
    """
    if query.wanted:
        return _facets(state, sight, query)
    key = ("facets", *seeing.shelf(sight), query.more)
    known: Facets | None = state.kept.get(key)
    if known is None:
        known = _facets(state, sight, query)
        state.keep(key, known)
    return dict(known)


def _facets(state: State, sight: Sight, query: BrowseQuery) -> Facets:
    seen = views(state, sight, query)
    own = {term.field for mode, term in query if mode is Mode.ANY} & {*TAGS, *COLUMNS}
    there = found(state, seen, asked(query))
    counted = _counted(state, there, query, [field for field in (*TAGS, *COLUMNS) if field not in own])
    for field in sorted(own):
        counted |= _counted(state, found(state, seen, asked(query.without_any(field))), query, [field])
    return counted


def _counted(state: State, there: Results, query: BrowseQuery, fields: list[str]) -> Facets:
    most = {kind: number for kind, number in most_values(query).items() if kind in fields}
    closed = [field for field in fields if field in COLUMNS]
    return closedfacets.counted(there, closed) | tagfacets.counted(state, there, most)


def _total(there: Results) -> int:
    return sum(len(one.places) for one in there)
