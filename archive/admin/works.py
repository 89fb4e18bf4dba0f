"""Works: the list of all there are, and the page where a keeper says what is so."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Prefetch, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from archive import keeping
from archive.admin import columns
from archive.admin.asking import confirmation
from archive.admin.filters import AttentionFilter, FormatFilter, LanguageFilter, StateFilter
from archive.admin.finding import found
from archive.admin.lists import Kept
from archive.admin.statements import statements
from archive.admin.workform import WorkForm
from archive.models import Byline, Work

SHORT = (
    "title",
    "rating",
    "rating_stated",
    "warnings",
    "words",
    "chapters_posted",
    "chapters_planned",
    "added",
    "held",
    "hold_reason",
    "binned_at",
    "attention",
    "author_key",
    "title_key",
)
"""What lists show of a work: no summaries, no notes."""


class WorkTable(Kept):
    """What the list of works and the keepers' queues have in common."""

    list_display = ("named", "byline", "rated", "warned", "words", "chapters", "added_on", "state")
    search_fields = ("title",)
    search_help_text = "Words of a title or an author, or a number: ours, or that of the work at its source."

    def listed(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """Short rows with their bylines."""
        bylines = Prefetch("bylines", Byline.everything.select_related("author").order_by("position"))
        return queryset.only(*SHORT).prefetch_related(bylines)

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        """By way of the indexes."""
        return found(queryset, search_term), False

    @admin.display(description="title", ordering="title_key")
    def named(self, work: Work) -> SafeString:
        """The title, kept from turning round the words beside it."""
        return format_html("<bdi>{}</bdi>", work.title)

    @admin.display(description="by", ordering="author_key")
    def byline(self, work: Work) -> SafeString:
        """The authors."""
        return format_html("<bdi>{}</bdi>", columns.byline(work))

    @admin.display(description="rating", ordering="rating")
    def rated(self, work: Work) -> str:
        """The rating in words."""
        return columns.rating(work)

    @admin.display(description="warnings")
    def warned(self, work: Work) -> str:
        """The archive warnings in words."""
        return columns.warnings(work)

    @admin.display(description="chapters")
    def chapters(self, work: Work) -> str:
        """Posted and planned."""
        return columns.chapters(work)

    @admin.display(description="added", ordering="added")
    def added_on(self, work: Work) -> str:
        """The day it came in."""
        return f"{work.added:%Y-%m-%d}"

    @admin.display(description="state")
    def state(self, work: Work) -> str:
        """Where it stands, and what a keeper should look at."""
        return " · ".join(filter(None, [columns.state(work), work.attention]))


@admin.register(Work)
class WorkAdmin(WorkTable):
    """All works. Bodies are not shown here; see chapters."""

    form = WorkForm
    list_filter = ("rating", StateFilter, "complete", AttentionFilter, LanguageFilter, FormatFilter)
    actions = ("hold_selected", "bin_selected")
    readonly_fields = ("source_line", "byline", "size", "state", "statements", "chapter_list")
    fieldsets = (
        (None, {"fields": ("source_line", "byline", "size", "state")}),
        ("The keeper's word", {"fields": WorkForm.said_fields, "description": WorkForm.description}),
        ("What the files state", {"fields": ("statements", "chapter_list")}),
    )
    save_on_top = True

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
            keeping.unsay(obj.pk, forgotten)
        if said := form.said():
            keeping.say(obj.pk, said)

    @admin.display(description="source")
    def source_line(self, work: Work) -> str:
        """Where it comes from."""
        return " · ".join(filter(None, [work.identity, work.source_url])) or "Not stated"

    @admin.display(description="size")
    def size(self, work: Work) -> str:
        """Words and chapters."""
        return f"{work.words:,} words · chapters {columns.chapters(work)}"

    @admin.display(description="statements")
    def statements(self, work: Work) -> SafeString:
        """Every file's statement beside what now holds."""
        return statements(work)

    @admin.display(description="chapters")
    def chapter_list(self, work: Work) -> SafeString:
        """The way to its chapters."""
        address = reverse("admin:archive_chapter_changelist")
        return format_html('<a href="{}?work__id__exact={}">The chapters of this work</a>', address, work.pk)

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
            moved = keeping.bin(queryset.values_list("pk", flat=True))
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
            moved = keeping.hold(queryset.values_list("pk", flat=True), reason)
            self.message_user(request, f"{moved:,} held.", messages.SUCCESS)
        return asked

    def delete_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:
        """Ask about one work; by POST, put it into the bin."""
        work = self.get_object(request, object_id)
        if work is None or not self.has_delete_permission(request, work):
            raise PermissionDenied
        if request.method == "POST":
            keeping.bin(work.pk)
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
