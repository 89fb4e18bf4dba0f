"""Works opened for reading. A gate is an exception: it never reaches these functions' last line."""

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from archive import catalogue
from archive.shown import WorkPage
from reader import rules
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


@require_safe
def picture(request: ReadingRequest, number: int, sha256: str) -> HttpResponseBase:
    """A picture in a text. Behind no gate, a browser may keep it, and asks each time whether it may still be seen."""
    shown = catalogue.picture(request.reader, number, sha256)
    response = HttpResponse(shown.data, content_type=shown.media_type)
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["X-Content-Type-Options"] = "nosniff"
    if shown.gated:
        response["Cache-Control"] = "private, no-store"
        return response
    response["Cache-Control"] = "private, no-cache"
    response["ETag"] = f'"{shown.sha256}"'
    return get_conditional_response(request, etag=response["ETag"], response=response) or response


def _read(request: ReadingRequest, page: WorkPage) -> HttpResponse:
    ends = page.next is None and not page.gated
    alike = catalogue.like(request.reader, page.blurb.id) if ends else ()
    shown = {"page": page, "work": page.blurb, "here": page.chapters[0], "alike": alike}
    shown["avoidable"] = rules.avoidable(request, "work", page.blurb.id)
    response = render(request, "work.html", shown)
    if page.gated or (alike and request.reader.adult):  # those that are alike may be adult works
        response["Cache-Control"] = "private, no-store"
    return response
