"""The current state of the index, for whoever has a question. Each process follows the change log by itself.

At each question the log's last entry is looked at, and the folder of snapshots: what they say decides whether what this
process knows is still so. What it knows is swapped as a whole, so that threads read it without a lock; one thread at a
time follows, and those whose question came after a change wait for it.
"""

import logging
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from threading import Lock

from django.utils import timezone

from archive import changes
from archive.index import log as changelog
from archive.index import snapshots
from archive.index.delta import Followed, begun, followed
from archive.index.doubting import doubt, trusted
from archive.index.log import Position
from archive.index.snapshots import Snapshot, Stamp
from archive.index.state import State
from archive.models import WorkerBeat

log = logging.getLogger(__name__)

SMALL = 10_000
"""Works that plain SQL looks through in good time."""
_LATE = timedelta(minutes=2)
"""After so long without a sign the worker is not there to build a snapshot."""
_OVERDUE = timedelta(minutes=30)
"""After so long in hiding a work waits for no snapshot any more: none can be built, or none can be opened."""


@dataclass(frozen=True, slots=True)
class Known:
    """What a process knows: the snapshot it has opened, and how far it has followed the log from there."""

    stamp: Stamp
    snapshot: Snapshot | None = None
    followed: Followed | None = None

    def holds_good(self, position: Position, stamp: Stamp) -> bool:
        """Whether nothing has happened since."""
        return self.stamp == stamp and (self.followed is None or self.followed.position == position)


@dataclass(frozen=True, slots=True)
class Standing:
    """How the index is: the works in its newest snapshot, when that was built, and how many have changed since."""

    works: int
    built: datetime
    changed: int


_known = Known(("", 0))
_lock = Lock()


def state() -> State | None:
    """The index as of now, every change that is committed in it; None when plain SQL has to answer."""
    known = _now().followed
    if known is None or not trusted(known.base) or (known.hides and _better_asked_plainly(known)):
        return None
    return known.state


def standing() -> Standing | None:
    """How the index is; None when there is no snapshot of this database."""
    known = _now()
    if known.snapshot is None or known.followed is None:
        return None
    return Standing(len(known.snapshot.part), known.snapshot.built, len(known.followed.changed))


def exact() -> bool:
    """Whether nothing waits for the next snapshot that the index would have to show otherwise."""
    known = _now().followed
    return known is None or not (known.hides or known.lags)


def _now() -> Known:
    position, stamp = changes.latest(), snapshots.stamp()
    known = _known
    if known.holds_good(position, stamp):
        return known
    only_newer = known.followed is not None and known.followed.position == position and known.stamp[0] == stamp[0]
    # A snapshot that is only newer than the one in use is nobody's hurry: whoever comes first opens it.
    if not _lock.acquire(blocking=not only_newer):
        return known
    try:
        return _caught_up(position, stamp)
    finally:
        _lock.release()


def _caught_up(position: Position, stamp: Stamp) -> Known:
    """Follow, and adopt. Only under the lock; another thread may have done it by now."""
    global _known  # noqa: PLW0603 - one for each process, swapped as a whole
    known = _known
    if known.holds_good(position, stamp):
        return known
    if known.stamp == stamp:
        known = _followed(known)
    if known.stamp != stamp or known.followed is None:
        known = _adopted(known, stamp)
    _known = known
    return known


def _followed(known: Known) -> Known:
    """The same snapshot at the newest entry; without it, if the log has none of that any more."""
    if known.followed is None:
        return known
    try:
        return replace(known, followed=followed(known.followed))
    except changelog.Elsewhere:
        log.info("the change log does not go on where it was: the database is another one, or much was missed")
        return Known(known.stamp)


def _adopted(known: Known, stamp: Stamp) -> Known:
    """The newest snapshot there is, brought up to now; the one in use if that is the newest or none is left."""
    here = known if known.stamp[0] == stamp[0] and not _damaged(known.snapshot) else Known(stamp)
    found = snapshots.newest(here.snapshot)
    if found and found is not here.snapshot:
        return _followed(Known(stamp, found, begun(found.part)))
    return _followed(replace(here, stamp=stamp))


def _damaged(snapshot: Snapshot | None) -> bool:
    """Whether somebody has found that the one in use is damaged: the worker, or another process that stumbled."""
    return snapshot is not None and snapshots.is_aside(snapshot.folder)


def _better_asked_plainly(known: Followed) -> bool:
    """Whether what is hidden should be shown after all: the library is small, or it has waited for too long, or nobody
    builds a snapshot."""
    if len(known.base) + len(known.changed) <= SMALL:
        return True
    if known.since and known.since < timezone.now() - _OVERDUE:
        return True
    return not WorkerBeat.everything.filter(at__gte=timezone.now() - _LATE).exists()


def stands() -> bool:
    """Whether this process has a snapshot open, in which it could have been led astray."""
    return _known.snapshot is not None


def astray() -> None:
    """Somebody could not make sense of what the index told: doubt the snapshot in use."""
    if snapshot := _known.snapshot:
        doubt(snapshot)


def forget() -> None:
    """Know nothing, as a new process does."""
    global _known  # noqa: PLW0603
    with _lock:
        _known = Known(("", 0))
