"""What an answer is made of, whoever answers."""

from collections.abc import Mapping
from dataclasses import dataclass

from archive.browse import TAGS, WORDS, BrowseQuery, Group, Term
from archive.search.words import phrases

FACET_VALUES, MORE_FACET_VALUES = 10, 100
"""Tags of one kind that a facet tells: a few, or many."""
COLUMNS = ("rating", "warning", "category", "complete", "language", "format", "crossover", "oneshot", "series-part")
"""Facets of few values, which are all told."""


@dataclass(frozen=True, slots=True)
class Answer:
    """One page of works, in order, and how many there are in all."""

    total: int
    ids: tuple[int, ...]
    aside: tuple[int, ...] = ()
    """How many further works the reader's own rules set aside: all in all, and each of those that were asked for."""


Value = int | str | bool | None
"""What is counted: the id of a canonical tag, or what stands in a column.

For `rating` its number, for `warning` and `category` one bit (0 for no category), for `complete` True, False or None,
for `language` and `format` what the work states ("" when it states none), for `crossover`, `oneshot` and `series-part`
True or False. A work without a fandom is counted neither as a crossover nor as none.
"""


@dataclass(frozen=True, slots=True)
class Counts:
    """The values of one facet with exact counts, most first: tag ids, or the raw values of a column."""

    values: tuple[tuple[Value, int], ...]
    more: bool = False
    """Whether there are further values."""

    @classmethod
    def of(cls, counted: Mapping[Value, int], most: int | None = None) -> "Counts":
        """The commonest values of one facet, ties by id (in a column by its text); without `most` all of them."""
        ordered = sorted(counted.items(), key=_most_first)
        return cls(tuple(ordered[:most]), bool(most) and len(ordered) > (most or 0))


def _most_first(pair: tuple[Value, int]) -> tuple[int, int, str]:
    value, number = pair
    return (-number, value, "") if type(value) is int else (-number, 0, str(value))


Facets = dict[str, Counts]
"""By field: the kinds of tags and `COLUMNS`."""


def most_values(query: BrowseQuery) -> dict[str, int]:
    """How many tags each kind's facet tells."""
    return {kind: MORE_FACET_VALUES if kind == query.more else FACET_VALUES for kind in TAGS}


def asked(query: BrowseQuery) -> tuple[Group, ...]:
    """The either/or groups of a question that say something: words without a letter in them are left out."""
    groups = (tuple(one for one in group if _says(one.term)) for group in query.wanted)
    return tuple(group for group in groups if group)


def _says(term: Term) -> bool:
    return term.field not in WORDS or bool(phrases(term.value))
