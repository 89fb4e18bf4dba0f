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
from archive.browse import BrowseQuery
from archive.shown import Heading, Shelf
from reader.addresses import fields, tag_page, tidied, turned
from reader.facets import sides
from reader.requests import ReadingRequest

P = ParamSpec("P")


def _question(
    view: Callable[Concatenate[ReadingRequest, BrowseQuery, P], HttpResponse],
) -> Callable[Concatenate[ReadingRequest, P], HttpResponse]:
    """Hand a view the question in its address. A filter form that was submitted leads to a tidy address first."""

    @wraps(view)
    def asked(request: ReadingRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if tidy := tidied(request.GET):
            return redirect(request.path + tidy)
        return view(request, BrowseQuery.read(request.GET.lists()), *args, **kwargs)

    return asked


@require_safe
@_question
def browse(request: ReadingRequest, query: BrowseQuery) -> HttpResponse:
    """The whole shelf, or what a question leaves of it."""
    if not request.reader.welcome:
        return redirect(f"{reverse('login')}?{urlencode({'next': request.get_full_path()})}")
    return _show(request, query, catalogue.browse(request.reader, query))


@require_safe
@_question
def tag(request: ReadingRequest, query: BrowseQuery, kind: str, slug: str) -> HttpResponse:
    """The works of a tag. A merged tag leads to the one it was merged into."""
    heading = catalogue.tag(request.reader, kind, slug, query)
    if heading.moved_to:
        return redirect(tag_page(kind, heading.moved_to.slug) + query.address())
    return _show(request, query, heading.shelf, heading)


@require_safe
@_question
def author(request: ReadingRequest, query: BrowseQuery, slug: str) -> HttpResponse:
    """The works of an author."""
    heading = catalogue.author(request.reader, slug, query)
    return _show(request, query, heading.shelf, heading)


@require_safe
@_question
def series(request: ReadingRequest, query: BrowseQuery, number: int) -> HttpResponse:
    """The works of a series, in its order."""
    heading = catalogue.series(request.reader, number, query)
    return _show(request, query, heading.shelf, heading)


def _show(request: ReadingRequest, query: BrowseQuery, shelf: Shelf, heading: Heading | None = None) -> HttpResponse:
    address = query.address()
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
