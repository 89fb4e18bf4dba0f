"""What a typed question may say, made from the fields themselves, so that no help can fall behind them."""

from collections.abc import Iterator
from dataclasses import dataclass

from archive.browse import orders
from archive.browse.closed import CLOSED, YES_NO
from archive.browse.fields import BY_NAME, TAGS, Field
from archive.browse.names import SORTS_CALLED

_HEADS = {
    "name": (
        "Names",
        "Whole names, in quotation marks when they have several words. Synonyms and all below are found.",
    ),
    "closed": ("Words to choose from", "Several in brackets may each apply: rating:(teen OR mature)."),
    "range": ("Numbers", "Compared with > >= < <= or from one to another; 5k is 5,000."),
    "days": ("Dates", "A year, a month or a day; or how long ago: 1y, 6m, 2w, 30d."),
    "words": ("Words in works", "Words, “exact phrases”, and beginnings of words: lamp*."),
}
_EXAMPLES = {
    "name": ('{}:"A Whole Name"', '-{}:"A Whole Name"'),
    "closed": ("{}:{}", "-{}:{}"),
    "range": ("{}>=5000", "{}:1k-5k"),
    "days": ("{}:2019..2020-06", "{}<1y"),
    "words": ("{}:lamp", '{}:"candle light"'),
}
_VALUES = {**CLOSED, **dict.fromkeys(("crossover", "oneshot", "series-part"), YES_NO)}
_SOME = {"language": "english", "format": "epub"}
"""Values of fields whose words are too many to be told."""


@dataclass(frozen=True, slots=True)
class Line:
    """What may be asked of one field: its word, its other words, its heading, the values to choose from, examples."""

    name: str
    called: tuple[str, ...]
    label: str
    values: tuple[str, ...]
    examples: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """Fields whose values are written alike, and how."""

    label: str
    how: str
    lines: tuple[Line, ...]


def sections() -> tuple[Section, ...]:
    """Every field of a question, tags first."""
    found = {holds: tuple(_lines(holds)) for holds in dict.fromkeys(field.holds for field in _ordered().values())}
    return tuple(Section(*_HEADS[holds], lines) for holds, lines in found.items())


def sorts() -> tuple[tuple[str, str, tuple[str, ...]], ...]:
    """Every order: its word, what it is on the screen, its other words."""
    called = {word: tuple(other for other, own in SORTS_CALLED.items() if own == word) for word in orders.SORTS}
    return tuple((word, label, called[word]) for word, label in orders.SORTS.items())


def _ordered() -> dict[str, Field]:
    return {name: BY_NAME[name] for name in (*TAGS, *BY_NAME)}


def _lines(holds: str) -> Iterator[Line]:
    for name, field in _ordered().items():
        if field.holds == holds:
            values = tuple(_VALUES.get(name, ()))
            some = _SOME.get(name) or (values[0] if values else "")
            examples = tuple(example.format(name, some) for example in _EXAMPLES[holds])
            yield Line(name, field.called, field.label, values, examples)
