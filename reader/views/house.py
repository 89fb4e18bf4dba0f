"""What machines ask of the house: whether it stands, whether they may index it, and its sign."""

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.templatetags.static import static
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from archive import catalogue


@require_safe
@never_cache
def health(request: HttpRequest) -> HttpResponse:
    """`ok`, when the database answers."""
    try:
        catalogue.policy()
    except DatabaseError:
        return HttpResponse("the database does not answer", content_type="text/plain", status=503)
    return HttpResponse("ok", content_type="text/plain")


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """A private library is not for search engines."""
    return HttpResponse("User-agent: *\nDisallow: /\n", content_type="text/plain")


@require_safe
def favicon(request: HttpRequest) -> HttpResponse:
    """For those who ask where icons used to be."""
    return redirect(static("favicon.svg"))
