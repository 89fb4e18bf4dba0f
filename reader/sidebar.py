"""The sidebar as HTML: seventeen sides with their boxes, ranges and values, so it is written by plain functions.

Everything goes through `format_html`, which escapes whatever a file may have put into a tag. What no question has
changed is the same on every page for everybody, and is kept once it is written.
"""

from functools import lru_cache

from django.utils.html import format_html
from django.utils.safestring import SafeString

from reader.blurbs import joined
from reader.facets import Column, Side, Span
from reader.values import values

_NOTHING = format_html("{}", "")
_LINE = format_html("{}", "\n")
_OPEN = format_html("{}", " open")
_NUMERIC = format_html(' inputmode="{}"', "numeric")
_ALL_SHOWN = 100
"""Values of a facet after which only names help."""


def side(one: Side) -> SafeString:
    """One part of the sidebar, which opens and closes."""
    several = len(one.columns) > 1
    return format_html(
        '<details id="side-{0}" data-side="{0}"{1}><summary><span>{2}{3}</span></summary>\n{4}{5}</details>\n',
        one.key,
        _OPEN if one.open else _NOTHING,
        one.label,
        _held(one.chosen) if one.chosen else _NOTHING,
        joined([_column(column, several=several) for column in one.columns]),
        _typed(one.key, one.boxes, one.spans),
    )


@lru_cache(maxsize=64)
def _held(chosen: int) -> SafeString:
    return format_html(' <b class="held">{}<span class="sr"> chosen</span></b>', chosen)


def _column(column: Column, *, several: bool) -> SafeString:
    facet = column.facet
    return format_html(
        "{}<ul>\n{}\n{}</ul>\n",
        _head(facet.field, facet.label if several else "", column.binds, column.joins, column.box),
        values(column),
        _more(facet.field, facet.label, len(facet.values) < _ALL_SHOWN) if facet.more else _NOTHING,
    )


@lru_cache(maxsize=512)
def _head(field: str, label: str, binds: str, joins: str, box: str) -> SafeString:
    """What stands over the values: their name where there are several lists, how they bind, and a box for names."""
    name = format_html("<h3>{}</h3>\n", label) if label else _NOTHING
    return format_html("{}{}{}", name, _binds(field, binds, joins), _box(field, box, True) if box else _NOTHING)


def _binds(field: str, binds: str, joins: str) -> SafeString:
    """Whether all of the values that are chosen must apply, or any may; and how to have it otherwise."""
    if not binds:
        return _NOTHING
    every = format_html(' <button name="bind" value="{}:all">All must</button>', field)
    some = format_html(' <button name="bind" value="{}:any">Any may</button>', field)
    said, ways = {
        "all": ("All of these must apply.", some),
        "both": ("Some must apply, and any of the others.", every + some),
        "any": ("Any of these may apply.", every if joins else _NOTHING),
    }[binds]
    return format_html('<p class="binds">{}{}</p>\n', said, ways)


@lru_cache(maxsize=64)
def _more(field: str, label: str, further: bool) -> SafeString:
    """The way to more values, or the word that there are only names left."""
    if not further:
        return format_html('<li class="more">{}</li>\n', "and more, by name")
    return format_html(
        '<li class="more"><button name="set" value="more:{}">More<span class="sr"> of {}</span></button></li>\n',
        field,
        label,
    )


@lru_cache(maxsize=512)
def _typed(key: str, boxes: tuple[tuple[str, str, bool], ...], spans: tuple[Span, ...]) -> SafeString:
    """What is typed instead of chosen."""
    return joined([*(_box(*box) for box in boxes), *(_span(span) for span in spans), _apply(key, spans)])


def _box(field: str, says: str, suggests: bool) -> SafeString:
    """A box for a name."""
    return format_html(
        '<p class="box"><input name="name-{0}"{1} aria-label="{2}" placeholder="{2}">'
        '<button name="names" value="{0}">add<i class="sr"> this name</i></button>'
        '<button name="names" value="{0}.not">not<i class="sr"> this name</i></button></p>\n',
        field,
        format_html(' data-kind="{}"', field) if suggests else _NOTHING,
        says,
    )


def _span(span: Span) -> SafeString:
    """A range with its two ends."""
    return format_html(
        '<fieldset class="span"><legend>{1}</legend>\n'
        '<input id="{0}-from" name="{0}-from" value="{2}" aria-label="{1}: from" placeholder="from"{4}> –\n'
        '<input id="{0}-to" name="{0}-to" value="{3}" aria-label="{1}: to" placeholder="to"{4}>\n{5}</fieldset>\n',
        span.field,
        span.label,
        span.low,
        span.high,
        _NOTHING if span.days else _NUMERIC,
        _quick(span) if span.quick else _NOTHING,
    )


def _quick(span: Span) -> SafeString:
    """Ranges that are chosen with one press."""
    buttons = [
        format_html(
            '<button name="{}" value="{}:{}" aria-pressed="{}">{}</button>',
            "drop" if chosen else "put",
            span.field,
            value,
            "true" if chosen else "false",
            words,
        )
        for value, words, chosen in span.quick
    ]
    return format_html('<p class="quick">{}</p>\n', joined(buttons))


def _apply(key: str, spans: tuple[Span, ...]) -> SafeString:
    if not spans:
        return _NOTHING
    help_ = "2024, 2024-05-01, or 6m for six months ago"
    return format_html(
        '<p class="apply">{}<button class="button small" name="at" value="{}">Apply</button></p>\n',
        format_html('<span class="help">{}</span> ', help_) if spans[0].days else _NOTHING,
        key,
    )
