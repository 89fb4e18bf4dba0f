"""The audit log, as keepers read it: newest first, by words, by deed and by day. Nobody changes or deletes a line."""

import re
from collections.abc import Mapping
from typing import Any

from django.contrib import admin
from django.contrib.auth import get_user_model
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from archive.admin.lists import Shown
from archive.audit import Deed, member
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
    search_help_text = "A name of a keeper or member, or words of what it was about: works 12."
    sortable_by = ()
    ordering = ("-pk",)
    fields = readonly_fields = ("when", "by", "what", "subject", "changes")

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        """By who did it, or to what; a member is found by the name they have now."""
        words = search_term.strip()
        if not words:
            return queryset, False
        found = Q(who__iexact=words) | Q(about__icontains=words)
        for number in get_user_model().objects.filter(username__iexact=words).values_list("pk", flat=True):
            found |= Q(about=member(number)) | Q(about__startswith=f"{member(number)}:")
        return queryset.filter(found), False

    def counted(self, rows: list[Any]) -> list[Any]:
        """With the names of members that still have one, in one question for the page."""
        names = _names(rows)
        for entry in rows:
            entry.told = _named(entry.about, names)
        return rows

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
        told: str = getattr(entry, "told", entry.about)
        return told if len(told) <= 120 else f"{told[:119]}…"

    @admin.display(description="about")
    def subject(self, entry: AuditEntry) -> str:
        """What it was about, with the name that a member has now."""
        return _named(entry.about, _names([entry]))

    @admin.display(description="before and after")
    def changes(self, entry: AuditEntry) -> SafeString:
        """What was so before and is so since, line by line."""
        names = list(dict.fromkeys((*entry.before, *entry.after)))
        rows = [(name.replace("_", " "), said(entry.before.get(name)), said(entry.after.get(name))) for name in names]
        return render_to_string("admin/archive/audit_changes.html", {"rows": rows})


_MEMBER = re.compile(r"member (\d+)(?=:|$)")


def _names(entries: list[AuditEntry]) -> dict[int, str]:
    """The names of the members whom these lines are about; whoever is gone has none."""
    found = (_MEMBER.match(entry.about) for entry in entries)
    members = get_user_model().objects.filter(pk__in={int(one[1]) for one in found if one})
    return dict(members.values_list("pk", "username"))


def _named(about: str, names: Mapping[int, str]) -> str:
    """`member 7: by an invitation` as `member 7, Tom: by an invitation`."""
    found = _MEMBER.match(about)
    name = names.get(int(found[1])) if found else None
    return f"{found[0]}, {name}{about[found.end() :]}" if found and name else about


def said(value: Any) -> str:
    """A plain value in words."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return ", ".join(map(str, value)) or "none"
    return "" if value is None else str(value)
