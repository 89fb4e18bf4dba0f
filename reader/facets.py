"""The sidebar: which facets, boxes and ranges stand together under one name, and which of them stand open."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from archive.browse import DAYS, SINGLE, WORDS
from archive.shown import Facet, Shelf
from reader.addresses import fields

_OPEN = frozenset({"rating", "warning", "fandom", "relationship"})
"""Sides that stand open before anything is chosen."""
_BOXES = {
    "fandom": "Name a fandom",
    "relationship": "Name a relationship",
    "character": "Name a character",
    "freeform": "Name a tag",
    "tag": "Name a tag of any kind",
    "author": "Name an author",
    "series": "Name a series",
    "title": "Words in the title",
    "text": "Words in the text",
}
"""Fields whose values can be named, with what the box says."""
_LENGTH = (("words", "Words"), ("chapters", "Chapters posted"), ("average", "Words in a chapter, on average"))
_DAYS = (("updated", "Updated"), ("published", "Published"), ("added", "Added to this library"))
_COUNTS = (("kudos", "Kudos"), ("hits", "Hits"), ("bookmarks", "Bookmarks"), ("comments", "Comments"))
_MANY = (("fandoms", "How many fandoms"), ("relationships", "How many relationships"))


class _Plan(NamedTuple):
    """A side as it is planned: its key, its facets and ranges, its name where that is not that of its only facet."""

    key: str
    facets: tuple[str, ...] = ()
    ranges: tuple[tuple[str, str], ...] = ()
    label: str = ""
    boxes: tuple[str, ...] = ()


_SIDES = (
    *(_Plan(name, (name,)) for name in ("rating", "warning", "category")),
    *(_Plan(name, (name,)) for name in ("fandom", "relationship", "character", "freeform")),
    _Plan("tag", label="Other tags, authors", boxes=("tag", "author")),
    _Plan("title", label="Words in title or text", boxes=("title", "text")),
    _Plan("complete", ("complete", "oneshot"), label="Completion"),
    _Plan("length", ranges=_LENGTH, label="Length"),
    _Plan("days", ranges=_DAYS, label="Dates"),
    _Plan("crossover", ("crossover",), _MANY, "Crossovers"),
    _Plan("language", ("language",)),
    _Plan("series-part", ("series-part",), label="Series", boxes=("series",)),
    _Plan("counts", ranges=_COUNTS, label="Kudos, hits, comments"),
    _Plan("format", ("format",)),
)
_LATELY = (
    ("1w..", "within a week"),
    ("1m..", "within a month"),
    ("1y..", "within a year"),
    ("..1y", "not for a year"),
)
"""Spans of days that are chosen with one press."""


@dataclass(frozen=True, slots=True)
class Span:
    """A range with its two ends as they are typed."""

    field: str
    label: str
    low: str
    high: str
    days: bool
    quick: tuple[tuple[str, str, bool], ...] = ()
    """Spans that are chosen with one press: what the address says, the words, whether it is chosen."""


@dataclass(frozen=True, slots=True)
class Column:
    """The values of one facet."""

    facet: Facet
    binds: str
    """How several chosen values bind: "all", "any", "both", or "" while there is nothing to bind."""
    joins: str
    """How another value binds: "all" or "any"; "" where nothing else can be meant."""
    box: str
    """What the box for names says, empty where there is none."""


@dataclass(frozen=True, slots=True)
class Side:
    """One part of the sidebar, which opens and closes."""

    key: str
    label: str
    columns: tuple[Column, ...]
    spans: tuple[Span, ...]
    boxes: tuple[tuple[str, str, bool], ...]
    """Boxes without values to choose from: the field, what it says, whether names are suggested there."""
    chosen: int
    """How many conditions of it are chosen."""
    open: bool


ENDS = frozenset(f"{field}-{end}" for plan in _SIDES for field, _ in plan.ranges for end in ("from", "to"))
_SIDE_OF = {
    **{field: plan.key for plan in _SIDES for field in (*plan.facets, *dict(plan.ranges), *plan.boxes)},
    **{plan.key: plan.key for plan in _SIDES},
    "primary": "relationship",
}


def anchor(place: str | None) -> str:
    """Where a page goes on that was left by a press in a side of the sidebar, or with a field of it: `#side-fandom`.

    Nowhere in particular, when it was pressed outside (None). So a sheet stays open, and nothing jumps, by itself. The
    end of a range is led to itself: browsers put the focus there.
    """
    if place is None:
        return ""
    if place in ENDS:
        return f"#{place}"
    return f"#side-{_SIDE_OF[place]}" if place in _SIDE_OF else "#filters"


def sides(shelf: Shelf) -> list[Side]:
    """The sidebar of a shelf. What has nothing to choose is left out."""
    asked = fields(shelf.address)
    chosen: dict[str, int] = {}
    for chip in shelf.chips:
        name = "relationship" if chip.field == "primary" else chip.field
        chosen[name] = chosen.get(name, 0) + 1
    found = {facet.field: facet for facet in shelf.facets if facet.values}
    planned = (_side(plan, found, asked, chosen) for plan in _SIDES)
    return [side for side in planned if side.columns or side.spans or side.boxes]


def _side(plan: _Plan, facets: Mapping[str, Facet], asked: list[tuple[str, str]], chosen: Mapping[str, int]) -> Side:
    own = [facets[name] for name in plan.facets if name in facets]
    held = sum(chosen.get(name, 0) for name in (*plan.facets, *dict(plan.ranges), *plan.boxes))
    return Side(
        key=plan.key,
        label=plan.label or (own[0].label if own else ""),
        columns=tuple(_column(facet) for facet in own),
        spans=tuple(_span(field, words, asked) for field, words in plan.ranges),
        boxes=tuple((field, _BOXES[field], field not in WORDS) for field in plan.boxes),
        chosen=held,
        open=bool(held) or plan.key in _OPEN or ("more", plan.key) in asked,
    )


def _column(facet: Facet) -> Column:
    modes = {value.mode for value in facet.values} & {"all", "any"}
    wanted = sum(value.mode in ("all", "any") for value in facet.values)
    joins = "" if facet.field in SINGLE or not wanted else "any" if modes == {"any"} else "all"
    binds = "" if wanted < 2 else "both" if len(modes) > 1 else next(iter(modes))
    return Column(facet, binds, joins, _BOXES.get(facet.field, ""))


def _span(field: str, label: str, asked: list[tuple[str, str]]) -> Span:
    """A range as it stands in the question: the first one, if there are several."""
    value = next((value for name, value in asked if name == field), "")
    low, _, high = value.partition(".." if field in DAYS else "-")
    if field not in DAYS:
        return Span(field, label, low, high, days=False)
    quick = tuple((span, words, span == value) for span, words in _LATELY) if field == "updated" else ()
    return Span(field, label, low, high, days=True, quick=quick)


def hidden(address: str) -> list[tuple[str, str]]:
    """The question as hidden fields of the sidebar's form: all but what its own fields show, and what these were."""
    shown = {field for plan in _SIDES for field, _ in plan.ranges}
    left = []
    for name, value in fields(address):
        if name in shown:
            shown.discard(name)
            left.append(("was", f"{name}:{value}"))
        else:
            left.append((name, value))
    return left
