"""Shelves: the browse page, and the pages of a tag, an author, a series."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from archive import catalogue
from archive.browse import BrowseQuery, Term
from archive.shown import Heading, Shelf
from reader.addresses import fields, tag_page, tidied, turned
from reader.facets import sides
from reader.requests import ReadingRequest

P = ParamSpec("P")


def _tidy(
    view: Callable[Concatenate[ReadingRequest, P], HttpResponse],
) -> Callable[Concatenate[ReadingRequest, P], HttpResponse]:
    """A filter form that was submitted leads to a tidy address first."""

    @wraps(view)
    def asked(request: ReadingRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if tidy := tidied(request.GET):
            return redirect(request.path + tidy)
        return view(request, *args, **kwargs)

    return asked


@require_safe
@_tidy
def browse(request: ReadingRequest) -> HttpResponse:
    """The whole shelf, or what a question leaves of it."""
    if not request.reader.welcome:
        return redirect(f"{reverse('login')}?{urlencode({'next': request.get_full_path()})}")
    query = BrowseQuery.read(request.GET.lists())
    return _show(request, query, catalogue.browse(request.reader, query))


@require_safe
@_tidy
def tag(request: ReadingRequest, kind: str, slug: str) -> HttpResponse:
    """The works of a tag. A merged tag leads to the one it was merged into."""
    query = BrowseQuery.read(request.GET.lists())
    heading = catalogue.tag(request.reader, kind, slug, query)
    if heading.moved_to:
        return redirect(tag_page(kind, heading.moved_to.slug) + query.address())
    return _show(request, query, heading.shelf, heading)


@require_safe
@_tidy
def author(request: ReadingRequest, slug: str) -> HttpResponse:
    """The works of an author."""
    query = BrowseQuery.read(request.GET.lists())
    heading = catalogue.author(request.reader, slug, query)
    return _show(request, query, heading.shelf, heading)


@require_safe
@_tidy
def series(request: ReadingRequest, number: int) -> HttpResponse:
    """The works of a series, in its order. The question names the series, since its usual order depends on that."""
    fixed = Term("series", str(number))
    query = BrowseQuery.read([*request.GET.lists(), ("series", [fixed.value])])
    heading = catalogue.series(request.reader, number, query)
    return _show(request, query, heading.shelf, heading, fixed)


def _show(
    request: ReadingRequest, query: BrowseQuery, shelf: Shelf, heading: Heading | None = None, fixed: Term | None = None
) -> HttpResponse:
    address = query.address(fixed)
    asked = dict(fields(address))
    low, _, high = asked.get("words", "").partition("-")
    shown = {
        "shelf": shelf,
        "heading": heading,
        "facets": sides(shelf, address),
        "sorts": [(label, turned(address, sort=value, order=""), chosen) for value, label, chosen in shelf.sorts],
        "pages": [(page, turned(address, page=str(page) if page > 1 else "")) for page in _near(shelf)],
        "search": query.search,
        "search_fields": fields(address, ["q"]),
        "words": {"low": low, "high": high, "fields": fields(address, ["words"])},
    }
    response = render(request, "shelf.html", shown)
    if request.reader.adult:
        response["Cache-Control"] = "private, no-store"
    return response


def _near(shelf: Shelf) -> list[int]:
    """The pages worth a link: first, last, and those around this one."""
    wanted = {1, shelf.pages, *range(shelf.page - 2, shelf.page + 3)}
    return sorted(page for page in wanted if 1 <= page <= shelf.pages)
