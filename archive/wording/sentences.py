"""A whole question in words: the sentence over the shelf."""

from collections.abc import Iterable, Iterator, Mapping

from archive.browse import DAYS, SORTS, TAGS, WORDS, BrowseQuery, Clause, Literal, Mode, Term
from archive.browse.fields import BY_NAME
from archive.browse.orders import ASCENDING
from archive.browse.terms import Group
from archive.shown import Phrase
from archive.wording import spans
from archive.wording.labels import label

_PROPER = frozenset({*TAGS, *WORDS, "tag", "primary", "warning", "author", "series"})
"""Fields whose values are names, which stand out in the sentence."""
_SAID = {
    Term("crossover", "yes"): "in two fandoms or more",
    Term("crossover", "no"): "in one fandom only",
    Term("oneshot", "yes"): "planned as a one-shot",
    Term("oneshot", "no"): "not planned as a one-shot",
}
"""What a sentence says otherwise than a chip."""
_SORTED = {"best": "the best match {}", "random": "{}"}

Names = Mapping[Term, str]


def sentence(query: BrowseQuery, total: int, names: Names) -> tuple[Phrase, ...]:
    """The question in plain words: "1,204 works in *The Lighthouse Cycle*, rated Teen, complete"."""
    phrases = [Phrase(f"{total:,}", "count"), Phrase(" work" if total == 1 else " works")]
    parts = [list(_clause(clause, names)) for clause in query.clauses]
    if query.search:
        parts.append([Phrase("found by "), Phrase(query.search, "em")])
    parts += [list(_either(group, names)) for group in query.also]
    if order := _order(query):
        parts.append([Phrase(order)])
    for number, part in enumerate(parts):
        phrases += [Phrase(", " if number else " "), *part]
    return tuple(phrases)


def beyond(query: BrowseQuery, names: Names) -> str:
    """What is beyond the sidebar's shape, for its one chip: "either in *A* or rated Teen; not by *b*"."""
    return "; ".join("".join(phrase.text for phrase in _either(group, names)) for group in query.also)


def _clause(clause: Clause, names: Names) -> Iterator[Phrase]:
    before = BY_NAME[clause.terms[0].field].said[clause.mode is Mode.NONE]
    if before:
        yield Phrase(f"{before} ")
    values = [_value(term, names) for term in clause.terms]
    yield from _listed([[value] for value in values], " and " if clause.mode is Mode.ALL else " or ")


def _either(group: Group, names: Names) -> Iterator[Phrase]:
    """Any of some conditions: "either in *A* or not rated Teen"."""
    if len(group) > 1:
        yield Phrase("either ")
    yield from _listed([list(_literal(literal, names)) for literal in group], " or ")


def _literal(literal: Literal, names: Names) -> Iterator[Phrase]:
    mode = Mode.ALL if literal.wanted else Mode.NONE
    return _clause(Clause(mode, (literal.term,)), names)


def _listed(parts: list[list[Phrase]], joint: str) -> Iterable[Phrase]:
    for number, part in enumerate(parts):
        if number:
            yield Phrase(joint if number == len(parts) - 1 else ", ")
        yield from part


def _value(term: Term, names: Names) -> Phrase:
    if term.field in DAYS:
        return Phrase(spans.days(term.value))
    return Phrase(_SAID.get(term) or label(term, names), "em" if term.field in _PROPER else "")


def _order(query: BrowseQuery) -> str:
    """The order, where it is another than the usual one."""
    if (query.sort, query.ascending) == (query.usual_sort, query.usual_sort in ASCENDING):
        return ""
    return _SORTED.get(query.sort, f"sorted by {SORTS[query.sort]}, {{}}").format(query.runs)
