"""Filters beside the list of works."""

from typing import Any

from django.contrib import admin
from django.db.models import Q, QuerySet
from django.http import HttpRequest

from archive.models import Work


class StateFilter(admin.SimpleListFilter):
    """Where works stand. Without a choice, all but the bin."""

    title = "state"
    parameter_name = "state"
    states = {
        "shelf": ("On the shelf", Q(held=False, binned_at=None)),
        "held": ("Held", Q(held=True, binned_at=None)),
        "bin": ("In the bin", Q(binned_at__isnull=False)),
    }

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """The states a work can be in."""
        return [(value, label) for value, (label, _) in self.states.items()]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """The works in the chosen state."""
        _, condition = self.states.get(self.value() or "", ("", Q(binned_at=None)))
        return queryset.filter(condition)

    def choices(self, changelist: Any) -> Any:
        """The states, under a first choice that says what it leaves out."""
        first, *others = super().choices(changelist)
        return [{**first, "display": "All but the bin"}, *others]


class AttentionFilter(admin.SimpleListFilter):
    """Works that a keeper should look at."""

    title = "attention"
    parameter_name = "attention"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """One choice."""
        return [("yes", "To look at")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """The works that wait, when they are asked for."""
        return queryset.exclude(attention="") if self.value() else queryset


class ColumnFilter(admin.SimpleListFilter):
    """The values that one column of works has."""

    column = ""

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """Every value there is."""
        values = Work.everything.order_by(self.column).values_list(self.column, flat=True).distinct()
        return [(value or "none", value or "Not stated") for value in values]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """The works with the chosen value."""
        if (value := self.value()) is None:
            return queryset
        return queryset.filter(**{self.column: "" if value == "none" else value})


class LanguageFilter(ColumnFilter):
    """The language of the work."""

    title = parameter_name = column = "language"


class FormatFilter(ColumnFilter):
    """The format of the file its text came from."""

    title = parameter_name = column = "format"
