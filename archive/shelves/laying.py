"""From an answer to a shelf: facets, chips, the sentence, and what to drop when nothing matches."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from archive import index, search, wording
from archive.access import Sight
from archive.browse import DAYS, PAGE_SIZE, RANGES, SINGLE, SORTS, WORDS, BrowseQuery, Mode, Term, typed
from archive.index import Answer
from archive.shelves.aside import aside, rules
from archive.shelves.asked import Asked
from archive.shelves.counting import facets
from archive.shelves.dropping import suggestions
from archive.shelves.names import names
from archive.shown import Blurb, Chip, Shelf
from archive.visible import listed

_ONE_WAY = frozenset({"random", "best"})
"""Orders that nobody wants the other way round."""


_IN_TEXTS = frozenset({"search", "text"})
"""Fields of words that may stand in a text."""
_YES_OR_NO = frozenset({*SINGLE, *RANGES, *DAYS, *WORDS})
"""Fields of which a value is wanted or not: *any of* several says nothing that *all of* does not."""


def shelf(sight: Sight, query: BrowseQuery, answer: Answer, blurbs: Iterable[Blurb], fixed: Term | None) -> Shelf:
    """Lay the shelf for a question that has been answered."""
    pages = max(1, -(-answer.total // PAGE_SIZE))
    asked = Asked(sight, query, fixed, names(sight.unruled, query))
    reader = sight.reader
    return Shelf(
        question=wording.sentence(query, answer.total, asked.names),
        total=answer.total,
        page=min(query.page, pages),
        pages=pages,
        blurbs=tuple(blurbs),
        facets=facets(asked),
        chips=tuple(_chips(asked)),
        sorts=tuple((sort, words, sort == query.sort) for sort, words in _sorts(query)),
        runs=query.runs,
        turn="" if query.sort in _ONE_WAY else "desc" if query.ascending else "asc",
        address=asked.address(query),
        whole=replace(query, page=1, more="").address(),
        typed=typed.text(query, asked.names, fixed),
        hidden_until_agreed=reader.welcome and not reader.adult and reader.ceiling.adult,
        suggestions=() if answer.total else suggestions(asked),
        read=_read(asked),
        aside=aside(rules(sight), answer),
    )


def _read(asked: Asked) -> tuple[int, int] | None:
    """How far the texts have come that a question looks into. What is not on this reader's shelves is not counted."""
    if not any(one.term.field in _IN_TEXTS for group in asked.query.wanted for one in group):
        return None
    if not (left := search.unread(listed(asked.sight))):
        return None
    works = index.count(asked.sight, BrowseQuery())
    return max(0, works - left), works


def _sorts(query: BrowseQuery) -> Iterator[tuple[str, str]]:
    """The orders that make sense for a question."""
    left_out = {"part"} if not any(term.field == "series" for _, term in query) else set()
    if not query.sought:
        left_out.add("best")
    return ((sort, words) for sort, words in SORTS.items() if sort not in left_out)


def _chips(asked: Asked) -> Iterator[Chip]:
    query = asked.query
    if query.search:
        yield Chip("q", query.search, f"“{query.search}”", Mode.ALL.value, single=True)
    for mode, term in query:
        if term != asked.fixed:
            yield Chip(term.field, term.value, asked.label(term), mode.value, term.field in _YES_OR_NO)
    if query.also:
        besides = typed.text(BrowseQuery(also=query.also), asked.names)
        yield Chip("also", besides, wording.beyond(query, asked.names), Mode.ALL.value, single=True)
