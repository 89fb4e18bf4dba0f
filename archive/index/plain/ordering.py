"""Works in the order of a question; where a column decides, what has no value comes last in either direction."""

import numpy
from django.db.models import F, Min, OuterRef, QuerySet, Subquery
from pyroaring import BitMap

from archive.access import Sight
from archive.browse import BrowseQuery
from archive.index.best import best
from archive.index.plain.among import among
from archive.index.shuffling import places
from archive.models import SeriesEntry, Work
from archive.visible import open_to

_COLUMNS = {
    "updated": "dated",
    "published": "published",
    "added": "added",
    "words": "words",
    "chapters": "chapters_posted",
    "title": "title_key",
    "author": "author_key",
    "kudos": "kudos",
    "hits": "hits",
    "bookmarks": "bookmarks",
    "comments": "comments",
    "part": "part",
}
_STATED = frozenset({"updated", "added", "words", "chapters", "title", "author"})
"""Orders by columns that no work is without: unless those are asked to the end, Postgres reads the column's index
backwards instead of sorting all works."""


_NO_SERIES = 0


def in_order(works: QuerySet[Work], sight: Sight, query: BrowseQuery, which: slice) -> tuple[int, ...]:
    """The ids of those of these works that stand at some places of the order. Ties go by id."""
    if query.sort == "random":
        return tuple(_shuffled(_ids(works), query)[which])
    if query.sort == "best":
        found = _ids(works)
        opened = BitMap(_ids(open_to(sight).filter(among("pk", found))))
        return tuple(best(query, found, opened)[which])
    return tuple(_by_column(works, query).values_list("pk", flat=True)[which])


def _ids(works: QuerySet[Work]) -> list[int]:
    return list(works.order_by().values_list("pk", flat=True))


def _shuffled(ids: list[int], query: BrowseQuery) -> list[int]:
    numbers = numpy.array(ids, dtype=numpy.int64)
    ordered: list[int] = numbers[numpy.argsort(places(query.seed, numbers))].tolist()
    return ordered if query.ascending else ordered[::-1]


def _by_column(works: QuerySet[Work], query: BrowseQuery) -> QuerySet[Work]:
    if query.sort == "part":
        works = works.alias(part=_part(query))
    column = F(_COLUMNS[query.sort])
    last = None if query.sort in _STATED else True
    if query.ascending:
        return works.order_by(column.asc(nulls_last=last), "pk")
    return works.order_by(column.desc(nulls_last=last), "-pk")


def _part(query: BrowseQuery) -> Subquery:
    """The place of a work in the series that are asked for: in several, the lowest."""
    series = [int(term.value) for _, term in query if term.field == "series"] or [_NO_SERIES]
    parts = SeriesEntry.everything.filter(work=OuterRef("pk"), series__in=series).order_by().values("work")
    return Subquery(parts.annotate(part=Min("position")).values("part"))
