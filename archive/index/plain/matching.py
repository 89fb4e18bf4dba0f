"""The works that a question finds."""

from collections.abc import Iterable

from django.db import connection
from django.db.models import Q, QuerySet

from archive.browse import Group
from archive.index.plain.conditions import condition
from archive.index.plain.known import Known
from archive.models import Work
from archive.visible import listed

_TOGETHER = 8
"""Conditions that Postgres is asked at once."""
_ALL = 2**62


def matching(known: Known, groups: Iterable[Group]) -> QuerySet[Work]:
    """The works that stand on a reader's shelves and meet every group.

    Postgres takes each condition for a join, and to order sixty joins can take it minutes: so it is asked a few at a
    time, and a limit that nothing reaches keeps it from looking at all of them together.
    """
    conditions = [condition(group, known) for group in groups]
    together = _TOGETHER if connection.vendor == "postgresql" else max(1, len(conditions))
    works = listed(known.sight).filter(*conditions[:together])
    for start in range(together, len(conditions), together):
        found = works.order_by().values_list("pk")[:_ALL]
        works = Work.everything.filter(Q(pk__in=found), *conditions[start : start + together])
    return works
