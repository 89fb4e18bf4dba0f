"""How many listed works stand under each name, in plain SQL: synonyms and all below a metatag are counted with it."""

from collections.abc import Collection

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Count

from archive.access import Sight
from archive.models import Byline, SeriesEntry, Tagging
from archive.visible import listed

Counted = dict[int, int]
"""How many listed works there are by id of the name; names without any are left out."""

_NOBODY = 0
"""No id: asked for where no name is, so that hidden names take as long as missing ones."""


def of_tags(sight: Sight, tags: Collection[int]) -> Counted:
    """The listed works under each of these canonicals."""
    return _folded(sight, f"id IN ({', '.join(map(str, map(int, tags or [_NOBODY])))})", [])


def of_kind(sight: Sight, kind: str) -> Counted:
    """The listed works under every canonical of a kind."""
    return _folded(sight, "kind = %s AND canonical_id IS NULL", [kind])


def carried(sight: Sight, tags: Collection[int]) -> Counted:
    """The listed works that carry each of these very tags, nothing folded."""
    works = listed(sight).order_by().values("pk")
    taggings = Tagging.everything.filter(tag__in=list(tags) or [_NOBODY], content_object__in=works)
    return dict(taggings.order_by().values_list("tag").annotate(works=Count("*")))


def of_authors(sight: Sight, authors: Collection[int] | None = None) -> Counted:
    """The listed works of these authors, or of all."""
    bylines = Byline.everything.filter(work__in=listed(sight).order_by().values("pk"))
    if authors is not None:
        bylines = bylines.filter(author__in=list(authors) or [_NOBODY])
    return dict(bylines.order_by().values_list("author").annotate(works=Count("*")))


def of_series(sight: Sight, series: Collection[int] | None = None) -> Counted:
    """The listed works of these series, or of all."""
    entries = SeriesEntry.everything.filter(work__in=listed(sight).order_by().values("pk"))
    if series is not None:
        entries = entries.filter(series__in=list(series) or [_NOBODY])
    return dict(entries.order_by().values_list("series").annotate(works=Count("*")))


def of_languages(sight: Sight) -> dict[str, int]:
    """The listed works in each language by its code; empty for works that state none."""
    return dict(listed(sight).order_by().values_list("language").annotate(works=Count("*")))


_FOLDED = """
WITH RECURSIVE under(head, tag) AS (
    SELECT id, id FROM archive_tag WHERE {heads}
    UNION
    SELECT under.head, below.tag_id FROM under JOIN archive_metatagging below ON below.metatag_id = under.tag
), family(head, tag) AS (
    SELECT head, tag FROM under
    UNION
    SELECT under.head, synonym.id FROM under JOIN archive_tag synonym ON synonym.canonical_id = under.tag
)
SELECT family.head, count(DISTINCT tagging.content_object_id)
FROM family JOIN archive_tagging tagging ON tagging.tag_id = family.tag
WHERE tagging.content_object_id IN ({works}) GROUP BY family.head
"""


def _folded(sight: Sight, heads: str, params: list[str]) -> Counted:
    try:
        works, values = listed(sight).order_by().values("pk").query.sql_with_params()
    except EmptyResultSet:  # nothing is listed, Django knows without asking
        return {}
    with connection.cursor() as cursor:
        cursor.execute(_FOLDED.format(heads=heads, works=works), [*params, *values])
        return dict(cursor.fetchall())
