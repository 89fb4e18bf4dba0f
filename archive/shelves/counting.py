"""Facets as the page shows them: counted values with their words, and what was chosen besides."""

from collections.abc import Iterable, Mapping

from archive import index
from archive.browse import CATEGORIES, COMPLETE, RATINGS, TAGS, WARNINGS, Mode, Term
from archive.index import Counts, Value
from archive.shelves.asked import Asked
from archive.shelves.told import told
from archive.shown import Facet, FacetValue
from archive.vocabulary import TagKind

LABELS = {
    "rating": "Rating",
    "warning": "Archive Warnings",
    "category": "Categories",
    **{kind.value: kind.label for kind in TagKind},
    "complete": "Completion",
    "oneshot": "Chapters planned",
    "crossover": "Crossovers",
    "series-part": "Series",
    "language": "Language",
    "format": "Original format",
}
"""Every facet by its word in the address, in the order of the page."""
_WORDS_FOR: dict[str, dict[Value, str]] = {
    "rating": {value.value: word for word, value in RATINGS.items()},
    "warning": {value.value: word for word, value in WARNINGS.items()},
    "category": {value.value: word for word, value in CATEGORIES.items()},
    "complete": {value: word for word, value in COMPLETE.items()},
}
_YES_NO = frozenset({"oneshot", "crossover", "series-part"})

_Known = Mapping[int, tuple[str, str]]
"""Slug and name of a tag by its id."""


def facets(asked: Asked) -> tuple[Facet, ...]:
    """Every facet of a question, with exact counts."""
    counted = index.facets(asked.sight, asked.query)
    known = told({int(value) for kind in TAGS for value, _ in counted[kind].values if value})
    return tuple(
        Facet(field, label, tuple(_values(asked, field, counted[field], known)), counted[field].more)
        for field, label in LABELS.items()
        if field in counted
    )


def _values(asked: Asked, field: str, counts: Counts, known: _Known) -> Iterable[FacetValue]:
    """The counted values, and after them those that were chosen but are not among them.

    The condition that the page stands for is neither: every work has it, and nobody can take it away.
    """
    chosen = {term: mode for mode, term in asked.query if term.field == field and term != asked.fixed}
    first = {term.value for mode, term in asked.query if term.field == "primary" and mode is not Mode.NONE}
    primary = first if field == TagKind.RELATIONSHIP else set()
    for value, number in counts.values:
        if field in TAGS and isinstance(value, int):
            slug, label = known[value]
            term = Term(field, slug)
        else:
            term = Term(field, _word_for(field, value))
            label = asked.label(term)
        if term != asked.fixed:
            mode = chosen.pop(term, None)
            yield FacetValue(term.value, label, number, _mode(mode, term, primary), term.value in primary)
            primary.discard(term.value)
    for term, mode in chosen.items():
        yield FacetValue(term.value, asked.label(term), _chosen(asked, mode, term), mode.value)
    for slug in sorted(primary):
        term = Term("primary", slug)
        yield FacetValue(slug, asked.label(term), _chosen(asked, Mode.ALL, term), Mode.ALL.value, primary=True)


def _chosen(asked: Asked, mode: Mode, term: Term) -> int:
    """The count of a value that was chosen but is too rare to be told: counted as its facet is."""
    if mode is Mode.NONE:
        return 0
    return index.count(asked.sight, asked.query.without_any(term.field).adding(Mode.ALL, term))


def _mode(mode: Mode | None, term: Term, primary: set[str]) -> str:
    if mode is None:
        return Mode.ALL.value if term.value in primary else ""
    return mode.value


def _word_for(field: str, value: Value) -> str:
    if field in _YES_NO:
        return "yes" if value else "no"
    if field in _WORDS_FOR:
        return _WORDS_FOR[field][value]
    return str(value) or "not-stated"
