"""Bringing the index up to date: the change log is followed, and works that were never read are read, bit by bit.

Each step is one small transaction that ends with the place it has come to: it may be cut off anywhere, and is taken up
where it was. Nothing waits for it: beside SQLite the index is a file of its own, in Postgres nobody else writes its
tables.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

from django.db.models import QuerySet
from pyroaring import BitMap

from archive import changes, locks
from archive.models import Change, Work
from archive.search import documents
from archive.search.documents import Kind
from archive.search.lag import Lag, since
from archive.search.store import NOTHING, Mark, Store, Writing, store

_STEP = {Kind.OWN: 1_000, Kind.PROSE: 50}
"""Works of one step."""
_ENTRIES = 500
"""Entries of the log that one step reads at most."""
_NAMED = 500
"""Works that are counted by their ids; of more, all between the first and the last are looked at."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the index has come: works in the library, and those of which words and text are not read yet."""

    works: int
    own: int
    prose: int


def follow(stop: Callable[[], bool] = lambda: False) -> bool:
    """Bring the index up to date, or as near as `stop` lets it; whether nothing is left to do.

    Raises `locks.Taken` while another process is at it.
    """
    with locks.held("search", wait=False):
        index = store()
        if not _brought_up(index, stop):
            return False
        if (heir := index.successor()) is not None:
            if not _brought_up(heir, stop):
                return False
            heir.succeed()
        return True


def forget() -> None:
    """Throw the index away; it is built again from the first work on. Raises `locks.Taken`."""
    with locks.held("search", wait=False):
        store().clear()


def progress() -> Progress:
    """How far the index has come."""
    with store().reading() as index:
        marks = {kind: index.mark(kind) for kind in Kind}
    works = Work.everything.all()
    left = {kind: _left(works, since(mark)) for kind, mark in marks.items()}
    return Progress(works.count(), left[Kind.OWN], left[Kind.PROSE])


def unread(works: QuerySet[Work]) -> int:
    """How many of these works have texts that are not read yet, or not as they are now. To find none costs little."""
    with store().reading() as index:
        mark = index.mark(Kind.PROSE)
    return _left(works, lag) if (lag := since(mark)) else 0


def _left(works: QuerySet[Work], lag: Lag) -> int:
    works = works.order_by()
    beyond = works.filter(pk__gt=lag.swept).count() if lag.swept is not None else 0
    changed = lag.changed if lag.swept is None else lag.changed & BitMap(range(lag.swept + 1))
    if len(changed) <= _NAMED:
        return beyond + (works.filter(pk__in=list(changed)).count() if changed else 0)
    between = works.filter(pk__gte=changed.min(), pk__lte=changed.max()).values_list("pk", flat=True)
    return beyond + len(changed & BitMap(between.iterator()))


def _brought_up(index: Store, stop: Callable[[], bool]) -> bool:
    with index.reading() as here:
        if not all(_ours(here.mark(kind)) for kind in Kind):
            index.clear()
    while not stop():
        done = [_step(index, kind) for kind in Kind]
        if not any(done):
            return True
    return False


def _ours(mark: Mark) -> bool:
    """Whether a mark is of this database: after a backup was restored its entry is gone, or is another one."""
    return not mark.number or Change.everything.filter(number=mark.number, token=mark.token).exists()


def _step(index: Store, kind: Kind) -> bool:
    with index.reading() as here:
        mark = here.mark(kind)
    works, after = _next(kind, mark)
    if after == mark:
        return False
    with index.writing() as writing:
        for start in range(0, len(works), _STEP[kind]):
            _read(writing, kind, works[start : start + _STEP[kind]])
        writing.note(kind, after)
    return True


def _next(kind: Kind, mark: Mark) -> tuple[list[int], Mark]:
    """What is to be read next, and how far the index will have come with it; no further if there is nothing."""
    if mark == NOTHING:
        mark = Mark(*changes.latest())
    changed: set[int] = set()
    after = mark
    log = Change.everything.filter(number__gt=mark.number).order_by("number")
    for number, token, works in log.values_list("number", "token", "works")[:_ENTRIES]:
        after = replace(after, number=number, token=token)
        changed.update(work for work in works if mark.swept is None or work <= mark.swept)
        if len(changed) >= _STEP[kind]:
            break
    if after != mark or mark.swept is None:
        return sorted(changed), after
    beyond = Work.everything.filter(pk__gt=mark.swept).order_by("pk").values_list("pk", flat=True)
    works = list(beyond[: _STEP[kind]])
    return works, replace(mark, swept=works[-1] if works else None)


def _read(writing: Writing, kind: Kind, works: list[int]) -> None:
    """Make the documents of works what they are now; those that have not changed are not read."""
    wanted = documents.wanted(kind, works)
    present = writing.present(kind, works)
    writing.drop(kind, present - wanted.keys())
    new = {key: source for key, source in wanted.items() if key not in present}
    for key, columns in documents.read(kind, new):
        writing.add(kind, key, documents.parts(kind, columns))
