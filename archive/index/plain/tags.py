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
    totals = dict.fromkeys(most, 0)
    for kind, tag, number in _rows(works, most, wide=wide):
        if tag is None:
            totals[kind] = number
        elif kind in found:
            found[kind][tag] = number
    ordered = {kind: Counts.of(values).values for kind, values in found.items()}
    return {kind: Counts(values, totals[kind] - len(values)) for kind, values in ordered.items()}


_Row = tuple[str, int | None, int]
"""Kind, id of a tag and how many works carry it; without an id, how many tags of the kind there are in all."""


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
        values += [kind, limit]
    with connection.cursor() as cursor:
        cursor.execute(_COUNTED.format(found=found, plus="+" if wide else "", kinds=kinds) + top + _TOTALS, values)
        rows: list[_Row] = cursor.fetchall()
    return rows


_COUNTED = """
WITH RECURSIVE
found(work) AS MATERIALIZED ({found}),
raw AS MATERIALIZED (
    SELECT tag_id AS tag, count(*) AS number FROM archive_tagging
    WHERE {plus}content_object_id IN (SELECT work FROM found) {kinds} GROUP BY tag_id
),
lifted(tag, target) AS (
    SELECT raw.tag, coalesce(spelling.canonical_id, raw.tag)
    FROM raw JOIN archive_tag spelling ON spelling.id = raw.tag
    UNION
    SELECT lifted.tag, above.metatag_id FROM lifted JOIN archive_metatagging above ON above.tag_id = lifted.target
),
gathered AS MATERIALIZED (
    SELECT lifted.target, count(*) AS spellings, sum(raw.number) AS number
    FROM lifted JOIN raw ON raw.tag = lifted.tag GROUP BY lifted.target
),
counted AS MATERIALIZED (
    SELECT tag.kind, folded.target AS found, folded.number FROM (
        SELECT target, number FROM gathered WHERE spellings = 1
        UNION ALL
        SELECT lifted.target, count(DISTINCT tagging.content_object_id)
        FROM gathered JOIN lifted ON lifted.target = gathered.target
        JOIN archive_tagging tagging ON tagging.tag_id = lifted.tag
        WHERE gathered.spellings > 1 AND {plus}tagging.content_object_id IN (SELECT work FROM found)
        GROUP BY lifted.target
    ) folded JOIN archive_tag tag ON tag.id = folded.target
)
"""
_OF_KINDS = "AND tag_id IN (SELECT id FROM archive_tag WHERE kind IN ({}))"
_TOP = """SELECT * FROM (
    SELECT kind, found, number FROM counted WHERE kind = %s ORDER BY number DESC, found LIMIT %s
) top"""
_TOTALS = " UNION ALL SELECT kind, NULL, count(*) FROM counted GROUP BY kind"
