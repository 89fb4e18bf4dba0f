"""Reading works and what they bear from the database as plain columns, without an object for any of them."""

from collections.abc import Collection
from dataclasses import dataclass
from itertools import chain

import numpy as np
from django.db import connection

from archive.index.arrays import NOTHING, Array
from archive.index.selecting import blocks, integers

_DAY = {"sqlite": "CAST(julianday({0}) - 2440587.5 AS integer)", "postgresql": "({0} - DATE '1970-01-01')"}
_MOMENT = {
    "sqlite": "(CAST(strftime('%%s', substr({0}, 1, 19)) AS integer) * 1000000 + CAST(substr({0}, 21, 6) AS integer))",
    "postgresql": "CAST(extract(epoch FROM {0}) * 1000000 AS bigint)",
}
"""Days and microseconds since 1970."""

_DAYS = {"published": "published", "stated": "coalesce(updated, published)", "dated": "dated"}
_NUMBERS = {
    "id": "id",
    "shown": "CASE WHEN held OR binned_at IS NOT NULL THEN 0 WHEN restricted THEN 2 ELSE 1 END",
    "rating": "rating",
    "warnings": "warnings",
    "categories": "categories",
    "complete": "CASE WHEN complete IS NULL THEN 2 WHEN complete THEN 1 ELSE 0 END",
    "words": "words",
    "chapters": "chapters_posted",
    "planned": f"coalesce(chapters_planned, {NOTHING})",
    **{name: f"coalesce({name}, {NOTHING})" for name in ("kudos", "hits", "bookmarks", "comments")},
}
_TAGGINGS = "SELECT content_object_id, tag_id, position FROM archive_tagging"
_BYLINES = "SELECT work_id, author_id FROM archive_byline"
_ENTRIES = f"SELECT work_id, series_id, coalesce(position, {NOTHING}) FROM archive_seriesentry"
_WORDS = ("language", "format", "title_key", "author_key")


@dataclass(frozen=True, slots=True)
class Rows:
    """Works as the database has them: numbers and words by column, in ascending order of ids, and what they bear.

    `taggings` are rows of work, tag and position, `bylines` of work and author, `entries` of work, series and position.
    What a work does not state is NOTHING; days and microseconds are counted from 1970.
    """

    numbers: dict[str, Array]
    words: dict[str, list[str]]
    taggings: Array
    bylines: Array
    entries: Array


def rows(ids: Collection[int] | None = None) -> Rows:
    """These works, or all; ids that are no works are passed over."""
    columns = {**_NUMBERS, **{name: _number(_DAY, column) for name, column in _DAYS.items()}}
    columns["added"] = _number(_MOMENT, "added")
    numbers = integers(f"SELECT {', '.join(columns.values())} FROM archive_work", len(columns), "id", ids, "id")
    read = chain.from_iterable(blocks(f"SELECT {', '.join(_WORDS)} FROM archive_work", "id", ids, "id"))
    words = list(zip(*read, strict=True)) or [()] * len(_WORDS)
    return Rows(
        dict(zip(columns, np.ascontiguousarray(numbers.T), strict=True)),
        {name: list(column) for name, column in zip(_WORDS, words, strict=True)},
        integers(_TAGGINGS, 3, "content_object_id", ids),
        integers(_BYLINES, 2, "work_id", ids),
        integers(_ENTRIES, 3, "work_id", ids),
    )


def _number(spelled: dict[str, str], column: str) -> str:
    return f"coalesce({spelled[connection.vendor].format(column)}, {NOTHING})"
