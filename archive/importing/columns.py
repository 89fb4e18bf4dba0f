"""Columns: the facts of a work as the columns of its row."""

from datetime import datetime
from typing import Any

from archive import languages
from archive.merging import COUNTS, Facts
from archive.naming import fitted, key_of
from archive.vocabulary import categories_of, fold

_TITLE_LIMIT = 500
_LARGE = 2147483647


def columns_of(facts: Facts, added: datetime) -> dict[str, Any]:
    """What the row of a work says, by column. `added` is when the work came into this library."""
    day = facts.updated or facts.published or added.date()
    return {
        "source": facts.source,
        "source_id": facts.source_id,
        "source_url": facts.source_url[:500],
        "title": fitted(facts.title, _TITLE_LIMIT),
        "title_key": fold(facts.title)[:_TITLE_LIMIT],
        "author_key": key_of(facts.authors[0]) if facts.authors else "",
        "rating": int(facts.rating),
        "rating_stated": fitted(", ".join(facts.ratings)),
        "warnings": int(facts.warning_bits),
        "warnings_stated": list(facts.warnings),
        "categories": int(categories_of(facts.categories)),
        "categories_stated": list(facts.categories),
        "language": languages.code(facts.language),
        "language_stated": fitted(facts.language, 100),
        "published": facts.published,
        "updated": facts.updated,
        "added": added,
        "dated": day,
        "complete": facts.complete,
        "chapters_posted": min(facts.chapters_posted, _LARGE),
        "chapters_planned": _fitting(facts.chapters_planned),
        "words": min(facts.words, _LARGE),
        **{name: _fitting(getattr(facts, name)) for name in COUNTS},
        "counted": facts.counted,
        "format": facts.format,
        "sha256": facts.sha256,
        "summary": facts.summary,
        "notes": facts.notes,
        "end_notes": facts.end_notes,
        "extra": dict(facts.extra),
        "restricted": facts.restricted,
    }


def _fitting(number: int | None) -> int | None:
    return None if number is None else min(number, _LARGE)
