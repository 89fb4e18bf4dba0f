"""Doubt: a snapshot that led somebody astray is read through, and never asked again when it is damaged.

What is checked of a snapshot, and where:

- its header and the sizes when it is opened (`folder.read`); no more, since a first page waits for that;
- every byte when it was stumbled over (here, in a thread of its own), by the worker now and then (`snapshots.prove`),
  and by `check_index`;
- every work by its row before it is shown (`archive.catalogue`), so that no damage shows a work that is hidden.

An answer that could not be made, or that makes no sense to whoever lays the page, is noticed at once (`kept`). One that
is merely wrong, such as another number or a work that is missing, is noticed by nobody before all bytes are read.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from threading import Lock, Thread
from weakref import WeakKeyDictionary, WeakSet

from archive.index import snapshots
from archive.index.part import Part
from archive.index.snapshots import Snapshot

SOUND_FOR = 600.0
"""Seconds for which a snapshot that was read through is not read again, however often somebody stumbles."""

READING = "doubting the index"
"""What the thread is called that reads a snapshot through."""

_doubted: WeakSet[Part] = WeakSet()
_sound: WeakKeyDictionary[Part, float] = WeakKeyDictionary()
_lock = Lock()
_left_alone: ContextVar[bool] = ContextVar("left_alone", default=False)


def trusted(part: Part) -> bool:
    """Whether a snapshot may be asked."""
    return part not in _doubted and not _left_alone.get()


@contextmanager
def left_alone() -> Iterator[None]:
    """Within it no snapshot is asked: plain SQL answers."""
    token = _left_alone.set(True)
    try:
        yield
    finally:
        _left_alone.reset(token)


def doubt(snapshot: Snapshot) -> None:
    """Ask a snapshot no more that led somebody astray, until it was read through: for good when it is damaged.

    A mistake in our own code leads astray as well, and would do so for ever: bytes that are as they were written are
    trusted again, and not read at every such answer. Reading a million works takes a second: whoever stumbled has plain
    SQL answer meanwhile and does not wait.
    """
    with _lock:
        if snapshot.part in _doubted or time.monotonic() < _sound.get(snapshot.part, 0.0):
            return
        _doubted.add(snapshot.part)
    Thread(target=_read_through, args=[snapshot], name=READING, daemon=True).start()


def _read_through(snapshot: Snapshot) -> None:
    if snapshots.whole(snapshot.folder):
        with _lock:
            _sound[snapshot.part] = time.monotonic() + SOUND_FOR
            _doubted.discard(snapshot.part)
