"""Works opened for reading. A gate is an exception: it never reaches these functions' last line."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from archive import catalogue
from archive.shown import WorkPage
from reader.requests import ReadingRequest


@require_safe
def work(request: ReadingRequest, number: int) -> HttpResponse:
    """A work at its first chapter, or whole: when it is short, or when this reader likes works whole."""
    opened = catalogue.whole if request.look.whole else catalogue.work
    return _read(request, opened(request.reader, number))


@require_safe
def chapter(request: ReadingRequest, number: int, place: int) -> HttpResponse:
    """One chapter."""
    return _read(request, catalogue.chapter(request.reader, number, place))


@require_safe
def whole(request: ReadingRequest, number: int) -> HttpResponse:
    """All chapters on one page."""
    return _read(request, catalogue.whole(request.reader, number))


def _read(request: ReadingRequest, page: WorkPage) -> HttpResponse:
    response = render(request, "work.html", {"page": page, "work": page.blurb, "here": page.chapters[0]})
    if page.gated:
        response["Cache-Control"] = "private, no-store"
    return response
