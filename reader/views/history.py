"""Where a work comes from: its files, its older texts, and what changed between them."""

from django.http import HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from archive import catalogue
from archive.shown import ChangesPage, HistoryPage, VersionPage
from reader.requests import ReadingRequest

SANDBOX = "sandbox; default-src 'none'"


@require_safe
def history(request: ReadingRequest, number: int) -> HttpResponse:
    """The facts of a work with who says so, its files, its versions."""
    return _show(request, "history.html", catalogue.history(request.reader, number))


@require_safe
def version(request: ReadingRequest, number: int, older: int, place: int | None = None) -> HttpResponse:
    """An older text, at one of its chapters or at the first."""
    whole = place is None and request.look.whole
    return _show(request, "version.html", catalogue.version(request.reader, number, older, place, whole=whole))


@require_safe
def whole(request: ReadingRequest, number: int, older: int) -> HttpResponse:
    """An older text on one page."""
    return _show(request, "version.html", catalogue.version(request.reader, number, older, whole=True))


@require_safe
def changes(request: ReadingRequest, number: int, older: int) -> HttpResponse:
    """What changed from an older text to the next one; with `?with=now` to the present, with `?chapter=` in one."""
    asked = request.GET.get("chapter", "")
    chapter = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 10 else None
    now = request.GET.get("with") == "now"
    return _show(request, "changes.html", catalogue.changes(request.reader, number, older, chapter, now=now), now=now)


@require_safe
def original(request: ReadingRequest, number: int, sha256: str) -> HttpResponseBase:
    """A file as it came in. Browsers are told to keep it apart from this house, and not to guess what it is."""
    found = catalogue.original(request.reader, number, sha256)
    response: HttpResponseBase
    if found.pieces is None:
        response = render(request, "original_missing.html", {"work": found.blurb}, status=404)
    else:
        response = StreamingHttpResponse(found.pieces, content_type="application/octet-stream")
        response["Content-Disposition"] = content_disposition_header(True, found.name) or "attachment"
        response["Content-Length"] = str(found.size)
        response["Content-Security-Policy"] = SANDBOX
        response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response


def _show(
    request: ReadingRequest, template: str, page: HistoryPage | VersionPage | ChangesPage, **more: object
) -> HttpResponse:
    response = render(request, template, {"page": page, "work": page.blurb, **more})
    if page.gated:
        response["Cache-Control"] = "private, no-store"
    return response
