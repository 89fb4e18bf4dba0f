"""Folding: while works come in, SQLite's log is folded into the database beside the import, not in its midst.

Left to itself SQLite folds its log in during the commit that has made it long enough. In a large library that is much
writing all over the file, and an import would wait for it again and again. Here a thread does it meanwhile.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import DatabaseError, connection
from django.db.backends.base.base import BaseDatabaseWrapper

EVERY = 1.0
"""Seconds between two foldings."""
LONG = 16_000
"""Pages of the log, 64 MB, after which it has to begin anew."""
PATIENCE = 200
"""Milliseconds for which readers are waited for when it has; writers have to wait as long."""


@contextmanager
def folding_beside() -> Iterator[None]:
    """Within, this connection folds nothing in itself. On Postgres there is nothing to fold."""
    if connection.vendor != "sqlite":
        yield
        return
    before = _pragma(connection, "wal_autocheckpoint")[0]
    _pragma(connection, "wal_autocheckpoint=0")
    over = threading.Event()
    thread = threading.Thread(target=_fold, args=(connection.copy(), over), name="folding", daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()
        _pragma(connection, f"wal_autocheckpoint={before}")


def _fold(own: BaseDatabaseWrapper, over: threading.Event) -> None:
    own.inc_thread_sharing()
    try:
        while not over.wait(EVERY):
            _pragma(own, f"busy_timeout={PATIENCE}")
            _, pages, _ = _pragma(own, "wal_checkpoint(PASSIVE)")
            if pages > LONG:
                _pragma(own, "wal_checkpoint(RESTART)")
    except DatabaseError:
        return  # the import itself will meet what is wrong, and say it
    finally:
        own.close()


def _pragma(database: BaseDatabaseWrapper, words: str) -> tuple[int, ...]:
    with database.cursor() as cursor:
        cursor.execute(f"PRAGMA {words}")
        return cursor.fetchone() or ()
