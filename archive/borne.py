"""What works bear: their authors, series and tags, in one query written out, since each page of a shelf asks for it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from django.db import connection

from archive.shown import Name, SeriesPlace
from archive.vocabulary import TagKind

_ASKED = """
SELECT content_object_id, archive_tag.kind, archive_tagging.position AS place, tag_id, spelling, slug,
       CAST(NULL AS integer)
FROM archive_tagging JOIN archive_tag ON archive_tag.id = tag_id WHERE content_object_id IN ({works})
UNION ALL
SELECT work_id, 'author', position, author_id, name, slug, CAST(NULL AS integer)
FROM archive_byline JOIN archive_author ON archive_author.id = author_id WHERE work_id IN ({works})
UNION ALL
SELECT work_id, 'series', archive_seriesentry.id, series_id, title, '', position
FROM archive_seriesentry JOIN archive_series ON archive_series.id = series_id WHERE work_id IN ({works})
ORDER BY place
"""
_KINDS = {kind.value: kind for kind in TagKind}


@dataclass(slots=True)
class Borne:
    """What one work bears, each in the author's order and spelling, and the ids of its very tags and authors."""

    authors: list[Name] = field(default_factory=list)
    series: list[SeriesPlace] = field(default_factory=list)
    tags: dict[TagKind, list[Name]] = field(default_factory=dict)
    tag_ids: set[int] = field(default_factory=set)
    author_ids: set[int] = field(default_factory=set)


def borne(works: Collection[int]) -> Mapping[int, Borne]:
    """What each of these works bears, also when that is nothing."""
    found = {work: Borne() for work in works}
    if not found:
        return found
    asked = _ASKED.format(works=", ".join(["%s"] * len(found)))
    with connection.cursor() as cursor:
        cursor.execute(asked, [*found] * 3)
        for work, what, _, number, name, slug, part in cursor.fetchall():
            one = found[work]
            if what == "author":
                one.authors.append(Name(name, slug))
                one.author_ids.add(number)
            elif what == "series":
                one.series.append(SeriesPlace(number, name, part))
            else:
                one.tags.setdefault(_KINDS[what], []).append(Name(name, slug))
                one.tag_ids.add(number)
    return found
