"""Shelves: the browse page, and the pages of a tag, an author, a series."""

from dataclasses import replace
from typing import TypeVar

from django.http import HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from archive import catalogue
from archive.browse import BrowseQuery, work_address
from archive.shown import Heading, Shelf
from reader import facets, filters, rules
from reader.addresses import fields, sign_in_first, tag_page, work_page
from reader.asking import Asked, asking, bare
from reader.paging import Paging
from reader.requests import ReadingRequest

Answer = TypeVar("Answer", bound=HttpResponseBase)

NOT_HERE = "No work on your shelf has that address."
"""Said of a work that we do not have, and of one that this reader is not shown, or not yet."""


@require_safe
@asking
def browse(request: ReadingRequest, asked: Asked) -> HttpResponse:
    """The whole shelf, or what a question leaves of it. A member may begin with a question of their own."""
    if not request.reader.welcome:
        return redirect(sign_in_first(request))
    if not request.META.get("QUERY_STRING") and (first := filters.first(request)):
        return redirect(request.path + first.question)
    if home := work_address(request.GET.get("q", "")):
        if number := catalogue.copy(request.reader, *home):
            return redirect(work_page(number))
        query = replace(asked.query, search="", sort="updated")
        asked = Asked(query, search=request.GET["q"], said=NOT_HERE)
    return _show(request, asked, catalogue.browse(request.reader, asked.query))


@require_safe
@asking
def tag(request: ReadingRequest, asked: Asked, kind: str, slug: str) -> HttpResponse:
    """The works of a tag. A merged tag leads to the one it was merged into."""
    heading = catalogue.tag(request.reader, kind, slug, asked.query)
    if heading.moved_to:
        return redirect(tag_page(kind, heading.moved_to.slug) + asked.query.address())
    return _show(request, asked, heading.shelf, heading, rules.avoidable(request, "tag", f"{kind}:{heading.name}"))


@require_safe
@asking
def author(request: ReadingRequest, asked: Asked, slug: str) -> HttpResponse:
    """The works of an author."""
    heading = catalogue.author(request.reader, slug, asked.query)
    return _show(request, asked, heading.shelf, heading, rules.avoidable(request, "author", heading.name))


@require_safe
@asking
def series(request: ReadingRequest, asked: Asked, number: int) -> HttpResponse:
    """The works of a series, in its order."""
    heading = catalogue.series(request.reader, number, asked.query)
    return _show(request, asked, heading.shelf, heading)


@require_safe
def addresses(request: ReadingRequest) -> StreamingHttpResponse:
    """Where the works that a question finds live elsewhere, one address a line."""
    found = catalogue.addresses(request.reader, BrowseQuery.read(request.GET.lists()))
    response = StreamingHttpResponse((f"{one}\n" for one in found), content_type="text/plain; charset=utf-8")
    response["X-Content-Type-Options"] = "nosniff"
    return _not_stored(request, response)


def _show(
    request: ReadingRequest,
    asked: Asked,
    shelf: Shelf,
    heading: Heading | None = None,
    avoidable: rules.Avoidable | None = None,
) -> HttpResponse:
    kept, nothing, way_on = filters.kept(request), bare(request), rules.way_on(request, shelf.address)
    kept_as = filters.plain(shelf.whole) if request.user.is_authenticated else ""
    shown = {
        "shelf": shelf,
        "heading": heading,
        "mistakes": asked.mistakes,
        "said": asked.said,
        "sides": facets.sides(shelf),
        "hidden": facets.hidden(way_on),
        "whole": fields(way_on),
        "shuffled": any(chosen and sort == "random" for sort, _, chosen in shelf.sorts),
        "paging": Paging.of(shelf, way_on, nothing),
        "suggestions": [
            (one.label, one.count, nothing if address == "?" else address)
            for one in shelf.suggestions
            for address in [rules.way_on(request, one.query)]
        ],
        "bare": nothing,
        "set_aside": rules.set_aside(request, shelf),
        "avoidable": avoidable,
        "search": asked.search,
        "search_fields": fields(shelf.address, ["q"]),
        "typed": asked.typed or shelf.typed,
        "filters": kept,
        "kept_as": kept_as,
        "begun": next((one for one in kept if one.default and one.question == kept_as and not heading), None),
    }
    response = render(request, "shelf.html", shown)
    if any(blurb.snippet for blurb in shelf.blurbs):  # words of a text that may stand behind a warning
        response["Cache-Control"] = "private, no-store"
    return _not_stored(request, response)


def _not_stored(request: ReadingRequest, response: Answer) -> Answer:
    """Nothing that shows adult works is left in a cache."""
    if request.reader.adult:
        response["Cache-Control"] = "private, no-store"
    return response
