"""Chapters: what is known of them, and, when a keeper asks for it by POST, their text."""

import zlib
from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.views.decorators.http import require_POST
from lxml import html

from archive.admin.finding import found
from archive.admin.lists import Shown
from archive.models import Chapter, Work


@admin.register(Chapter)
class ChapterAdmin(Shown):
    """The chapters of all works. No list and no form shows a body."""

    list_display = ("heading", "of_work", "number", "words")
    list_display_links = ("heading",)
    ordering = ("-work_id", "number")
    sortable_by = ()
    search_fields = ("work",)
    search_help_text = "Words of the work's title or author, or its number."
    fields = readonly_fields = ("heading", "of_work", "number", "key", "words")

    def listed(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """Without summaries and notes."""
        columns = ("number", "title", "words", "work__title")
        return queryset.select_related("work").only(*columns)

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        """The chapters of the works that are found."""
        if not search_term:
            return queryset, False
        works = found(Work.everything.order_by(), search_term).values("pk")
        return queryset.filter(work__in=works), False

    def lookup_allowed(self, lookup: str, value: Any, request: HttpRequest | None = None) -> bool:
        """The chapters of one work may be asked for."""
        return lookup == "work__id__exact" or super().lookup_allowed(lookup, value, request)  # type: ignore[arg-type]

    @admin.display(description="chapter")
    def heading(self, chapter: Chapter) -> SafeString:
        """Its title, or its number."""
        return format_html("<bdi>{}</bdi>", chapter)

    @admin.display(description="work")
    def of_work(self, chapter: Chapter) -> SafeString:
        """The work it belongs to."""
        address = reverse("admin:archive_work_change", args=[chapter.work_id])
        return format_html('<a href="{}"><bdi>{}</bdi></a>', address, chapter.work)

    def get_urls(self) -> list[URLPattern]:
        """The preview beside the usual addresses."""
        own = path("<int:number>/preview/", self.admin_site.admin_view(require_POST(self.preview_view)), name=_PREVIEW)
        return [own, *super().get_urls()]

    def preview_view(self, request: HttpRequest, number: int) -> HttpResponse:
        """The text of a chapter as bare paragraphs. It is never stored, and never answered to a GET."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        chapter = Chapter.everything.select_related("work", "text").filter(pk=number).first()
        if chapter is None:
            raise Http404
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": chapter.work.title,
            "subtitle": str(chapter),
            "chapter": chapter,
            "paragraphs": paragraphs(zlib.decompress(chapter.text.body).decode()),
        }
        response = TemplateResponse(request, "admin/archive/preview.html", context)
        response["Cache-Control"] = "no-store, private"
        return response


_PREVIEW = "archive_chapter_preview"


def paragraphs(body: str) -> list[str]:
    """The words of a cleaned body, block by block, without any markup.

    >>> paragraphs("<p>One <em>two</em>.</p><hr><p>Three.</p>")
    ['One two.', 'Three.']
    """
    if not body.strip():
        return []
    tree = html.fragment_fromstring(body, create_parent="div")
    blocks = [block.text_content() for block in tree] or [tree.text_content()]
    return [words for block in blocks if (words := " ".join(str(block).split()))]
