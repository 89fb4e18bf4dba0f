"""What an answer is made of, whoever answers."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Answer:
    """One page of works, in order, and how many there are in all."""

    total: int
    ids: tuple[int, ...]


Value = int | str | bool | None
"""What is counted: the id of a tag, or what stands in a column."""


@dataclass(frozen=True, slots=True)
class Counts:
    """The values of one facet with exact counts, most first: tag ids, or the raw values of a column."""

    values: tuple[tuple[Value, int], ...]
    more: int = 0
    """How many further values there are."""


Facets = dict[str, Counts]
"""By field, as in `browse.FIELDS`."""
