"""Names: those of one kind from A to Z, and those that go on as a reader types."""

from dataclasses import asdict

from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from archive import catalogue
from archive.vocabulary import TagKind
from reader import directories
from reader.addresses import sign_in_first
from reader.requests import ReadingRequest


@require_safe
def tags(request: ReadingRequest, kind: str) -> HttpResponse:
    """The tags of one kind."""
    if kind not in set(TagKind):
        raise Http404
    return directory(request, kind)


@require_safe
def directory(request: ReadingRequest, kind: str) -> HttpResponse:
    """The names of one kind: `?letter=l&q=mis&order=count&page=2`."""
    if not request.reader.welcome:
        return redirect(sign_in_first(request))
    asked = directories.read(request.GET)
    found = catalogue.directory(request.reader, kind, **asked)
    response = render(request, "names.html", {"found": found, **directories.shown(found, asked)})
    if request.reader.adult:
        response["Cache-Control"] = "private, no-store"
    return response


@require_safe
def suggest(request: ReadingRequest) -> HttpResponse:
    """Suggestions for `?kind=fandom&q=les`, as a list of `{"kind", "name", "slug", "count"}`; any kind without one."""
    kind = request.GET.get("kind") or None
    found = catalogue.suggest(request.reader, kind, request.GET.get("q", ""))
    response = JsonResponse([asdict(one) for one in found], safe=False)
    response["Cache-Control"] = "private, no-store"
    return response
