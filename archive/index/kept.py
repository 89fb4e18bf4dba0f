"""Asking: the index answers when it stands, plain SQL otherwise. What plain SQL has counted is kept for a moment."""

import logging
from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import wraps
from threading import Lock
from typing import Any, ParamSpec, TypeVar

from django.db import Error as DatabaseError
from django.utils import timezone

from archive import changes
from archive.access import Gated, Hidden, Moved, Sight
from archive.browse import BrowseQuery
from archive.index import alike, answering, current, plain, seeing
from archive.index.answers import Answer, Facets
from archive.index.doubting import left_alone
from archive.index.state import State

log = logging.getLogger(__name__)

Answered = TypeVar("Answered")
Asking = ParamSpec("Asking")

_MOST = 512
_kept: OrderedDict[Any, Any] = OrderedDict()
_lock = Lock()


def page(sight: Sight, query: BrowseQuery, rules: Sequence[Sight] = ()) -> Answer:
    """One page of works and the exact total; and where rules of the reader's own set works aside, how many.

    `rules` are sights with one rule each, to be told how many each sets aside; plain SQL does not tell of very many.
    """

    def with_aside(answer: Answer, count: Callable[[Sequence[Sight]], tuple[int, ...]]) -> Answer:
        return replace(answer, aside=count([sight, *rules])) if sight.avoids else answer

    shown = sight.unruled
    return asked(
        lambda state: with_aside(
            answering.page(state, sight, query), lambda every: answering.aside(state, shown, query, every)
        ),
        lambda: once(
            ("page", query),
            sight,
            lambda: with_aside(plain.page(sight, query), lambda every: plain.aside(shown, query, every)),
        ),
    )


def count(sight: Sight, query: BrowseQuery) -> int:
    """How many works a question finds."""
    return asked(
        lambda state: answering.count(state, sight, query),
        lambda: once(("count", replace(_bare(query), more="")), sight, lambda: plain.count(sight, query)),
    )


def facets(sight: Sight, query: BrowseQuery) -> Facets:
    """Every facet of a question, with exact counts."""
    return asked(
        lambda state: answering.facets(state, sight, query),
        lambda: once(("facets", _bare(query)), sight, lambda: plain.facets(sight, query)),
    )


def ids(sight: Sight, query: BrowseQuery) -> tuple[int, ...]:
    """Every work that a question finds, in its order."""
    return asked(lambda state: answering.ids(state, sight, query), lambda: plain.ids(sight, query))


def like(sight: Sight, work: int) -> tuple[int, ...]:
    """The works that are likest to a work, best first; none when it is not listed."""
    return asked(
        lambda state: alike.like(state, sight, work),
        lambda: once(("like", work), sight, lambda: plain.like(sight, work)),
    )


def asked(engine: Callable[[State], Answered], plainly: Callable[[], Answered]) -> Answered:
    """What the index answers; plain SQL when it does not stand, or cannot answer: nobody is to wait for a repair."""
    if (state := current.state()) is None:
        return plainly()
    try:
        return engine(state)
    except DatabaseError:
        raise
    except Exception:  # whatever damaged bytes may lead to (enormous arrays, too), or a mistake of ours: see `doubting`
        current.astray()
        log.exception("the index could not answer, plain SQL does")
        return plainly()


def soundly(ask: Callable[Asking, Answered]) -> Callable[Asking, Answered]:
    """Ask again in plain SQL when nobody could make sense of what the index answered, such as a rating that is none.

    What has nothing to do with the index goes wrong again then, and is raised.
    """

    @wraps(ask)
    def asked(*args: Asking.args, **kwargs: Asking.kwargs) -> Answered:
        try:
            return ask(*args, **kwargs)
        except (Hidden, Moved, Gated, DatabaseError, MemoryError):
            raise
        except Exception:
            if not current.stands():
                raise
            current.astray()
            log.exception("nobody can make sense of what the index answered, plain SQL is asked")
        with left_alone():
            return ask(*args, **kwargs)

    return asked


def _bare(query: BrowseQuery) -> BrowseQuery:
    return replace(query, page=1, sort="updated", ascending=False)


def once(key: tuple[Any, ...], sight: Sight, ask: Callable[[], Answered]) -> Answered:
    """Ask, unless the same was asked by a reader with the same restriction and nothing has changed since.

    The key holds all that decides what a reader may see, the change log's last entry, and the day: nothing is thrown
    away by hand, keys change. What several threads ask at once is asked several times, which is harmless.
    """
    reader = sight.reader
    opens = reader.ask_warnings, sight.asked, tuple(sorted(reader.agreed.items()))
    whole = (*key, *seeing.shelf(sight), *opens, changes.latest(), timezone.localdate())
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
