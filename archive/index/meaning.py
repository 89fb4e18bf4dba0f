"""What the terms of a question mean, looked up in the database before any part of the index is asked."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db import connection
from django.utils import timezone

from archive import search
from archive.browse import DAYS, TAGS, WORDS, Term, day_range, number_range
from archive.index.plain.known import spread
from archive.index.state import State
from archive.search import Found

TAGGED = frozenset({*TAGS, "tag", "primary"})
_EPOCH = date(1970, 1, 1)
_ONE_DAY = timedelta(days=1)
_MICROSECOND = timedelta(microseconds=1)

Ends = tuple[int | None, int | None]
"""The lowest and the highest number of a span, both included."""


@dataclass(frozen=True, slots=True)
class Meanings:
    """The ids that terms stand for (tags, authors), and the works in which words are found, as `search.found` tells."""

    ids: Mapping[Term, tuple[int, ...]]
    found: Mapping[Term, Found]


def meanings(state: State, terms: Iterable[Term]) -> Meanings:
    """Look up all terms of a question; what a state has looked up before it knows."""
    wanted = set(terms)
    tagged = [term for term in wanted if term.field in TAGGED]
    if unknown := [term for term in tagged if term not in state.kept]:
        for term, tags in spread(unknown).items():
            state.keep(term, tuple(sorted(tags)))
    ids = {term: _kept(state, term) for term in tagged}
    ids |= {term: _authors(state, term) for term in wanted if term.field == "author"}
    return Meanings(ids, {term: search.found(term) for term in wanted if term.field in WORDS})


def _kept(state: State, term: Term) -> tuple[int, ...]:
    known: tuple[int, ...] | None = state.kept.get(term)
    return tuple(sorted(spread([term])[term])) if known is None else known


def _authors(state: State, term: Term) -> tuple[int, ...]:
    known: tuple[int, ...] | None = state.kept.get(term)
    if known is None:
        with connection.cursor() as cursor:  # a queryset would take ten times as long
            cursor.execute("SELECT id FROM archive_author WHERE slug = %s", [term.value])
            known = tuple(pk for (pk,) in cursor.fetchall())
        if known:  # an author keeps number and slug; who is not there yet may come
            state.keep(term, known)
    return known


def ends(term: Term) -> Ends:
    """The span of a term as its column is counted: in numbers, days since 1970, or microseconds since then."""
    if term.field not in DAYS:
        return number_range(term.value) or (None, None)
    first, last = day_range(term.value, timezone.localdate()) or (None, None)
    if term.field != "added":
        return _day(first), _day(last)
    return _moment(first, time.min), _moment(last, time.max)


def _day(day: date | None) -> int | None:
    return (day - _EPOCH) // _ONE_DAY if day else None


def _moment(day: date | None, clock: time) -> int | None:
    if day is None:
        return None
    moment = datetime.combine(day, clock, timezone.get_current_timezone())
    start: Any = datetime(1970, 1, 1, tzinfo=timezone.get_fixed_timezone(0))
    return int((moment - start) // _MICROSECOND)
