"""What the list of works and the keepers' queues have in common: columns, search, and the facts of one work."""

from typing import Any

from django.contrib import admin
from django.db.models import Prefetch, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from archive.admin import columns
from archive.admin.finding import found
from archive.admin.lists import Kept
from archive.admin.statements import statements
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
    """Works in a list, whatever the list is of."""

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
