"""Facets of few values: counted from columns, or from what hangs on a work."""

from collections import Counter
from collections.abc import Collection, Sequence

from django.db.models import Case, Count, QuerySet, When
from django.db.models import Value as Constant
from django.db.models.functions import Coalesce

from archive.index.answers import Counts, Facets, Value
from archive.models import SeriesEntry, Tagging, Work
from archive.vocabulary import ArchiveWarning, Category, TagKind

_FANDOM = TagKind.FANDOM.value
_STATED = {"rating": "rating", "warning": "warnings", "category": "categories", "complete": "complete"}
_STATED |= {"language": "language", "format": "format", "oneshot": "oneshot"}
_BITS: dict[str, list[list[Value]]] = {
    "warning": [[bit.value for bit in ArchiveWarning(bits)] or [0] for bits in range(256)],
    "category": [[bit.value for bit in Category(bits)] or [0] for bits in range(64)],
}
"""The bits of every number, spelled out beforehand: there are thousands of rows to count."""


def counted(works: QuerySet[Work], fields: Collection[str], *, wide: bool) -> Facets:
    """These facets of `answers.COLUMNS`."""
    works = works.order_by()
    found: dict[str, Counter[Value]] = {}
    if stated := [field for field in fields if field in _STATED]:
        found |= _of_columns(works, stated)
    if "crossover" in fields:
        found["crossover"] = _crossovers(works, wide=wide)
    if "series-part" in fields:
        found["series-part"] = _parts(works)
    return {field: Counts.of(counter) for field, counter in found.items()}


def _of_columns(works: QuerySet[Work], fields: Sequence[str]) -> dict[str, Counter[Value]]:
    """What stands in columns, counted in one query: there are few combinations, however many works."""
    totals: dict[str, Counter[Value]] = {field: Counter() for field in fields}
    if "oneshot" in fields:
        works = works.annotate(oneshot=Case(When(chapters_planned=1, then=Constant(True)), default=Constant(False)))
    rows = works.values_list(*(_STATED[field] for field in fields)).annotate(number=Count("pk"))
    for *values, number in rows:
        for field, value in zip(fields, values, strict=True):
            for each in _BITS[field][value] if field in _BITS else (value,):
                totals[field][each] += number
    return totals


def _crossovers(works: QuerySet[Work], *, wide: bool) -> Counter[Value]:
    """Works of several fandoms, and of one; synonyms are one.

    Of few works the tags are read one work after the other; else the fandoms of all works are counted once. Left to
    themselves databases try each fandom with each work.
    """
    kind = Coalesce("tag__kind", Constant(""))  # through an index of kinds there is no way to a work
    fandoms = (
        Tagging.everything.filter(tag__kind=_FANDOM)
        if wide
        else Tagging.everything.alias(kind=kind).filter(kind=_FANDOM, content_object__in=works.values("pk"))
    )
    named = fandoms.order_by().values("content_object")
    named = named.annotate(named=Count(Coalesce("tag__canonical_id", "tag_id"), distinct=True))
    yes, no = (
        works.filter(pk__in=named.filter(**which).values("content_object")).count()
        for which in ({"named__gt": 1}, {"named": 1})
    )
    return +Counter[Value]({True: yes, False: no})


def _parts(works: QuerySet[Work]) -> Counter[Value]:
    """Works that stand in a series, and those that stand in none."""
    entries = SeriesEntry.everything.filter(work__in=works.values("pk"))
    inside = entries.aggregate(works=Count("work", distinct=True))["works"]
    return +Counter[Value]({True: inside, False: works.count() - inside})
