"""Possible duplicates: two works beside each other, for a keeper to join or to keep apart."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import Prefetch, QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from archive import duplicates
from archive.admin import columns
from archive.admin.asking import confirmation
from archive.admin.lists import Shown
from archive.models import Byline, PossibleDuplicate, Work


@admin.register(PossibleDuplicate)
class PossibleDuplicateAdmin(Shown):
    """Pairs that no keeper has spoken on, the most alike first."""

    list_display = ("one", "other", "same")
    list_display_links = None
    ordering = ("-likeness", "-pk")
    sortable_by = ()
    actions = ("join", "keep_apart")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """Those that wait for a word."""
        return super().get_queryset(request).filter(apart=False, first__binned_at=None, second__binned_at=None)

    def listed(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """With both works and their bylines."""
        bylines = Byline.everything.select_related("author").order_by("position")
        works = (Prefetch(f"{side}__bylines", bylines) for side in ("first", "second"))
        return queryset.select_related("first", "second").prefetch_related(*works)

    def has_decide_permission(self, request: HttpRequest) -> bool:
        """Whoever may change works and delete them: joining takes one of the two away."""
        return request.user.has_perms(("archive.change_work", "archive.delete_work"))

    @admin.display(description="stays")
    def one(self, pair: PossibleDuplicate) -> SafeString:
        """The one that would stay."""
        return _told(pair.first)

    @admin.display(description="would become part of it")
    def other(self, pair: PossibleDuplicate) -> SafeString:
        """The one that would go."""
        return _told(pair.second)

    @admin.display(description="text in common")
    def same(self, pair: PossibleDuplicate) -> str:
        """How much of their text is the same."""
        return f"{pair.likeness} %"

    @admin.action(description="One work: join them", permissions=["decide"])
    def join(self, request: HttpRequest, queryset: QuerySet[Any]) -> HttpResponse | None:
        """Join, after asking."""
        note = (
            "The files, versions and keepers’ words of the second become those of the first, and its address leads "
            "there from then on. Nothing undoes this."
        )
        asked = confirmation(self, request, queryset, question="Are these one work each?", button="Join", note=note)
        if asked is None:
            for pair in queryset.order_by("pk"):
                self._join(request, pair)
        return asked

    def _join(self, request: HttpRequest, pair: PossibleDuplicate) -> None:
        try:
            duplicates.join(pair.first_id, pair.second_id, request.user.get_username())
            self.message_user(request, f"“{pair.first}” is one work now.", messages.SUCCESS)
        except duplicates.CannotJoin as refusal:
            self.message_user(request, f"“{pair.first}” was left as it is: {refusal}.", messages.ERROR)

    @admin.action(description="Two works: keep them apart", permissions=["decide"])
    def keep_apart(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        """They are not offered again."""
        apart = duplicates.keep_apart(queryset.values_list("pk", flat=True), request.user.get_username())
        self.message_user(request, f"{apart:,} kept apart.", messages.SUCCESS)


def _told(work: Work) -> SafeString:
    context = {"work": work, "byline": columns.byline(work), "chapters": columns.chapters(work)}
    return render_to_string("admin/archive/one_of_two.html", {**context, "state": columns.state(work)})
