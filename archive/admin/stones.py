"""Tombstones: works that were removed for good, whose new imports are refused."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest

from archive import keeping
from archive.admin.finding import starting
from archive.admin.lists import Shown
from archive.models import Tombstone


@admin.register(Tombstone)
class TombstoneAdmin(Shown):
    """The stones, newest first."""

    list_display = ("identity", "title", "removed_at")
    search_fields = ("identity",)
    search_help_text = "The beginning of an identity, such as archiveofourown.org:2000101"
    ordering = ("-pk",)
    sortable_by = ("identity",)
    actions = ("lift",)

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        """By the beginning of the identity."""
        return (queryset.filter(starting("identity", search_term.strip())) if search_term else queryset), False

    def has_lift_permission(self, request: HttpRequest) -> bool:
        """Whoever may delete stones."""
        return request.user.has_perm("archive.delete_tombstone")

    @admin.action(description="Lift: let these works be imported again", permissions=["lift"])
    def lift(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        """Take the stones away."""
        lifted = keeping.lift(queryset.values_list("pk", flat=True), request.user.get_username())
        self.message_user(request, f"{lifted:,} lifted.", messages.SUCCESS)
