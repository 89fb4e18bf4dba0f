"""The queues: held works, the bin, and works to look at."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse

from archive import keeping, refusing
from archive.admin.asking import confirmation
from archive.admin.worktable import WorkTable
from archive.models import BinnedWork, Chapter, HeldWork, PuzzlingWork


class Queue(WorkTable):
    """Works that wait for one decision. The work itself is changed in its own room."""

    change_form_template = "admin/archive/queue_form.html"
    list_filter = ("rating",)
    fields = readonly_fields = ("named", "byline", "rated", "warned", "size", "state", "statements", "chapter_list")

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """A queue has actions, no forms."""
        return False

    def has_decide_permission(self, request: HttpRequest) -> bool:
        """Whoever may change works may take such a decision."""
        return request.user.has_perm("archive.change_work")

    def has_remove_permission(self, request: HttpRequest) -> bool:
        """Whoever may delete works may take such a decision."""
        return request.user.has_perm("archive.delete_work")

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """One work, with the decisions that the list offers for many."""
        decisions = [(name, words) for name, words in self.get_action_choices(request) if name]
        shown = {"decisions": decisions, "chapter": first_chapter(request, object_id), **(extra_context or {})}
        return super().change_view(request, object_id, form_url, shown)

    def decided(self, request: HttpRequest, rows: QuerySet[Any], decide: Any, words: str) -> None:
        """Carry a decision out, in this keeper's name, and say so."""
        moved = decide(rows.values_list("pk", flat=True), by=request.user.get_username())
        self.message_user(request, f"{moved:,} {words}.", messages.SUCCESS)

    def once_sure(
        self, request: HttpRequest, rows: QuerySet[Any], decide: Any, words: str, **asked: str
    ) -> HttpResponse | None:
        """Ask whether the keeper means it; once they do, carry it out."""
        page = confirmation(self, request, rows, **asked)
        if page is None:
            self.decided(request, rows, decide, words)
        return page


def first_chapter(request: HttpRequest, number: str) -> int | None:
    """The chapter that a keeper may have a look into before they decide."""
    if not number.isdecimal() or not request.user.has_perm("archive.view_chapter"):
        return None
    chapters = Chapter.everything.filter(work=int(number)).order_by("number", "pk")
    return chapters.values_list("pk", flat=True).first()


@admin.register(HeldWork)
class HeldAdmin(Queue):
    """Works that are seen by keepers only."""

    actions = ("release", "delete", "refuse")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """Held, and not deleted."""
        return super().get_queryset(request).filter(held=True, binned_at=None)

    @admin.action(description="Release onto the shelf", permissions=["decide"])
    def release(self, request: HttpRequest, queryset: QuerySet[Any]) -> HttpResponse | None:
        """Release, after asking."""
        note = "They stand on the shelf behind their gates. Should a newer file be stricter, they are held again."
        asked = {"question": "Release these works?", "button": "Release onto the shelf", "note": note}
        return self.once_sure(request, queryset, keeping.release, "released", **asked)

    @admin.action(description="Delete (into the bin)", permissions=["remove"])
    def delete(self, request: HttpRequest, queryset: QuerySet[Any]) -> HttpResponse | None:
        """Delete, after asking."""
        note = "They can be brought back for 90 days; after that a new import of them is refused."
        asked = {"question": "Put these works into the bin?", "button": "Put into the bin", "note": note}
        return self.once_sure(request, queryset, keeping.bin, "put into the bin", **asked)

    def has_refuse_permission(self, request: HttpRequest) -> bool:
        """Whoever may delete works and change the policy: it does both."""
        return self.has_remove_permission(request) and request.user.has_perm("archive.change_sitepolicy")

    @admin.action(description="Refuse such works from now on", permissions=["refuse"])
    def refuse(self, request: HttpRequest, queryset: QuerySet[Any]) -> HttpResponse | None:
        """Delete, and have imports refuse what was held for the same reason; after asking, with what that is."""
        named = refusing.such(list(queryset.values_list("pk", flat=True))) if "confirmed" not in request.POST else ""
        rule = f"every new work that states {named}" if str(named) else "just these works, which a keeper has held"
        note = f"They go into the bin, where they can be brought back for 90 days. From now on imports refuse {rule}."
        asked = {"question": "Refuse such works?", "button": "Refuse from now on", "note": note}
        return self.once_sure(request, queryset, refusing.refuse, "put into the bin, and refused from now on", **asked)


@admin.register(BinnedWork)
class BinAdmin(Queue):
    """Deleted works that can still be brought back."""

    actions = ("restore", "remove")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """What was deleted."""
        return super().get_queryset(request).filter(binned_at__isnull=False)

    @admin.action(description="Bring back", permissions=["decide"])
    def restore(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        """Bring back at once: nothing is lost by it."""
        self.decided(request, queryset, keeping.restore, "brought back")

    @admin.action(description="Remove for good", permissions=["remove"])
    def remove(self, request: HttpRequest, queryset: QuerySet[Any]) -> HttpResponse | None:
        """Remove, after asking."""
        note = "Their text and all that is known of them goes; a new import of them is refused. Nothing undoes this."
        asked = {"question": "Remove these works for good?", "button": "Remove for good", "note": note}
        return self.once_sure(request, queryset, keeping.remove, "removed for good", **asked)


@admin.register(PuzzlingWork)
class PuzzlingAdmin(Queue):
    """Works whose files say something that a keeper should look at."""

    actions = ("insist", "follow")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """What asks for a look."""
        return super().get_queryset(request).exclude(attention="").filter(binned_at=None)

    @admin.action(description="Looked at: let keepers' words stand", permissions=["decide"])
    def insist(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        """The keeper stays with what was said."""
        self.decided(request, queryset, keeping.insist, "looked at")

    @admin.action(description="Looked at: follow the newer file", permissions=["decide"])
    def follow(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        """The keeper takes back what was said of rating and warnings."""
        self.decided(request, queryset, keeping.give_in, "now follow their files")
