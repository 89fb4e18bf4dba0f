"""The audit log, as keepers read it: newest first, by words, by deed and by day. Nobody changes or deletes a line."""

from typing import Any

from django.contrib import admin
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from archive.admin.lists import Shown
from archive.audit import Deed
from archive.models import AuditEntry


class DeedFilter(admin.SimpleListFilter):
    """What was done."""

    title = "what was done"
    parameter_name = "what"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """Every deed there is."""
        return [(deed.name.lower(), deed.value.capitalize()) for deed in Deed]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """The lines that tell of it."""
        chosen = [deed.value for deed in Deed if deed.name.lower() == self.value()]
        return queryset.filter(what__in=chosen) if self.value() else queryset


@admin.register(AuditEntry)
class AuditAdmin(Shown):
    """All lines there are."""

    list_display = ("when", "by", "what", "summary")
    list_display_links = ("when",)
    list_filter = (DeedFilter,)
    date_hierarchy = "at"
    search_fields = ("about",)
    search_help_text = "A keeper's name, or words of what it was about: works 12, a member's name."
    sortable_by = ()
    ordering = ("-pk",)
    fields = readonly_fields = ("when", "by", "what", "about", "changes")

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        """By who did it, or to what."""
        words = search_term.strip()
        return (queryset.filter(Q(who__iexact=words) | Q(about__icontains=words)) if words else queryset), False

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        """None: not even for those who may do everything."""
        return {}

    @admin.display(description="when", ordering="pk")
    def when(self, entry: AuditEntry) -> str:
        """To the minute."""
        return f"{entry.at:%Y-%m-%d %H:%M}"

    @admin.display(description="who")
    def by(self, entry: AuditEntry) -> str:
        """The keeper, by the name they had."""
        return entry.who or "The house itself"

    @admin.display(description="about")
    def summary(self, entry: AuditEntry) -> str:
        """The beginning of what it was about."""
        return entry.about if len(entry.about) <= 120 else f"{entry.about[:119]}…"

    @admin.display(description="before and after")
    def changes(self, entry: AuditEntry) -> SafeString:
        """What was so before and is so since, line by line."""
        names = list(dict.fromkeys((*entry.before, *entry.after)))
        rows = [(name.replace("_", " "), said(entry.before.get(name)), said(entry.after.get(name))) for name in names]
        return render_to_string("admin/archive/audit_changes.html", {"rows": rows})


def said(value: Any) -> str:
    """A plain value in words."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return ", ".join(map(str, value)) or "none"
    return "" if value is None else str(value)
