"""The values of a facet as HTML: there are a hundred on a page, so they are written by plain functions.

Everything goes through `format_html`, which escapes whatever a file may have put into a tag.
"""

from functools import lru_cache

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from archive.browse import SINGLE
from archive.shown import FacetValue
from reader.blurbs import joined
from reader.facets import Column

_LINE = format_html("{}", "\n")
_TURNS = {"all": ("any", "not"), "any": ("all", "not"), "none": ("all", "any")}
"""In which other ways a chosen value can stand."""
_WORDS = {"all": "and", "any": "or", "not": "not"}
_SIGNS = {"all": "", "any": "or ", "none": "not "}


def values(column: Column) -> SafeString:
    """The list of a facet's values: each is a button that chooses it, its count, and the other ways to choose it."""
    return joined([_value(column, value) for value in column.facet.values], _LINE)


def _value(column: Column, value: FacetValue) -> SafeString:
    field, joins = column.facet.field, column.joins
    if value.mode:
        return _chosen(field, value, mixed=column.binds == "both")
    before, after = _around(field, value.value, value.label, joins)
    return format_html("{}{}{}", before, f"{value.count:,}", after)


@lru_cache(maxsize=4096)
def _around(field: str, value: str, label: str, joins: str) -> tuple[SafeString, SafeString]:
    """What stands before and after the count of a value that is not chosen: it is the same for everybody."""
    before = format_html(
        '<li><button name="put" value="{}:{}"><bdi>{}</bdi></button><span class="n">', field, value, label
    )
    return before, format_html("</span>{}</li>", _besides(field, value, label, joins))


def _chosen(field: str, value: FacetValue, *, mixed: bool) -> SafeString:
    single = field in SINGLE
    turns = tuple(turn for turn in _TURNS[value.mode] if turn == "not" or not single)
    sign = "" if value.mode == "any" and not mixed else _SIGNS[value.mode]
    return format_html(
        '<li class="{}"><button name="drop" value="{}:{}" aria-pressed="true">{}<bdi>{}</bdi></button>'
        '<span class="n">{}</span><span class="how">{}{}</span></li>',
        value.mode,
        "primary" if value.primary else field,
        value.value,
        format_html("<i>{}</i>", sign) if sign else "",
        value.label,
        f"{value.count:,}" if value.mode != "none" and value.count else "",
        _first(value) if field == "relationship" and value.mode == "all" else "",
        _how(field, value.value, value.label, turns),
    )


def _besides(field: str, value: str, label: str, joins: str) -> SafeString:
    """The ways to choose a value beside the usual one: most have one only, and there are a hundred of them."""
    if joins:
        other = "any" if joins == "all" else "all"
        return format_html('<span class="how">{}</span>', _how(field, value, label, (other, "not")))
    return format_html(
        '<button class="how" name="put" value="{}.not:{}">not<i class="sr"> {}</i></button>', field, value, label
    )


def _how(field: str, value: str, label: str, ways: tuple[str, ...]) -> SafeString:
    """Small buttons for the other ways in which a value can be chosen."""
    return format_html_join(
        "",
        '<button name="put" value="{}.{}:{}">{}<i class="sr"> {}</i></button>',
        ((field, way, value, _WORDS[way], label) for way in ways),
    )


def _first(value: FacetValue) -> SafeString:
    """Whether a relationship has to be the first that a work names."""
    return format_html(
        '<button name="put" value="{}:{}" aria-pressed="{}" title="Only works that name it first">first'
        '<span class="sr"> named only: {}</span></button>',
        "relationship.all" if value.primary else "primary",
        value.value,
        "true" if value.primary else "false",
        value.label,
    )
