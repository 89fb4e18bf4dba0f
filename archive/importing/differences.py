"""Differences: in what a work says otherwise after an import than before, in the words of reports."""

from dataclasses import fields, replace

from archive.merging import Facts
from archive.statements import StatedChapter

PARTS = {
    "title": "title",
    "authors": "authors",
    "ratings": "rating",
    "warnings": "warnings",
    "categories": "categories",
    "fandoms": "tags",
    "relationships": "tags",
    "characters": "tags",
    "freeforms": "tags",
    "language": "language",
    "published": "dates",
    "updated": "dates",
    "complete": "completion",
    "chapters_posted": "completion",
    "chapters_planned": "completion",
    "words": "word count",
    "summary": "summary",
    "notes": "notes",
    "end_notes": "notes",
    "series": "series",
}
"""How the fields of facts are called; any other is a detail."""

ORDER = (*dict.fromkeys(PARTS.values()), "details", "chapters", "text")
"""In which they are told."""

_PASSED_OVER = ("chapters", "added", "sha256", "format", "attention")


def differences(before: Facts, after: Facts) -> tuple[str, ...]:
    """What a reader would find changed, in a fixed order: ("rating", "tags", "chapters", "text")."""
    changed = {
        PARTS.get(field.name, "details")
        for field in fields(Facts)
        if field.name not in _PASSED_OVER and getattr(before, field.name) != getattr(after, field.name)
    }
    if [_heading(one) for one in before.chapters] != [_heading(one) for one in after.chapters]:
        changed.add("chapters")
    if [one.digest for one in before.chapters] != [one.digest for one in after.chapters]:
        changed.add("text")
    return tuple(name for name in ORDER if name in changed)


def _heading(chapter: StatedChapter) -> StatedChapter:
    """A chapter but for its text."""
    return replace(chapter, digest="", words=0)
