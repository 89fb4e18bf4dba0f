"""Names: those that go on as a reader types."""

from dataclasses import asdict

from django.http import HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

from archive import catalogue
from reader.requests import ReadingRequest


@require_safe
def suggest(request: ReadingRequest) -> HttpResponse:
    """Suggestions for `?kind=fandom&q=les`, as a list of `{"kind", "name", "slug", "count"}`; any kind without one."""
    kind = request.GET.get("kind") or None
    found = catalogue.suggest(request.reader, kind, request.GET.get("q", ""))
    response = JsonResponse([asdict(one) for one in found], safe=False)
    response["Cache-Control"] = "private, no-store"
    return response
