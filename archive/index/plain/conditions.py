"""Each condition as SQL, written so that turning it round gives exactly the other works."""

from collections.abc import Callable, Mapping
from datetime import date, datetime, time
from functools import reduce
from operator import or_

from django.db.models import Count, Exists, F, OuterRef, Q
from django.db.models.functions import Coalesce, NullIf
from django.db.models.lookups import GreaterThanOrEqual, LessThanOrEqual
from django.utils import timezone

from archive.browse import CATEGORIES, COMPLETE, RATINGS, TAGS, WARNINGS, WORDS, Group, Term, day_range, number_range
from archive.index.plain.among import among
from archive.index.plain.known import Known
from archive.models import Byline, SeriesEntry, Tagging
from archive.vocabulary import ArchiveWarning, Category, TagKind

NOT_STATED = "not-stated"
_EVERY = Q(pk__isnull=False)


def condition(group: Group, known: Known) -> Q:
    """What a work must be to meet one either/or group. Tags of any kind are looked for together."""
    tags = [one.term for one in group if one.wanted and one.term.field in _ANY_TAG]
    others = [one for one in group if one.term not in tags or not one.wanted]
    conditions = [_carrying(frozenset().union(*(known.tags[term] for term in tags)))] if tags else []
    for one in others:
        conditions.append(_of(one.term, known) if one.wanted else ~_of(one.term, known))
    return reduce(or_, conditions)


def _of(term: Term, known: Known) -> Q:
    if term.field in _ANY_TAG:
        return _carrying(known.tags[term])
    if term.field == "primary":
        return _first(known.tags[term])
    if term.field in WORDS:
        return among("pk", known.works[term])
    if term.field in _DAYS:
        return _DAYS[term.field](*(day_range(term.value, known.today) or (None, None)))
    if term.field in _RANGES:
        return _RANGES[term.field](*(number_range(term.value) or (None, None)))
    return _VALUES[term.field](term.value)


_ANY_TAG = frozenset({*TAGS, "tag"})


def _carrying(tags: frozenset[int]) -> Q:
    return Q(pk__in=Tagging.everything.filter(among("tag", tags)).values("content_object"))


def _first(tags: frozenset[int]) -> Q:
    """The first relationship that a work names is one of these."""
    named = Tagging.everything.filter(among("tag", tags))
    before = Tagging.everything.filter(
        content_object=OuterRef("content_object"),
        tag__kind=TagKind.RELATIONSHIP.value,
        position__lt=OuterRef("position"),
    )
    return Q(pk__in=named.filter(~Exists(before)).values("content_object"))


def _column(name: str) -> Callable[[int | None, int | None], Q]:
    return lambda low, high: _between(name, low, high)


def _between(column: str, low: object, high: object) -> Q:
    """A column between two ends; one without a value is never there."""
    found = Q(**{f"{column}__isnull": False})
    if low is not None:
        found &= Q(**{f"{column}__gte": low})
    return found if high is None else found & Q(**{f"{column}__lte": high})


def _average(low: int | None, high: int | None) -> Q:
    """Words a chapter; a work without a chapter has no average."""
    average = Coalesce(F("words") / NullIf(F("chapters_posted"), 0), -1)
    found = Q(GreaterThanOrEqual(average, low or 0))
    return found if high is None else found & Q(LessThanOrEqual(average, high))


def _named(kind: TagKind) -> Callable[[int | None, int | None], Q]:
    """How many tags of a kind a work names, synonyms counted as one."""

    def condition(low: int | None, high: int | None) -> Q:
        counted = Tagging.everything.filter(tag__kind=kind.value).order_by().values("content_object")
        counted = counted.annotate(named=Count(Coalesce("tag__canonical_id", "tag_id"), distinct=True))
        if low:
            return Q(pk__in=counted.filter(_between("named", low, high)).values("content_object"))
        if high is None:
            return _EVERY
        return ~Q(pk__in=counted.filter(named__gt=high).values("content_object"))  # those that name none have no row

    return condition


_RANGES: dict[str, Callable[[int | None, int | None], Q]] = {
    **{name: _column(name) for name in ("words", "kudos", "hits", "bookmarks", "comments")},
    "chapters": _column("chapters_posted"),
    "average": _average,
    "fandoms": _named(TagKind.FANDOM),
    "relationships": _named(TagKind.RELATIONSHIP),
}


def _updated(first: date | None, last: date | None) -> Q:
    """The day of the last update, else of publication."""
    return _between("updated", first, last) | (Q(updated__isnull=True) & _between("published", first, last))


def _added(first: date | None, last: date | None) -> Q:
    zone = timezone.get_current_timezone()
    return _between(
        "added",
        first and datetime.combine(first, time.min, zone),
        last and datetime.combine(last, time.max, zone),
    )


_DAYS: dict[str, Callable[[date | None, date | None], Q]] = {
    "published": lambda first, last: _between("published", first, last),
    "updated": _updated,
    "added": _added,
}


def _bit(column: str, bit: int) -> Q:
    """Whether a bit is set, written so that both databases can do it and `~` keeps its meaning."""
    return Q(**{f"{column}__in": _WITH_BIT[column][bit]}) if bit else Q(**{column: 0})


_WITH_BIT: Mapping[str, Mapping[int, list[int]]] = {
    "warnings": {bit.value: [bits for bits in range(256) if bits & bit] for bit in ArchiveWarning},
    "categories": {bit.value: [bits for bits in range(64) if bits & bit] for bit in Category},
}


def _stated(column: str) -> Callable[[str], Q]:
    return lambda value: Q(**{column: "" if value == NOT_STATED else value})


def _in_series(value: str) -> Q:
    found = Q(pk__in=SeriesEntry.everything.values("work"))
    return found if value == "yes" else ~found


_VALUES: dict[str, Callable[[str], Q]] = {
    "rating": lambda value: Q(rating=RATINGS[value]),
    "warning": lambda value: _bit("warnings", WARNINGS[value]),
    "category": lambda value: _bit("categories", CATEGORIES[value]),
    "complete": lambda value: Q(complete=COMPLETE[value]) if value != NOT_STATED else Q(complete__isnull=True),
    "language": _stated("language"),
    "format": _stated("format"),
    "crossover": lambda value: _RANGES["fandoms"](*((2, None) if value == "yes" else (1, 1))),
    "oneshot": lambda value: Q(chapters_planned=1) if value == "yes" else ~Q(chapters_planned=1),
    "series-part": _in_series,
    "author": lambda slug: Q(pk__in=Byline.everything.filter(author__slug=slug).values("work")),
    "series": lambda number: Q(pk__in=SeriesEntry.everything.filter(series=int(number)).values("work")),
}
