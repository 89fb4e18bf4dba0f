"""Facets of tags: the commonest of each kind, with synonyms and metatags folded in."""

from collections.abc import Mapping

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet

from archive.browse import TAGS
from archive.index.answers import Counts, Facets, Value
from archive.models import Work


def counted(works: QuerySet[Work], most: Mapping[str, int], *, wide: bool) -> Facets:
    """So many of the commonest tags of these kinds. A work counts once for each canonical and each metatag above."""
    found: dict[str, dict[Value, int]] = {kind: {} for kind in most}
    for kind, tag, number in _rows(works, most, wide=wide):
        found[kind][tag] = number
    return {kind: Counts.of(values, most[kind]) for kind, values in found.items()}


_Row = tuple[str, int, int]
"""Kind, id of a tag and how many works carry it: of each kind one more than is told, if there is one."""


def _rows(works: QuerySet[Work], most: Mapping[str, int], *, wide: bool) -> list[_Row]:
    if not most:
        return []
    try:
        found, params = works.order_by().values("pk").query.sql_with_params()
    except EmptyResultSet:  # nothing can match, Django knows without asking
        return []
    kinds = "" if len(most) == len(TAGS) else _OF_KINDS.format(", ".join(["%s"] * len(most)))
    top = " UNION ALL ".join([_TOP] * len(most))
    values = [*params, *(most if kinds else ())]
    for kind, limit in most.items():
        values += [kind, limit + 1]
    with connection.cursor() as cursor:
        how = _WIDE if wide else _NARROW
        cursor.execute(_COUNTED.format(found=found, kinds=kinds, **how) + top, values)
        rows: list[_Row] = cursor.fetchall()
    return rows


_COUNTED = """
WITH RECURSIVE
found(work) AS MATERIALIZED ({found}),
raw AS MATERIALIZED (
    SELECT tag_id AS tag, count(*) AS number FROM {taggings} {kinds} GROUP BY tag_id
),
lifted(tag, target, kind, number) AS (
    SELECT raw.tag, coalesce(spelling.canonical_id, raw.tag), spelling.kind, raw.number
    FROM raw JOIN archive_tag spelling ON spelling.id = raw.tag
    UNION
    SELECT lifted.tag, above.metatag_id, lifted.kind, lifted.number
    FROM lifted JOIN archive_metatagging above ON above.tag_id = lifted.target
),
gathered AS MATERIALIZED (
    SELECT target, min(kind) AS kind, count(*) AS spellings, sum(number) AS number FROM lifted GROUP BY target
),
shared AS MATERIALIZED (
    SELECT lifted.tag, lifted.target, lifted.kind FROM gathered JOIN lifted ON lifted.target = gathered.target
    WHERE gathered.spellings > 1
),
counted AS MATERIALIZED (
    SELECT kind, target AS found, number FROM gathered WHERE spellings = 1
    UNION ALL
    SELECT min(shared.kind), shared.target, count(DISTINCT content_object_id) FROM {shared_taggings}
    GROUP BY shared.target
)
"""
"""What is folded together is of one kind: so no tag needs to be looked up again at the end, of which there are many."""
_WIDE = {
    "taggings": "archive_tagging WHERE +content_object_id IN (SELECT work FROM found)",
    "shared_taggings": """shared JOIN archive_tagging ON tag_id = shared.tag
        WHERE +content_object_id IN (SELECT work FROM found)""",
}
"""When most works are asked for, the table of taggings is read as a whole, in the order of tags: a plus sign keeps the
databases from looking up each work's tags one work after the other."""
_NARROW = {
    "taggings": "found CROSS JOIN archive_tagging WHERE content_object_id = found.work",
    "shared_taggings": """found CROSS JOIN archive_tagging CROSS JOIN shared
        WHERE content_object_id = found.work AND shared.tag = tag_id""",
}
"""Else just that is right; SQLite takes cross joins in the order in which they stand."""
_OF_KINDS = "AND tag_id IN (SELECT id FROM archive_tag WHERE kind IN ({}))"
_TOP = """SELECT * FROM (
    SELECT kind, found, number FROM counted WHERE kind = %s ORDER BY number DESC, found LIMIT %s
) top"""
