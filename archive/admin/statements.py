"""What each file states about a work, beside what a keeper says and what now holds."""

from collections.abc import Mapping
from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from archive.admin import columns
from archive.admin.workform import tags_of
from archive.models import SourceFile, Work
from archive.past.history import LABELS
from archive.vocabulary import Category

NEWEST = 5
"""Files whose statements are shown."""

FIELDS = tuple(name for name in LABELS if name not in ("notes", "end_notes", "source", "text", "counts"))
"""What is shown of a statement. No notes, no bodies."""


def statements(work: Work) -> SafeString:
    """A table: a row for each field; columns for what holds, for keepers, for rules and for the newest files."""
    files = SourceFile.everything.filter(work=work).order_by("-imported_at", "-pk")[:NEWEST]
    told: list[Mapping[str, Any]] = [_holding(work), work.kept, work.ruled]
    told += [{**file.stated, "rating": file.stated.get("ratings", [])} for file in files]
    rows = [(LABELS[field], [_words(one.get(field)) for one in told]) for field in FIELDS]
    context = {"files": files, "rows": [row for row in rows if any(row[1])]}
    return render_to_string("admin/archive/statements.html", context)


def _holding(work: Work) -> dict[str, Any]:
    return {
        **tags_of(work),
        "title": work.title,
        "authors": [columns.byline(work)],
        "rating": columns.rating(work),
        "warnings": columns.warnings(work),
        "categories": [bit.label for bit in Category(work.categories)],
        "language": work.language or work.language_stated,
        "published": work.published,
        "updated": work.updated,
        "complete": work.complete,
        "words": work.words,
        "chapters_posted": work.chapters_posted,
        "chapters_planned": work.chapters_planned,
        "summary": work.summary,
    }


def _words(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list | tuple):
        return ", ".join(_words(part) for part in value)
    return "" if value is None else str(value)
