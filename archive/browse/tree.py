"""A typed question as a tree of AND, OR and NOT, and the same as either/or groups that must all hold."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TypeAlias

from archive.browse.shape import MOST_GROUPS, Conjunct
from archive.browse.terms import Group, Literal

_MOST_UNFOLDED = 1024
"""Groups that may stand side by side before those that say nothing new fall away."""


@dataclass(frozen=True, slots=True)
class And:
    """All of its parts."""

    parts: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Or:
    """Any of its parts."""

    parts: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Not:
    """Everything but its part."""

    part: "Node"


Node: TypeAlias = Literal | And | Or | Not


class TooMany(Exception):
    """The groups of a question are more than it may have."""


def conjuncts(node: Node) -> Iterator[Node]:
    """The parts that must all hold, each for itself."""
    if isinstance(node, And):
        for part in node.parts:
            yield from conjuncts(part)
    else:
        yield node


def normal(node: Node) -> list[Conjunct]:
    """One thing that must hold, as either/or groups. Raises TooMany."""
    if isinstance(node, Or) and (literals := _one_list(node)):
        return [Conjunct(literals, either=True)]
    return [Conjunct(group) for group in _groups(node, wanted=True)]


def _one_list(node: Or) -> Group:
    """The wanted terms of one field that are all there is to it, else nothing."""
    literals = tuple(part for part in node.parts if isinstance(part, Literal) and part.wanted)
    one = len(literals) == len(node.parts) and len({literal.term.field for literal in literals}) == 1
    return literals if one else ()


def _groups(node: Node, *, wanted: bool) -> list[Group]:
    """The conjunction of either/or groups of a node, or of all but it."""
    if isinstance(node, Literal):
        return [(Literal(node.term, node.wanted is wanted),)]
    if isinstance(node, Not):
        return _groups(node.part, wanted=not wanted)
    parts = (_groups(part, wanted=wanted) for part in node.parts)
    if isinstance(node, And) is wanted:
        return _distinct(group for groups in parts for group in groups)
    return _spread(parts)


def _spread(parts: Iterable[list[Group]]) -> list[Group]:
    """Either of several conjunctions, as one conjunction: each group of one beside each group of the others."""
    whole: list[Group] = [()]
    for groups in parts:
        if len(whole) * len(groups) > _MOST_UNFOLDED:
            raise TooMany
        whole = _distinct((*group, *other) for group in whole for other in groups)
    return whole


def _distinct(groups: Iterable[Group]) -> list[Group]:
    """Groups without those that hold whatever a work is, and without those that follow from another."""
    kept: dict[frozenset[Literal], Group] = {}
    for group in groups:
        literals = dict.fromkeys(group)
        if not any(Literal(literal.term, not literal.wanted) in literals for literal in literals):
            kept.setdefault(frozenset(literals), tuple(literals))
    if len(kept) > _MOST_UNFOLDED:
        raise TooMany
    least = [group for literals, group in kept.items() if not any(other < literals for other in kept)]
    if len(least) > MOST_GROUPS:
        raise TooMany
    return least
