"""What names are called now, by id: asked for by these ids alone, whatever a planner may think of other indexes."""

from collections.abc import Collection
from itertools import chain
from typing import NamedTuple

from archive.index.selecting import blocks

_PEOPLE = {
    "author": "SELECT id, name, slug FROM archive_author",
    "series": "SELECT id, title, id FROM archive_series",
}
_TAGS = "SELECT id, name, slug, kind, canonical_id FROM archive_tag"


class Called(NamedTuple):
    """A name as it is written, and where it has its page."""

    name: str
    slug: str


def called(kind: str, ids: Collection[int]) -> dict[int, Called]:
    """The names of one kind; one that has gone is left out, and a tag that was merged."""
    if kind in _PEOPLE:
        return {pk: Called(name, str(slug)) for pk, name, slug in chain.from_iterable(blocks(_PEOPLE[kind], "id", ids))}
    return {pk: one for (own, pk), one in tags(ids).items() if own == kind}


def tags(ids: Collection[int]) -> dict[tuple[str, int], Called]:
    """Tags of any kind, by kind and id."""
    rows = chain.from_iterable(blocks(_TAGS, "id", ids))
    return {(kind, pk): Called(name, slug) for pk, name, slug, kind, canonical in rows if canonical is None}
