"""What templates say in Carrel's own way: blurbs, reading times, and the lines about the state of the house."""

from typing import Any

from django import template
from django.utils.html import format_html

from archive import catalogue
from archive.shown import Blurb, Name
from archive.vocabulary import TagKind
from reader import addresses, blurbs, menus, sidebar
from reader.facets import Side
from reader.signs import Sign
from reader.signs import signs as signs_of

register = template.Library()
MOST_LINES = 100


@register.simple_tag
def blurb(work: Blurb) -> str:
    """The card of a work."""
    return blurbs.blurb(work)


@register.filter
def side(one: Side) -> str:
    """One part of the sidebar."""
    return sidebar.side(one)


@register.filter
def orders(sorts: tuple[tuple[str, str, bool], ...]) -> str:
    """The menu of the orders that a shelf can have."""
    return menus.orders(sorts)


@register.filter
def byline(people: tuple[Name, ...]) -> str:
    """Linked names: `a, b and c`."""
    return blurbs.names(people)


@register.filter
def duration(minutes: int) -> str:
    """Reading time: `3 h 20 min`."""
    return blurbs.duration(minutes)


@register.filter
def thousands(number: int) -> str:
    """`48,210`."""
    return f"{number:,}"


@register.filter
def stats(work: Blurb) -> str:
    """The line of figures."""
    return blurbs.stats(work)


@register.filter
def signs(work: Blurb) -> tuple[Sign, ...]:
    """The four signs."""
    return signs_of(work)


@register.filter
def home_page(address: str) -> str:
    """The address, if it is one of a web page."""
    return addresses.home_page(address)


@register.filter
def tag_groups(work: Blurb) -> list[tuple[str, str]]:
    """Every kind of tag that the work carries, with its links."""
    return [(kind.label, blurbs.links(kind, work.tags[kind])) for kind in TagKind if work.tags.get(kind)]


@register.filter
def files(numbers: tuple[int, ...]) -> str:
    """Who says so: `File 1 says so.`, `Files 1, 2 and 5 say so.`, with links to them."""
    if not numbers:
        return ""
    links = [format_html('<a href="#file-{0}">{0}</a>', number) for number in numbers]
    said = blurbs.listed(links)
    return format_html("File {} says so.", said) if len(links) == 1 else format_html("Files {} say so.", said)


@register.filter
def around(lines: tuple[Any, ...], number: int) -> list[Any]:
    """The first and last lines of a long chapter list and those near a chapter; a short list whole."""
    if len(lines) <= MOST_LINES:
        return list(lines)
    here = next((place for place, line in enumerate(lines) if line.number == number), 0)
    start = max(0, min(here - MOST_LINES // 2, len(lines) - MOST_LINES))
    near = lines[start : start + MOST_LINES]
    return [*lines[: min(start, 1)], *near, *lines[max(start + MOST_LINES, len(lines) - 1) :]]


@register.inclusion_tag("notices.html", takes_context=True)
def notices(context: template.Context) -> dict[str, Any]:
    """What is to be said about the state of the house, to whom it concerns."""
    reader = context["request"].reader
    return {"house": catalogue.house(), "keeper": reader.kind == "keeper", "request": context["request"]}
