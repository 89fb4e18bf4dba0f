"""Facets as the sidebar shows them: with a way from *all of* to *any of* and back, where several values are chosen."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from archive.browse import SINGLE
from archive.shown import Facet, FacetValue, Shelf
from reader.addresses import fields

_OPEN = frozenset({"rating", "warning", "fandom", "relationship"})
"""Facets that stand open before anything is chosen."""


@dataclass(frozen=True, slots=True)
class Side:
    """One facet of the sidebar."""

    facet: Facet
    values: tuple[FacetValue, ...]
    binds: str
    """How several chosen values bind: "all", "any", or "" while there is nothing to bind."""
    rebind: str
    """The address of the question with *all of* and *any of* swapped for this facet."""
    more: str
    """The address of the question with many values of this facet shown, empty when they are."""
    open: bool


def sides(shelf: Shelf, address: str) -> list[Side]:
    """The sidebar of a shelf. Facets with nothing to choose are left out."""
    return [_side(facet, fields(address)) for facet in shelf.facets if facet.values]


def _side(facet: Facet, asked: list[tuple[str, str]]) -> Side:
    everything, either = facet.field, f"{facet.field}.any"
    chosen = [value for value in facet.values if value.mode in ("all", "any")]
    binds = "any" if any(value.mode == "any" for value in chosen) else "all"
    values, rebind = facet.values, ""
    if facet.field not in SINGLE:
        if len(chosen) > 1:
            name = everything if binds == "any" else either
            rebind = _address((name if key in (everything, either) else key, value) for key, value in asked)
        if binds == "any":
            values = tuple(_joining(value, either, asked) for value in values)
    opened = ("more", facet.field) in asked
    more = "" if opened else _address([*(pair for pair in asked if pair[0] != "more"), ("more", facet.field)])
    is_open = opened or facet.chosen or facet.field in _OPEN
    return Side(facet, values, binds if len(chosen) > 1 else "", rebind, more, is_open)


def _joining(value: FacetValue, either: str, asked: list[tuple[str, str]]) -> FacetValue:
    """While values bind as *any of*, another one that is included joins them."""
    if value.mode:
        return value
    include = _address([*asked, (either, value.value)])
    return replace(value, include=include)


def _address(pairs: Iterable[tuple[str, str]]) -> str:
    return "?" + urlencode(list(pairs))
