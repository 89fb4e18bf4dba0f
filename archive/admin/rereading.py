"""Rereading, as keepers ask for it: every original read once more by the worker."""

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from archive import catalogue, intake
from archive.importing import better_readable

POWERS = ("archive.add_work", "archive.change_work")


@require_http_methods(["GET", "HEAD", "POST"])
def reread(request: HttpRequest) -> HttpResponse:
    """Ask whether all originals shall be read again; by POST, queue it."""
    if not request.user.has_perms(POWERS):
        raise PermissionDenied
    if request.method == "POST":
        run = intake.queue_rereading(by=request.user.get_username())
        return HttpResponseRedirect(reverse("admin:archive_importrun_change", args=[run.pk]))
    better = better_readable()
    context = {
        **admin.site.each_context(request),
        "title": "Read all originals again?",
        "better": better,
        "number": f"{better:,}",
        "worker": catalogue.house().worker,
    }
    return TemplateResponse(request, "admin/archive/reread.html", context)
