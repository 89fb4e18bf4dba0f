"""The answer in plain SQL, the same on SQLite and Postgres: the reference for whatever answers faster."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import reduce
from operator import or_

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery, Window
from django.db.models.functions import Coalesce, RowNumber

from archive.access import Sight
from archive.browse import CATEGORIES, COMPLETE, PAGE_SIZE, RATINGS, TAGS, WARNINGS, BrowseQuery, Mode, Term, word_range
from archive.index.answers import Answer, Counts, Facets, Value
from archive.models import Byline, SearchText, SeriesEntry, Tag, Tagging, Work
from archive.search.words import phrases
from archive.visible import listed
from archive.vocabulary import ArchiveWarning, Category, TagKind

FACET_VALUES, MORE_FACET_VALUES = 10, 100
FEW = 1_000
"""Works that a question may name one by one."""
NOT_STATED = "not-stated"

_ORDERS = {
    "updated": "dated",
    "published": "published",
    "added": "added",
    "words": "words",
    "chapters": "chapters_posted",
    "title": "title_key",
    "author": "author_key",
    "part": "part",
}


def page(sight: Sight, query: BrowseQuery) -> Answer:
    """The works of one page and the exact total. A page beyond the last one is the last one."""
    works = _matching(sight, query)
    total = works.count()
    last = max(1, -(-total // PAGE_SIZE))
    start = (min(query.page, last) - 1) * PAGE_SIZE
    ids = _ordered(works, query).values_list("pk", flat=True)[start : start + PAGE_SIZE]
    return Answer(total, tuple(ids))


def count(sight: Sight, query: BrowseQuery) -> int:
    """How many works a question finds."""
    return _matching(sight, query).count()


def facets(sight: Sight, query: BrowseQuery) -> Facets:
    """Every facet, counted on the result; one in which an *any of* is chosen is counted with that taken out."""
    works = _matching(sight, query)
    limits = {kind: MORE_FACET_VALUES if kind == query.more else FACET_VALUES for kind in TAGS}
    found = _columns(works) | _tags(works, limits, wide=_wide(query))
    for field in {term.field for mode, term in query if mode is Mode.ANY} & found.keys():
        without = query.without_any(field)
        works = _matching(sight, without)
        found[field] = (
            _tags(works, {field: limits[field]}, wide=_wide(without)) if field in TAGS else _columns(works)
        )[field]
    return found


def _wide(query: BrowseQuery) -> bool:
    """Whether a question is likely to find a large part of the library."""
    narrow = {*TAGS, "author", "series"}
    return not query.search and not any(term.field in narrow for mode, term in query if mode is not Mode.NONE)


def _matching(sight: Sight, query: BrowseQuery) -> QuerySet[Work]:
    works = listed(sight)
    for clause in query.clauses:
        conditions = [_condition(term) for term in clause.terms]
        if clause.mode is Mode.ALL:
            works = _meeting(works, conditions)
        elif clause.mode is Mode.ANY:
            works = works.filter(reduce(or_, conditions))
        else:
            works = works.filter(*(~condition for condition in conditions))
    return _with_words(works, query.search) if phrases(query.search) else works


_TOGETHER = 8
"""Conditions that a database is asked at once."""
_ALL = 2**62


def _meeting(works: QuerySet[Work], conditions: Sequence[Q]) -> QuerySet[Work]:
    """Works that meet all conditions. Postgres takes each for a join, and to order sixty joins can take it minutes: so
    it is asked a few at a time, and a limit that nothing reaches keeps it from looking at all of them together."""
    together = _TOGETHER if connection.vendor == "postgresql" else len(conditions)
    works = works.filter(*conditions[:together])
    for start in range(together, len(conditions), together):
        found = works.order_by().values_list("pk")[:_ALL]
        works = Work.everything.filter(Q(pk__in=found), *conditions[start : start + together])
    return works


def _with_words(works: QuerySet[Work], search: str) -> QuerySet[Work]:
    """Looked up once for all that is asked of the result, unless it is a large part of the library."""
    found = SearchText.everything.filter(*(Q(folded__contains=phrase) for phrase in phrases(search)))
    ids = list(found.values_list("work_id", flat=True)[: FEW + 1])
    if len(ids) <= FEW:
        return works.filter(pk__in=ids)
    return works.filter(pk__in=found.values("work"))


def _ordered(works: QuerySet[Work], query: BrowseQuery) -> QuerySet[Work]:
    if query.sort == "part":
        series = [int(term.value) for _, term in query if term.field == "series"]
        parts = SeriesEntry.everything.filter(work=OuterRef("pk"), series__in=series)
        works = works.alias(part=Subquery(parts.values("position")[:1]))
    column = F(_ORDERS.get(query.sort, "dated"))
    if query.ascending:
        return works.order_by(column.asc(nulls_last=True), "pk")
    return works.order_by(column.desc(nulls_last=True), "-pk")


def _condition(term: Term) -> Q:
    return _CONDITIONS.get(term.field, _unknown)(term.value)


def _unknown(value: str) -> Q:
    return Q(pk__in=[])


def _tagged(kind: str) -> Callable[[str], Q]:
    def condition(slug: str) -> Q:
        carried = Tagging.everything.filter(tag__in=_spellings(kind, slug))
        return Q(pk__in=carried.values("content_object"))

    return condition


_NO_TAG = 0


def _spellings(kind: str, slug: str) -> list[int]:
    """The tag that is meant and all its synonyms, looked up beforehand: databases would read every tag to find them.

    What is not there is looked up, and looked for, like anything else: nobody shall tell it from what is hidden.
    """
    chosen = Tag.everything.filter(kind=kind, slug=slug).values_list("pk", "canonical_id").first()
    head = (chosen[1] or chosen[0]) if chosen else _NO_TAG
    return list(Tag.everything.filter(Q(pk=head) | Q(canonical=head)).values_list("pk", flat=True)) or [_NO_TAG]


def _words(value: str) -> Q:
    low, high = word_range(value) or (None, None)
    condition = Q() if low is None else Q(words__gte=low)
    return condition if high is None else condition & Q(words__lte=high)


def _bit(column: str, bit: int) -> Q:
    """Whether a bit is set, written so that both databases can do it and `~` keeps its meaning."""
    return Q(**{f"{column}__in": _WITH_BIT[column][bit]}) if bit else Q(**{column: 0})


_WITH_BIT = {
    "warnings": {bit.value: [bits for bits in range(256) if bits & bit] for bit in ArchiveWarning},
    "categories": {bit.value: [bits for bits in range(64) if bits & bit] for bit in Category},
}

_BITS = {
    "warning": [[bit.value for bit in ArchiveWarning(bits)] or [0] for bits in range(256)],
    "category": [[bit.value for bit in Category(bits)] or [0] for bits in range(64)],
}
"""The bits of every number, spelled out beforehand: there are thousands of rows to count."""

_CONDITIONS: dict[str, Callable[[str], Q]] = {
    **{kind.value: _tagged(kind.value) for kind in TagKind},
    "rating": lambda value: Q(rating=RATINGS[value]),
    "warning": lambda value: _bit("warnings", WARNINGS[value]),
    "category": lambda value: _bit("categories", CATEGORIES[value]),
    "complete": lambda value: Q(complete=COMPLETE[value]) if value != NOT_STATED else Q(complete__isnull=True),
    "language": lambda value: Q(language="" if value == NOT_STATED else value),
    "author": lambda slug: Q(pk__in=Byline.everything.filter(author__slug=slug).values("work")),
    "series": lambda number: Q(pk__in=SeriesEntry.everything.filter(series=int(number)).values("work")),
    "words": _words,
}


def _columns(works: QuerySet[Work]) -> Facets:
    """The closed vocabulary, counted in one query: there are few combinations, however many works."""
    totals: dict[str, Counter[Value]] = {
        field: Counter() for field in ("rating", "warning", "category", "complete", "language")
    }
    rows = works.order_by().values_list("rating", "warnings", "categories", "complete", "language")
    for rating, warnings, categories, complete, language, number in rows.annotate(number=Count("pk")):
        totals["rating"][rating] += number
        totals["complete"][complete] += number
        totals["language"][language] += number
        for bit in _BITS["warning"][warnings]:
            totals["warning"][bit] += number
        for bit in _BITS["category"][categories]:
            totals["category"][bit] += number
    return {
        field: Counts(tuple(sorted(counter.items(), key=lambda pair: (-pair[1], str(pair[0])))))
        for field, counter in totals.items()
    }


def _tags(works: QuerySet[Work], limits: Mapping[str, int], *, wide: bool) -> Facets:
    """The commonest tags of each kind, up to its limit, spellings of one canonical counted as one."""
    found: dict[str, list[tuple[Value, int]]] = {kind: [] for kind in limits}
    totals = dict.fromkeys(found, 0)
    folding = Tag.everything.filter(canonical__isnull=False).exists()
    for kind, tag, number in _folded(works, limits) if folding else _unfolded(works, limits, wide=wide):
        if kind not in found:
            continue
        if tag is None:
            totals[kind] = number
        else:
            found[kind].append((tag, number))
    return {
        kind: Counts(tuple(sorted(values, key=_most_first)), totals[kind] - len(values))
        for kind, values in found.items()
    }


def _most_first(counted: tuple[Value, int]) -> tuple[int, Value]:
    return -counted[1], counted[0]


_Row = tuple[str, int | None, int]
"""Kind, id of a tag and how many works carry it; without an id, how many tags of the kind there are in all."""


def _folded(works: QuerySet[Work], limits: Mapping[str, int]) -> Iterable[_Row]:
    taggings = Tagging.everything.filter(tag__kind__in=list(limits), content_object__in=works.order_by().values("pk"))
    counted = (
        taggings.order_by()
        .values("tag__kind", target=Coalesce("tag__canonical_id", "tag_id"))
        .annotate(number=Count("content_object", distinct=True))
        .annotate(
            place=Window(RowNumber(), partition_by="tag__kind", order_by=[F("number").desc(), F("target").asc()]),
            values_found=Window(Count("*"), partition_by="tag__kind"),
        )
        .filter(place__lte=max(limits.values()))
        .order_by("tag__kind", "place")
    )
    rows = counted.values_list("tag__kind", "target", "number", "place", "values_found")
    for kind, tag, number, place, values in rows:
        if place <= limits[kind]:
            yield kind, tag, number
            yield kind, None, values


def _unfolded(works: QuerySet[Work], limits: Mapping[str, int], *, wide: bool) -> Iterable[_Row]:
    """The same while there are no synonyms, in a third of the time.

    Written by hand: tags are joined after counting, and the commonest are picked without ranking all. When most
    works are asked for, a plus sign keeps the database from looking up each work's tags one work after the other; it
    reads the whole table in the order of tags instead, which needs no sorting.
    """
    try:
        found, params = works.order_by().values("pk").query.sql_with_params()
    except EmptyResultSet:  # nothing can match, Django knows without asking
        return []
    top = " UNION ALL ".join([_TOP] * len(limits))
    values = [*params, *(limits if len(limits) < len(TAGS) else ())]
    for kind, limit in limits.items():
        values += [kind, limit]
    with connection.cursor() as cursor:
        kinds = "" if len(limits) == len(TAGS) else _OF_KINDS.format(", ".join(["%s"] * len(limits)))
        counted = _COUNTED.format(found=found, plus="+" if wide else "", kinds=kinds)
        cursor.execute(counted + top + _TOTALS, values)
        rows: list[_Row] = cursor.fetchall()
    return rows


_COUNTED = """
WITH counted AS MATERIALIZED (
    SELECT tag.kind, tags.found, tags.number FROM (
        SELECT tag_id AS found, count(*) AS number FROM archive_tagging
        WHERE {plus}content_object_id IN ({found}) {kinds} GROUP BY tag_id
    ) tags JOIN archive_tag tag ON tag.id = tags.found
)
"""
_OF_KINDS = "AND tag_id IN (SELECT id FROM archive_tag WHERE kind IN ({}))"
_TOP = """SELECT * FROM (
    SELECT kind, found, number FROM counted WHERE kind = %s ORDER BY number DESC, found LIMIT %s
) top"""
_TOTALS = " UNION ALL SELECT kind, NULL, count(*) FROM counted GROUP BY kind"
