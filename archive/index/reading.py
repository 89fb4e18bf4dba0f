"""Reading works and what they bear from the database as plain columns, without an object for any of them."""

from collections.abc import Collection
from dataclasses import dataclass
from itertools import chain

import numpy as np
from django.db import connection

from archive.index import listed
from archive.index.arrays import NOTHING, Array
from archive.index.listed import integers

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
_WORDS = ("language", "format", "title_key", "author_key")
_REPEATED = ("language", "format")
"""Columns with so few different words that each of these is held once."""
_TAGGING = ("content_object_id", "tag_id", "position")
_ENTRY = ("work_id", "series_id", f"coalesce(position, {NOTHING})")
_NONE = np.empty(0, np.int32)


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

    def __len__(self) -> int:
        return len(self.numbers["id"])


def rows(ids: Collection[int] | None = None) -> Rows:
    """These works, or all; ids that are no works are passed over."""
    stated = {**_NUMBERS, **{name: _number(_DAY, column) for name, column in _DAYS.items()}}
    stated["added"] = _number(_MOMENT, "added")
    read = listed.blocks("archive_work", tuple(stated.values()), _WORDS, ids)
    blocks = [(block.numbers, _words(block.words)) for block in read]
    numbers = [np.concatenate(column) for column in zip(*(given for given, _ in blocks), strict=True)]
    words = [list(chain.from_iterable(column)) for column in zip(*(given for _, given in blocks), strict=True)]
    return Rows(
        dict(zip(stated, numbers or [_NONE] * len(stated), strict=True)),
        dict(zip(_WORDS, words or [[] for _ in _WORDS], strict=True)),
        integers("archive_tagging", _TAGGING, ids, "content_object_id"),
        integers("archive_byline", ("work_id", "author_id"), ids, "work_id"),
        integers("archive_seriesentry", _ENTRY, ids, "work_id"),
    )


def _words(told: list[str]) -> list[list[str]]:
    words = dict(zip(_WORDS, map(listed.decoded, told), strict=True))
    for name in _REPEATED:
        same = {word: word for word in words[name]}
        words[name] = [same[word] for word in words[name]]
    return list(words.values())


def _number(spelled: dict[str, str], column: str) -> str:
    return f"coalesce({spelled[connection.vendor].format(column)}, {NOTHING})"
