"""Taking the sample shelf away again."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from archive import samples


@require_http_methods(["GET", "HEAD", "POST"])
def remove_samples(request: HttpRequest) -> HttpResponse:
    """Ask whether the sample shelf shall go; by POST, take it away."""
    if not request.user.has_perm("archive.delete_work"):
        raise PermissionDenied
    if request.method == "POST":
        samples.remove(request.user.get_username())
        messages.success(request, "The sample shelf is gone.")
        return HttpResponseRedirect(reverse("admin:index"))
    context = {**admin.site.each_context(request), "title": "Take the sample shelf away?"}
    return TemplateResponse(request, "admin/archive/remove_samples.html", context)
