"""The question said in words: the sentence over the shelf, and the label of each condition."""

from collections.abc import Iterator, Mapping

from archive import languages
from archive.browse import CATEGORIES, RATINGS, TAGS, WARNINGS, BrowseQuery, Clause, Mode, Term, number_range
from archive.shown import Phrase

_COMPLETE = {"yes": "complete", "no": "in progress", "not-stated": "completion not stated"}
_BEFORE = {
    "rating": ("rated", "not rated"),
    "warning": ("marked", "not marked"),
    "category": ("of category", "not of category"),
    "fandom": ("in", "not in"),
    "language": ("written in", "not written in"),
    "complete": ("", "not"),
    "author": ("by", "not by"),
    "series": ("in the series", "not in the series"),
    "words": ("of", "not of"),
}
_OTHERWISE = ("with", "without")
_PROPER = frozenset({*TAGS, "warning", "author", "series"})
"""Fields whose values are names, which stand out in the sentence."""


def label(term: Term, names: Mapping[Term, str]) -> str:
    """The words for one condition. `names` are the names of tags, authors and series that this reader may know."""
    if term.field == "words":
        return _words(term.value)
    if term.field == "category":
        return CATEGORIES[term.value].label if CATEGORIES[term.value] else "Category not stated"
    if term.field == "language":
        return "Language not stated" if term.value == "not-stated" else languages.own_name(term.value) or term.value
    closed = {
        "rating": lambda value: RATINGS[value].label,
        "warning": lambda value: WARNINGS[value].label,
        "complete": lambda value: _COMPLETE[value],
    }
    if say := closed.get(term.field):
        return say(term.value)
    return names.get(term, term.value)


def sentence(query: BrowseQuery, total: int, names: Mapping[Term, str]) -> tuple[Phrase, ...]:
    """The question in plain words: "1,204 works in *The Lighthouse Cycle*, rated Teen, complete"."""
    phrases = [Phrase(f"{total:,}", "count"), Phrase(" work" if total == 1 else " works")]
    parts = [list(_clause(clause, names)) for clause in query.clauses]
    if query.search:
        parts.append([Phrase("found by "), Phrase(query.search, "em")])
    for number, part in enumerate(parts):
        phrases += [Phrase(", " if number else " "), *part]
    return tuple(phrases)


def _clause(clause: Clause, names: Mapping[Term, str]) -> Iterator[Phrase]:
    field = clause.terms[0].field
    before = _BEFORE.get(field, _OTHERWISE)[clause.mode is Mode.NONE]
    if before:
        yield Phrase(f"{before} ")
    joint = " and " if clause.mode is Mode.ALL else " or "
    for number, term in enumerate(clause.terms):
        if number:
            last = number == len(clause.terms) - 1
            yield Phrase(joint if last else ", ")
        yield Phrase(label(term, names), "em" if field in _PROPER else "")


def _words(value: str) -> str:
    low, high = number_range(value) or (None, None)
    if high is None:
        return f"at least {low or 0:,} words"
    return f"{low:,} to {high:,} words" if low else f"at most {high:,} words"
