"""Asking: how a question is typed."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from archive.browse import guide
from reader.requests import ReadingRequest


@require_safe
def asking(request: ReadingRequest) -> HttpResponse:
    """All that can be typed. It knows of no work, and is the same for everybody."""
    return render(request, "asking.html", {"sections": guide.sections(), "sorts": guide.sorts()})
