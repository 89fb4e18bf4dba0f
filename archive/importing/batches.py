"""Batches: as many works in one transaction as it can take quickly; a work that cannot be stored costs only itself."""

import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

from django.db import DatabaseError, IntegrityError, InterfaceError, OperationalError, connection, transaction

from archive import handing, originals
from archive.importing.cases import Arrival
from archive.importing.outcomes import Outcome, Told
from archive.importing.runs import Stopped, reason_to_stop
from archive.importing.storing import store

LIMIT = 100
"""The most works of one transaction."""
TRIES = 6

_PASSING = ("locked", "busy", "deadlock", "could not serialize")


class _DryRun(Exception):
    """Undoes what was stored only to see what would become of it."""


class Batches:
    """Stores batch after batch, and learns how many works make one: pages write too, and must not wait for long."""

    PATIENCE = 0.075
    """Seconds that one transaction may take. SQLite has one writer at a time, and who waits looks only now and then."""
    PAUSE = 0.025
    """Seconds left to others between two transactions: as long as SQLite lets those sleep who wait up to LONG."""
    LONG, LONG_PAUSE = 0.1, 0.105
    """After a transaction that took longer, those who wait sleep up to a tenth of a second between two looks."""
    LEAST = 25
    """Fewer works than this are not worth a transaction, however busy the machine is."""

    def __init__(self, *, dry: bool = False) -> None:
        self._dry = dry
        self._alone = connection.vendor == "sqlite"
        self._crew = ThreadPoolExecutor(originals.HANDS, thread_name_prefix="originals")
        self._ended = 0.0
        self._pause = self.PAUSE
        self.size = self.LEAST if self._alone else LIMIT

    def store(self, batch: Sequence[Arrival]) -> list[Told]:
        """Keep originals and pictures, then put the works on the shelf; tells of each, in order."""
        files = {file for arrival in batch for file in arrival.prepared.files}
        aside = {file.aside: file.sha256 for file in files if file.aside}
        for arrival in batch:
            aside |= arrival.prepared.pictures
        originals.secure(aside, self._crew)
        if not self._alone:
            return _store(batch, self._dry)
        began = max(time.monotonic(), self._ended + self._pause)
        time.sleep(max(0.0, began - time.monotonic()))
        told = _store(batch, self._dry)
        self._ended = time.monotonic()
        took = self._ended - began
        self._pause = self.PAUSE if took < self.LONG else self.LONG_PAUSE
        fitting = int(len(batch) * self.PATIENCE / took)
        self.size = max(self.LEAST, min(LIMIT, fitting, self.size * 2))
        return told


def _store(batch: Sequence[Arrival], dry: bool) -> list[Told]:
    try:
        return _tried(batch, dry)
    except (OperationalError, InterfaceError) as error:
        raise Stopped(reason_to_stop(error)) from error
    except (DatabaseError, ValueError, LookupError, TypeError, ArithmeticError) as error:
        if len(batch) > 1:
            return [told for arrival in batch for told in _store([arrival], dry)]
        if not dry:
            handing.withhold([(batch[0].prepared.file.sha256, batch[0].prepared.identity)])
        return [_unstorable(batch[0], error)]


def _tried(batch: Sequence[Arrival], dry: bool) -> list[Told]:
    """Once more when another writer was in the way: then its works are there, and are read."""
    for tries in range(TRIES):
        try:
            return _dry(batch) if dry else store(batch)
        except IntegrityError:
            if tries >= TRIES // 2:
                raise
        except OperationalError as error:
            if tries == TRIES - 1 or not any(word in str(error).lower() for word in _PASSING):
                raise
        time.sleep(0.05 * 2**tries)
    raise AssertionError("the last try returns or raises")


def _dry(batch: Sequence[Arrival]) -> list[Told]:
    told: list[Told] = []
    try:
        with transaction.atomic():
            told = store(batch)
            raise _DryRun
    except _DryRun:
        return told


def _unstorable(arrival: Arrival, error: Exception) -> Told:
    stated = arrival.prepared.statement.work
    reason = str(error).strip().partition("\n")[0]
    return Told(
        path=arrival.prepared.file.path,
        outcome=Outcome.REFUSED,
        format=arrival.prepared.file.format,
        source=stated.source,
        source_id=stated.source_id,
        title=stated.title,
        reason=f"cannot be stored: {reason}"[:500],
    )
