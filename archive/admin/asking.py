"""Asking a keeper whether they mean it, before an action changes many works."""

from typing import Any

from django.contrib import admin
from django.contrib.admin import helpers
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse

SHOWN = 20


def confirmation(
    room: admin.ModelAdmin,  # type: ignore[type-arg]
    request: HttpRequest,
    rows: QuerySet[Any],
    *,
    question: str,
    button: str,
    **context: Any,
) -> HttpResponse | None:
    """A page that asks; None when the keeper has answered it. It names the first rows and counts all."""
    if "confirmed" in request.POST:
        return None
    context = {
        **room.admin_site.each_context(request),
        "opts": room.opts,
        "title": question,
        "button": button,
        "count": rows.count(),
        "rows": rows[:SHOWN],
        "selected": request.POST.getlist(helpers.ACTION_CHECKBOX_NAME),
        "action": request.POST.get("action", ""),
        "across": request.POST.get("select_across", "0"),
        "media": room.media,
        **context,
    }
    return TemplateResponse(request, "admin/archive/confirm.html", context)
