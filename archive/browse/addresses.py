"""The address of a question: read leniently, written as short as it can be."""

from collections.abc import Iterator, Mapping, Sequence

from archive.browse import fields
from archive.browse.orders import ASCENDING, SORTS
from archive.browse.terms import Mode, Term

SUFFIX = {Mode.ALL: "", Mode.ANY: ".any", Mode.NONE: ".not"}
Given = Mapping[str, Sequence[str]]


def name(mode: Mode, field: str) -> str:
    """What an address calls a field in a mode: a plain field with one value a work is *any of*."""
    return field if field in fields.SINGLE and mode is Mode.ANY else field + SUFFIX[mode]


def last(given: Given, word: str) -> str:
    """The value of a word that may stand in an address once: the last one counts."""
    values = given.get(word) or [""]
    return values[-1]


_NAMES = [
    (field + SUFFIX[mode], Mode.ANY if field in fields.SINGLE and mode is Mode.ALL else mode, field)
    for field in fields.FIELDS
    for mode in Mode
]
_PLACES = {word: place for place, (word, _, _) in enumerate(_NAMES)}


def terms(given: Given) -> Iterator[tuple[Mode, Term]]:
    """The terms of an address that are understood, each with its mode, in the order of the fields."""
    for place in sorted(_PLACES[word] for word in given if word in _PLACES):
        word, mode, field = _NAMES[place]
        for value in given[word]:
            if term := fields.term(field, value):
                yield mode, term


def number(given: Given, word: str, least: int) -> int:
    """A number of an address, `least` when there is none that is understood."""
    digits = last(given, word)
    return max(least, int(digits)) if digits.isascii() and digits.isdigit() and len(digits) < 8 else least


def order(given: Given, sort: str) -> bool:
    """Whether an order runs upwards."""
    asked = last(given, "order")
    return asked == "asc" if asked in {"asc", "desc"} else sort in ASCENDING


def sort(given: Given, usual: str, *, searched: bool) -> str:
    """The order that is asked for, the usual one when none is that can be had."""
    asked = last(given, "sort")
    return asked if asked in SORTS and (searched or asked != "best") else usual
