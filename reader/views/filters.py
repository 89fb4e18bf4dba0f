"""The saved filters of a member: kept, renamed, begun with, removed. Nobody sees those of anybody else."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods, require_POST

from reader import filters
from reader.addresses import safe_next, sign_in_first
from reader.models import SavedFilter, User
from reader.requests import ReadingRequest


@require_http_methods(["GET", "HEAD", "POST"])
@cache_control(private=True, no_store=True)
def all_of_them(request: ReadingRequest) -> HttpResponse:
    """All filters of a member, and where the shelf sends a question that is to be kept."""
    if not isinstance(request.user, User):
        return redirect(sign_in_first(request))
    if request.method != "POST":
        return _show(request)
    given = request.POST
    try:
        filters.keep(request.user, given.get("name", ""), given.get("question", ""), default="default" in given)
    except filters.NotKept as why:
        return _show(request, str(why))
    return redirect(safe_next(given.get("next"), reverse("filters")))


@require_POST
@cache_control(private=True, no_store=True)
def one(request: ReadingRequest, number: int) -> HttpResponse:
    """Rename a filter, begin with it or no longer, or remove it."""
    mine = SavedFilter.objects.filter(user=request.user.pk)
    kept, answer = get_object_or_404(mine, pk=number), request.POST.get("answer")
    try:
        if answer == "rename":
            filters.rename(kept, request.POST.get("name", ""))
        elif answer in ("begin", "stop"):
            filters.begin_with(kept, default=answer == "begin")
        elif answer == "remove":
            kept.delete()
    except filters.NotKept as why:
        return _show(request, str(why))
    return redirect("filters")


def _show(request: ReadingRequest, mistake: str = "") -> HttpResponse:
    return render(request, "filters.html", {"filters": filters.kept(request), "mistake": mistake})
