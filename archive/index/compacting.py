"""Compaction: when a new snapshot is wanted, and building it. The old one serves meanwhile, with its delta."""

import logging
from datetime import UTC, datetime, timedelta

from pyroaring import BitMap

from archive import changes, locks
from archive.index import log as changelog
from archive.index import snapshots
from archive.index.refolding import refolded
from archive.index.snapshots import Snapshot

log = logging.getLogger(__name__)

ENOUGH = 1_000
"""Changed works for which a new snapshot is built: half of what a delta has room for."""
OLD = timedelta(days=1)
"""After so long one is built for any change at all."""


class CannotBuild(Exception):
    """No snapshot could be written. Its message says why; plain SQL answers, or the snapshot that there is."""


class Watch:
    """Whether a new snapshot is wanted; looked into only when the log or the folder of snapshots has moved."""

    def __init__(self) -> None:
        self._snapshot: Snapshot | None = None
        self._seen: object = None
        self._changed = 0

    def wanted(self) -> bool:
        """Whether there is none of this database, or too much has changed since it was built, or it is old."""
        position = changes.latest()
        if position == changelog.START:
            return False
        if self._seen != (seen := (position, snapshots.stamp())):
            self._snapshot = snapshots.newest(self._snapshot)
            self._changed = changed(self._snapshot) if self._snapshot else 0
            self._seen = seen
        if self._snapshot is None:
            return True
        old = datetime.now(UTC) - self._snapshot.built > OLD
        return self._changed >= ENOUGH or (old and self._snapshot.part.position != position)


def changed(snapshot: Snapshot) -> int:
    """How many works are to be laid out anew since a snapshot: they have changed, or their tags have."""
    try:
        entries = changelog.after(snapshot.part.position)
    except changelog.Elsewhere:
        return ENOUGH
    works = BitMap(work for entry in entries for work in entry.works)
    return len(works | refolded(snapshot.part, {tag for entry in entries for tag in entry.tags}))


def compact(*, wait: bool) -> Snapshot | None:
    """Build a snapshot now, in this process; None in a library where nothing was ever written.

    Never two at once: raises `locks.Taken` when another process builds one, unless it is to be waited for. Raises
    CannotBuild when the disk is full, or nothing may be written there.
    """
    try:
        with locks.held("index", wait=wait):
            return snapshots.build()
    except OSError as error:
        raise CannotBuild(f"The index could not be written: {error.strerror or error}.") from error
