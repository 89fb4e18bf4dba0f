"""The reader's own desk: how pages look to them."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from reader.addresses import safe_next
from reader.look import Look
from reader.models import User
from reader.requests import ReadingRequest


@require_http_methods(["GET", "HEAD", "POST"])
def settings(request: ReadingRequest) -> HttpResponse:
    """Choose how pages look. The choice is kept in this browser, and on the account of a member."""
    if request.method == "POST":
        response = redirect(safe_next(request.POST.get("next"), "/"))
        look = Look() if "reset" in request.POST else Look.of(request.POST.dict())
        look.keep(request, response)
        if isinstance(request.user, User):
            request.user.look = str(look)
            request.user.save(update_fields=["look"])
        return response
    return render(request, "settings.html", {"next": safe_next(request.GET.get("next"), "/")})
