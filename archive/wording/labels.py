"""The words for one condition, as on a chip."""

from collections.abc import Callable, Mapping

from archive import languages
from archive.browse import CATEGORIES, DAYS, RANGES, RATINGS, WARNINGS, Term
from archive.browse.fields import BY_NAME
from archive.formatnames import format_name
from archive.wording import spans

NO_SERIES = Term("series", "0")
"""What stands for a series that was typed by a name which nobody knows."""

_CLOSED: dict[str, Callable[[str], str]] = {
    "rating": lambda value: RATINGS[value].label,
    "warning": lambda value: WARNINGS[value].label,
    "category": lambda value: CATEGORIES[value].label if CATEGORIES[value] else "Category not stated",
    "language": lambda code: "Language not stated" if code == "not-stated" else languages.own_name(code) or code,
    "complete": {"yes": "complete", "no": "in progress", "not-stated": "completion not stated"}.__getitem__,
    "crossover": {"yes": "crossover", "no": "single fandom"}.__getitem__,
    "oneshot": {"yes": "one-shot", "no": "several chapters"}.__getitem__,
    "series-part": {"yes": "in a series", "no": "in no series"}.__getitem__,
    "format": format_name,
}


_PLACES = {"title": "in the title", "text": "in the text"}


def chip(term: Term, names: Mapping[Term, str]) -> str:
    """The words for one condition where nothing else says what it is about: words in a title look like any others."""
    said = label(term, names)
    return f"{_PLACES[term.field]}: {said}" if term.field in _PLACES else said


def label(term: Term, names: Mapping[Term, str]) -> str:
    """The words for one condition. `names` are the names of tags, authors and series that this reader may know."""
    if term.field in DAYS:
        return f"{BY_NAME[term.field].said[0]} {spans.days(term.value)}"
    if term.field in RANGES:
        return spans.numbers(term.field, term.value)
    if term == NO_SERIES:
        return "unknown"
    if say := _CLOSED.get(term.field):
        return say(term.value)
    return names.get(term, term.value)
