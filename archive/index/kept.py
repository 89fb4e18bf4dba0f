"""Answers kept for a moment: what was counted stays true until the change log moves on."""

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import replace
from threading import Lock
from typing import Any, TypeVar

from archive import changes
from archive.access import Sight
from archive.browse import BrowseQuery
from archive.index import plain
from archive.index.answers import Answer, Facets

Answered = TypeVar("Answered")

_MOST = 512
_kept: OrderedDict[Any, Any] = OrderedDict()
_lock = Lock()


def page(sight: Sight, query: BrowseQuery) -> Answer:
    """One page of works and the exact total."""
    return once(("page", query), sight, lambda: plain.page(sight, query))


def count(sight: Sight, query: BrowseQuery) -> int:
    """How many works a question finds."""
    return once(("count", replace(_bare(query), more="")), sight, lambda: plain.count(sight, query))


def facets(sight: Sight, query: BrowseQuery) -> Facets:
    """Every facet of a question, with exact counts."""
    return once(("facets", _bare(query)), sight, lambda: plain.facets(sight, query))


def _bare(query: BrowseQuery) -> BrowseQuery:
    return replace(query, page=1, sort="updated", ascending=False)


def once(key: tuple[Any, ...], sight: Sight, ask: Callable[[], Answered]) -> Answered:
    """Ask, unless the same was asked by a reader with the same restriction and nothing has changed since.

    The key holds all that decides what a reader may see, and the change log's last entry: nothing is thrown away by
    hand, keys change. What several threads ask at once is asked several times, which is harmless.
    """
    reader = sight.reader
    whole = (*key, reader.welcome, reader.ceiling, reader.adult, sight.blocked, changes.latest())
    with _lock:
        if whole in _kept:
            _kept.move_to_end(whole)
            known: Answered = _kept[whole]
            return known
    answer = ask()
    with _lock:
        _kept[whole] = answer
        while len(_kept) > _MOST:
            _kept.popitem(last=False)
    return answer
