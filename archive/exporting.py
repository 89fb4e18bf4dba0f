"""Exporting: every work as one line of JSON, from which the same library can be made again.

Held works are part of it, since the file is the keeper's own; what lies in the bin is left out.
"""

import json
import zlib
from base64 import b64encode
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

from django.db.models import Prefetch, QuerySet

from archive import pictures
from archive.formats import carrel_export
from archive.merging import COUNTS
from archive.models import Byline, Chapter, Picture, SeriesEntry, Tagging, Work
from archive.vocabulary import RESTRICTED, TagKind, restriction_of, restricts

BATCH = 50
"""Works that are held in memory at once."""

_KINDS = {
    "fandoms": TagKind.FANDOM,
    "relationships": TagKind.RELATIONSHIP,
    "characters": TagKind.CHARACTER,
    "freeforms": TagKind.FREEFORM,
}


def lines() -> Iterator[str]:
    """One line a work, in the order of their ids, each ended."""
    for work in works():
        yield json.dumps(work, ensure_ascii=False) + "\n"


def works() -> Iterator[dict[str, Any]]:
    """Every work that is not in the bin, as plain data, a few in memory at a time."""
    last = 0
    while batch := list(_batch(last)):
        yield from map(_record, batch)
        last = batch[-1].pk


def _batch(after: int) -> QuerySet[Work]:
    return (
        Work.everything.filter(pk__gt=after, binned_at=None)
        .order_by("pk")
        .prefetch_related(
            Prefetch("bylines", Byline.everything.select_related("author").order_by("position")),
            Prefetch("series_entries", SeriesEntry.everything.select_related("series").order_by("pk")),
            Prefetch("taggings", Tagging.everything.select_related("tag").order_by("position")),
            Prefetch("pictures", Picture.everything.all()),
            Prefetch("chapters", Chapter.everything.select_related("text").order_by("number")),
        )[:BATCH]
    )


def _record(work: Work) -> dict[str, Any]:
    tags: dict[str, list[str]] = {kind: [] for kind in _KINDS.values()}
    for tagging in work.taggings.all():
        tags[tagging.tag.kind].append(tagging.spelling)
    return {
        "id": work.pk,
        "source": work.source,
        "source_id": work.source_id,
        "source_url": work.source_url,
        "title": work.title,
        "authors": [byline.author.name for byline in work.bylines.all()],
        "rating": work.rating_stated,
        "warnings": work.warnings_stated,
        "categories": work.categories_stated,
        **{name: tags[kind] for name, kind in _KINDS.items()},
        "language": work.language_stated,
        "published": work.published and work.published.isoformat(),
        "updated": work.updated and work.updated.isoformat(),
        "added": work.added.isoformat(),
        "complete": work.complete,
        "chapters_posted": work.chapters_posted,
        "chapters_planned": work.chapters_planned,
        "words": work.words,
        **_counts(work),
        "summary": work.summary,
        "notes": work.notes,
        "end_notes": work.end_notes,
        "series": [{"title": entry.series.title, "position": entry.position} for entry in work.series_entries.all()],
        "chapters": [_chapter(chapter) for chapter in work.chapters.all()],
        "extra": dict(sorted(_labels(work).items())),
        "format": work.format,
        "sha256": work.sha256,
        **_pictures(work),
    }


def _labels(work: Work) -> dict[str, str]:
    """Labels that have no field, with whether the work is for members only as a keeper has it."""
    if work.restricted is bool(restriction_of(work.extra)):
        return dict(work.extra)
    kept = {label: words for label, words in work.extra.items() if not restricts(label)}
    return {**kept, RESTRICTED: "Yes" if work.restricted else "No"}


def _pictures(work: Work) -> dict[str, list[str]]:
    """The pictures of a work in base64, if it has any and they are there: as many as a line can hold."""
    kept: list[str] = []
    room = carrel_export.MOST_OF_PICTURES
    for picture in sorted(work.pictures.all(), key=lambda one: one.sha256):
        with suppress(FileNotFoundError):
            if (room := room - picture.size) >= 0:
                kept.append(b64encode(pictures.read(picture.sha256)).decode())
    return {"pictures": kept} if kept else {}


def _counts(work: Work) -> dict[str, Any]:
    """What was counted of it elsewhere, and when; only what is known."""
    counts = {name: getattr(work, name) for name in COUNTS if getattr(work, name) is not None}
    return counts | ({"counted": work.counted.isoformat()} if work.counted else {})


def _chapter(chapter: Chapter) -> dict[str, Any]:
    """One chapter; `key` is there only when its source has a name of its own for it."""
    record = {
        "number": chapter.number,
        "title": chapter.title,
        "summary": chapter.summary,
        "notes": chapter.notes,
        "body": zlib.decompress(chapter.text.body).decode(),
        "end_notes": chapter.end_notes,
    }
    return record if chapter.key == str(chapter.number) else {**record, "key": chapter.key}
