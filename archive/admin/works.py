"""Works: the list of all there are, and the page where a keeper says what is so."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse

from archive import keeping
from archive.admin.asking import confirmation
from archive.admin.filters import AttentionFilter, FormatFilter, LanguageFilter, StateFilter
from archive.admin.workform import DESCRIPTION, WorkForm
from archive.admin.worktable import WorkTable
from archive.models import Work

SAID = (*keeping.SAYABLE, "forget")
"""The fields of the form, in their order."""


@admin.register(Work)
class WorkAdmin(WorkTable):
    """All works. Bodies are not shown here; see chapters."""

    form = WorkForm
    list_filter = ("rating", StateFilter, "complete", AttentionFilter, LanguageFilter, FormatFilter)
    actions = ("hold_selected", "bin_selected")
    readonly_fields = ("source_line", "byline", "size", "state", "statements", "chapter_list")
    save_on_top = True

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """The form stands between the facts, for those who may change them."""
        said = [name for name in SAID if name != "forget" or (obj and obj.kept)]
        word = ("The keeper's word", {"fields": said, "description": DESCRIPTION})
        return [
            (None, {"fields": ("source_line", "byline", "size", "state")}),
            *([word] if self.has_change_permission(request, obj) else []),
            ("What the files state", {"fields": ("statements", "chapter_list")}),
        ]

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Deleting is putting into the bin."""
        return request.user.has_perm("archive.delete_work")

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        """Our own: Django's deletion knows no bin."""
        return {name: action for name, action in super().get_actions(request).items() if name != "delete_selected"}

    def view_on_site(self, obj: Work) -> str:
        """The work on the shelf."""
        return f"/works/{obj.pk}/"

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Keep the keeper's word on the fields that were changed, and nothing else."""
        if forgotten := form.forgotten():
            keeping.unsay(obj.pk, forgotten, request.user.get_username())
        if said := form.said():
            keeping.say(obj.pk, said, request.user.get_username())

    @admin.action(description="Put into the bin", permissions=["delete"])
    def bin_selected(self, request: HttpRequest, queryset: QuerySet[Any]) -> HttpResponse | None:
        """Delete, after asking."""
        asked = confirmation(
            self,
            request,
            queryset,
            question="Put these works into the bin?",
            button="Put into the bin",
            note="They are gone from every page at once, and can be brought back for 90 days.",
        )
        if asked is None:
            moved = keeping.bin(queryset.values_list("pk", flat=True), request.user.get_username())
            self.message_user(request, f"{moved:,} put into the bin.", messages.SUCCESS)
        return asked

    @admin.action(description="Hold until released", permissions=["change"])
    def hold_selected(self, request: HttpRequest, queryset: QuerySet[Any]) -> HttpResponse | None:
        """Take off the shelf, after asking why."""
        asked = confirmation(
            self,
            request,
            queryset,
            question="Hold these works?",
            button="Hold",
            note="They are seen by keepers only, until one of them is released.",
            ask="reason",
        )
        if asked is None:
            reason = request.POST.get("reason", "").strip() or "Held by a keeper"
            moved = keeping.hold(queryset.values_list("pk", flat=True), reason, request.user.get_username())
            self.message_user(request, f"{moved:,} held.", messages.SUCCESS)
        return asked

    def delete_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:
        """Ask about one work; by POST, put it into the bin."""
        work = self.get_object(request, object_id)
        if not self.has_delete_permission(request, work):
            raise PermissionDenied
        if work is None:
            raise Http404
        if request.method == "POST":
            keeping.bin(work.pk, request.user.get_username())
            self.log_change(request, work, "Put into the bin.")
            self.message_user(request, f"“{work}” is in the bin.", messages.SUCCESS)
            return HttpResponseRedirect(reverse("admin:archive_work_changelist"))
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": "Put this work into the bin?",
            "button": "Put into the bin",
            "note": "It is gone from every page at once, and can be brought back for 90 days.",
            "count": 1,
            "rows": [work],
        }
        return TemplateResponse(request, "admin/archive/confirm.html", context)
