"""Shelves: the browse page, and the pages of a tag, an author, a series."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar
from urllib.parse import urlencode

from django.http import HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from archive import catalogue
from archive.browse import BrowseQuery, Term
from archive.shown import Heading, Shelf
from reader import facets, filters, steps
from reader.addresses import fields, leads_elsewhere, tag_page, work_page
from reader.paging import Paging
from reader.requests import ReadingRequest

P = ParamSpec("P")
Answer = TypeVar("Answer", bound=HttpResponseBase)
View = Callable[Concatenate[ReadingRequest, P], HttpResponse]

EVERYTHING = "?everything=yes"
"""The bare shelf, for those who begin with something else."""
NO_COPY = "We have no copy of that work."


def _stepping(view: View[P]) -> View[P]:
    """A form that was submitted leads to the address of the question that it means first."""

    @wraps(view)
    def asked(request: ReadingRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        given = [(name, value) for name, values in request.GET.lists() for value in values if isinstance(value, str)]
        stepped = steps.stepped(given, lambda field, words: catalogue.named(request.reader, field, words))
        if stepped is not None:
            return redirect(request.path + (stepped if stepped != "?" else _bare(request)))
        return view(request, *args, **kwargs)

    return asked


@require_safe
@_stepping
def browse(request: ReadingRequest) -> HttpResponse:
    """The whole shelf, or what a question leaves of it. A member may begin with a question of their own."""
    if not request.reader.welcome:
        return redirect(f"{reverse('login')}?{urlencode({'next': request.get_full_path()})}")
    if not request.META.get("QUERY_STRING") and (first := filters.first(request)):
        return redirect(request.path + first.question)
    query, sought = BrowseQuery.read(request.GET.lists()), request.GET.get("q", "")
    if not leads_elsewhere(sought):
        return _show(request, query, catalogue.browse(request.reader, query))
    if number := catalogue.copy(request.reader, sought):
        return redirect(work_page(number))
    query = replace(query, search="")
    return _show(request, query, catalogue.browse(request.reader, query), said=Said(NO_COPY, sought))


@require_safe
@_stepping
def tag(request: ReadingRequest, kind: str, slug: str) -> HttpResponse:
    """The works of a tag. A merged tag leads to the one it was merged into."""
    query = BrowseQuery.read(request.GET.lists())
    heading = catalogue.tag(request.reader, kind, slug, query)
    if heading.moved_to:
        return redirect(tag_page(kind, heading.moved_to.slug) + query.address())
    return _show(request, query, heading.shelf, heading)


@require_safe
@_stepping
def author(request: ReadingRequest, slug: str) -> HttpResponse:
    """The works of an author."""
    query = BrowseQuery.read(request.GET.lists())
    heading = catalogue.author(request.reader, slug, query)
    return _show(request, query, heading.shelf, heading)


@require_safe
@_stepping
def series(request: ReadingRequest, number: int) -> HttpResponse:
    """The works of a series, in its order. The question names the series, since its usual order depends on that."""
    fixed = Term("series", str(number))
    query = BrowseQuery.read([*request.GET.lists(), ("series", [fixed.value])])
    heading = catalogue.series(request.reader, number, query)
    return _show(request, query, heading.shelf, heading)


@require_safe
def addresses(request: ReadingRequest) -> StreamingHttpResponse:
    """Where the works that a question finds live elsewhere, one address a line."""
    found = catalogue.addresses(request.reader, BrowseQuery.read(request.GET.lists()))
    response = StreamingHttpResponse((f"{one}\n" for one in found), content_type="text/plain; charset=utf-8")
    response["X-Content-Type-Options"] = "nosniff"
    return _not_stored(request, response)


@dataclass(frozen=True, slots=True)
class Said:
    """What is to be said above the works, and what stands in the search box meanwhile."""

    line: str = ""
    search: str = ""


def _show(
    request: ReadingRequest, query: BrowseQuery, shelf: Shelf, heading: Heading | None = None, said: Said = Said()
) -> HttpResponse:
    kept, bare = filters.kept(request), _bare(request)
    kept_as = filters.plain(shelf.whole) if request.user.is_authenticated else ""
    shown = {
        "shelf": shelf,
        "heading": heading,
        "line": said.line,
        "sides": facets.sides(shelf),
        "hidden": facets.hidden(shelf),
        "whole": fields(shelf.address),
        "shuffled": query.sort == "random",
        "paging": Paging.of(shelf, bare),
        "suggestions": [(one.label, one.count, bare if one.query == "?" else one.query) for one in shelf.suggestions],
        "bare": bare,
        "search": said.search or query.search,
        "search_fields": fields(shelf.address, ["q"]),
        "typed": shelf.typed,
        "filters": kept,
        "kept_as": kept_as,
        "begun": next((one for one in kept if one.default and one.question == kept_as and not heading), None),
    }
    return _not_stored(request, render(request, "shelf.html", shown))


def _bare(request: ReadingRequest) -> str:
    """The address of the bare shelf on this page."""
    return EVERYTHING if request.path == reverse("browse") and filters.first(request) else "?"


def _not_stored(request: ReadingRequest, response: Answer) -> Answer:
    """Nothing that shows adult works is left in a cache."""
    if request.reader.adult:
        response["Cache-Control"] = "private, no-store"
    return response
