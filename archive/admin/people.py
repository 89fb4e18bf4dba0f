"""Authors and series."""

from typing import Any

from django.contrib import admin
from django.db.models import Count, QuerySet
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from archive.admin.lists import Shown
from archive.models import Author, Byline, Series, SeriesEntry
from archive.vocabulary import fold

FIRST = 100
"""Works that the page of a series or author names."""


class NamedTable(Shown):
    """What authors and series have in common: a folded key to search by, and works to count."""

    entries: Any
    column: str
    search_fields = ("key",)
    ordering = ("key",)

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        """By the folded key."""
        key = fold(search_term)
        return (queryset.filter(key__contains=key) if key else queryset), False

    def counted(self, rows: list[Any]) -> list[Any]:
        """How many works each has, in one question for the page."""
        entries = self.entries.everything.filter(**{f"{self.column}__in": rows}).order_by()
        counts = dict(entries.values_list(self.column).annotate(each=Count("*")))
        for row in rows:
            row.work_count = counts.get(row.pk, 0)
        return rows

    @admin.display(description="works")
    def works(self, row: Any) -> str:
        """How many works."""
        return f"{row.work_count:,}"

    @admin.display(description="works")
    def work_list(self, row: Any) -> SafeString:
        """The first of its works, each with the way to it."""
        entries = self.entries.everything.filter(**{self.column: row}).select_related("work")
        entries = entries.only("position", "work__title").order_by("position", "work_id")[:FIRST]
        return render_to_string("admin/archive/work_list.html", {"entries": entries, "first": FIRST})


@admin.register(Author)
class AuthorAdmin(NamedTable):
    """Names that works are by."""

    entries = Byline
    column = "author"
    list_display = ("name", "works")
    sortable_by = ()
    fields = readonly_fields = ("name", "slug", "work_list")

    def view_on_site(self, author: Author) -> str:
        """The author's shelf."""
        return f"/authors/{author.slug}/"


@admin.register(Series)
class SeriesAdmin(NamedTable):
    """Works that belong together."""

    entries = SeriesEntry
    column = "series"
    list_display = ("title", "works")
    sortable_by = ()
    fields = readonly_fields = ("title", "identity", "work_list")

    def view_on_site(self, series: Series) -> str:
        """The shelf of the series."""
        return f"/series/{series.pk}/"
