"""What a question is made of: terms, and how several of them bind."""

from dataclasses import dataclass
from enum import StrEnum


class Mode(StrEnum):
    """How the terms of a clause bind."""

    ALL = "all"
    ANY = "any"
    NONE = "none"


@dataclass(frozen=True, slots=True, order=True)
class Term:
    """One condition: a field and a value, both as the address writes them."""

    field: str
    value: str


@dataclass(frozen=True, slots=True)
class Clause:
    """*All of*, *any of* or *none of* its terms, which are all of one field."""

    mode: Mode
    terms: tuple[Term, ...]


@dataclass(frozen=True, slots=True)
class Literal:
    """A term that is wanted, or one that is not: then everything visible is meant but the works of the term."""

    term: Term
    wanted: bool = True


Group = tuple[Literal, ...]
"""Either of its literals."""
