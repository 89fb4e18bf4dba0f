"""Lists that stay quick however long the table behind them is."""

from typing import Any, cast

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.functional import cached_property


class CappedPaginator(Paginator):  # type: ignore[type-arg]
    """Counts up to a limit and no further: a keeper narrows a longer list instead of turning its pages."""

    limit = 10_000

    @cached_property
    def count(self) -> int:
        """How many rows there are, or `limit` when there are at least as many."""
        rows = cast("QuerySet[Any]", self.object_list)
        return rows.order_by().values("pk")[: self.limit].count()


class QuickList(ChangeList):
    """A list whose order an index can give, and whose page is fetched with everything it shows."""

    def get_ordering(self, request: HttpRequest, queryset: QuerySet[Any]) -> Any:
        """Break ties by id in the direction of the sort, as the indexes have it."""
        ordering = list(super().get_ordering(request, queryset))
        if len(ordering) > 1 and ordering[-1] == "-pk" and not str(ordering[-2]).startswith("-"):
            ordering[-1] = "pk"
        return ordering

    def apply_select_related(self, qs: QuerySet[Any]) -> QuerySet[Any]:
        """Let the room say which columns and related rows its list shows."""
        return cast("BigTable", self.model_admin).listed(super().apply_select_related(qs))

    def get_results(self, request: HttpRequest) -> None:
        """Let the room add figures to the rows of the page."""
        super().get_results(request)
        self.result_list = cast("BigTable", self.model_admin).counted(list(self.result_list))


class BigTable(admin.ModelAdmin):  # type: ignore[type-arg]
    """A table that may have a million rows."""

    list_per_page = 50
    list_max_show_all = 0
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    paginator = CappedPaginator

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """The list, under the name of what it lists."""
        title = str(self.opts.verbose_name_plural).capitalize()
        return super().changelist_view(request, {"title": title, **(extra_context or {})})

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        """The quick list."""
        return QuickList

    def listed(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """The rows of the list, with the columns and related rows it shows and no others."""
        return queryset

    def counted(self, rows: list[Any]) -> list[Any]:
        """The rows of one page, with figures that are cheaper to fetch for all of them at once."""
        return rows


class Kept(BigTable):
    """Rows that keepers look at, and that change only through actions of their own."""

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nobody adds one by hand."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nobody deletes one by hand."""
        return False


class Shown(Kept):
    """Rows that keepers only look at."""

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nobody changes one by hand."""
        return False
