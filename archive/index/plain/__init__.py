"""The answer in plain SQL, the same on SQLite and Postgres: the reference for whatever answers faster.

All that a question names is looked up first (tags with their synonyms and subtags, works with their words), so that the
databases need only compare ids.
"""

from collections.abc import Sequence

from django.db.models import QuerySet

from archive import access
from archive.access import Sight
from archive.browse import PAGE_SIZE, TAGS, BrowseQuery, Mode
from archive.index.answers import COLUMNS, Answer, Facets, asked, most_values
from archive.index.plain import columns, tags
from archive.index.plain.among import MOST, among
from archive.index.plain.known import Known
from archive.index.plain.like import like
from archive.index.plain.matching import matching
from archive.index.plain.ordering import in_order
from archive.models import Work
from archive.visible import avoided, standings

__all__ = ["aside", "count", "facets", "ids", "like", "page"]

MOST_ASIDE = 2_000
"""Works set aside that are looked at one by one, to tell which rule sets aside how many."""


def page(sight: Sight, query: BrowseQuery) -> Answer:
    """The works of one page and the exact total. A page beyond the last one is the last one."""
    works = _found(sight, query)
    total = works.count()
    last = max(1, -(-total // PAGE_SIZE))
    start = (min(query.page, last) - 1) * PAGE_SIZE
    return Answer(total, in_order(works, sight, query, slice(start, start + PAGE_SIZE)))


def ids(sight: Sight, query: BrowseQuery) -> tuple[int, ...]:
    """Every work that a question finds, in its order."""
    return in_order(_found(sight, query), sight, query, slice(None))


def count(sight: Sight, query: BrowseQuery) -> int:
    """How many works a question finds."""
    return _found(sight, query).count()


def aside(sight: Sight, query: BrowseQuery, rules: Sequence[Sight]) -> tuple[int, ...]:
    """Of the works that a question finds, how many the own rules of each of these sights would set aside.

    The first is about all rules, the others about one each; of very many works only the first is told.
    """
    found = _found(sight, query).filter(avoided(rules[0])).order_by().values_list("pk", flat=True)
    few = list(found[: MOST_ASIDE + 1])
    if len(few) > MOST_ASIDE:
        return (found.count(),)
    there = list(standings(rules[0], few))
    return (len(few), *(sum(access.avoided(rule, one) for one in there) for rule in rules[1:]))


def facets(sight: Sight, query: BrowseQuery) -> Facets:
    """Every facet, counted on the result; one in which an *any of* is chosen is counted with that taken out."""
    known = Known.of(sight, query)
    own = sorted({term.field for mode, term in query if mode is Mode.ANY} & {*TAGS, *COLUMNS})
    found = _counted(known, query, [field for field in (*TAGS, *COLUMNS) if field not in own])
    for field in own:
        found |= _counted(known, query.without_any(field), [field])
    return found


def _found(sight: Sight, query: BrowseQuery) -> QuerySet[Work]:
    return matching(Known.of(sight, query), asked(query))


def _counted(known: Known, query: BrowseQuery, fields: list[str]) -> Facets:
    """Some facets of the works that a question finds: if they are few they are found once, and named one by one."""
    works = matching(known, asked(query))
    wide = _wide(query)
    if not wide:
        few = list(works.order_by().values_list("pk", flat=True)[: MOST + 1])
        works = Work.everything.filter(among("pk", few)) if len(few) <= MOST else works
    most = most_values(query)
    found = columns.counted(works, [field for field in fields if field not in most], wide=wide)
    return found | tags.counted(works, {kind: most[kind] for kind in most if kind in fields}, wide=wide)


def _wide(query: BrowseQuery) -> bool:
    """Whether a question is likely to find a large part of the library."""
    return not any(literal.wanted and literal.term.field in _NARROW for group in asked(query) for literal in group)


_NARROW = frozenset({*TAGS, "tag", "primary", "author", "series", "search", "title", "text"})
