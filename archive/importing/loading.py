"""Loading: what is read from many files, gathered into batches, and each file known once it was read to its end."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from archive.crew import Read
from archive.importing.batches import LIMIT, Batches
from archive.importing.cases import Arrival
from archive.importing.outcomes import Outcome, Told
from archive.importing.runs import Run, Stopped
from archive.models import SourceFile
from archive.preparing import File, Prepared

WEIGHT = 4 * 1024 * 1024
"""Bytes of texts that make a batch full, however few works they are."""


@dataclass(slots=True)
class _Open:
    """A file that is being read."""

    path: str
    ruled: Mapping[str, Any]
    known: "Known"
    waiting: list[Prepared] = field(default_factory=list)
    stored: File | None = None
    """Set when works of it have been stored before its end was seen."""
    refused: bool = False


class Known:
    """What is known of a file before it is read. Of one that comes in: nothing, its works are who they say they are.

    `anew` is true of a file that is here and is only read again.
    """

    anew = False

    def named(self, work: Prepared) -> list[Prepared]:
        """The works that may be stored, now that this one was read."""
        return [work]

    def rest(self) -> list[Prepared]:
        """The works that had to wait for the end of the file."""
        return []


NOTHING = Known()


class Loader:
    """Takes what is read, and stores it in batches."""

    def __init__(self, run: Run, *, keep_ids: bool) -> None:
        self._run = run
        self._keep_ids = keep_ids
        self._batches = Batches(dry=run.dry)
        self._files: dict[int, _Open] = {}
        self._full: list[Arrival] = []
        """Works of files that were read to their end, ready to be stored."""
        self._weight = 0

    def expect(self, number: int, path: str, ruled: Mapping[str, Any], known: Known = NOTHING) -> None:
        """A file is about to be read."""
        self._files[number] = _Open(path, ruled, known)

    def take(self, read: Read) -> None:
        """One thing that was read: a work, a reason, or the end of a file."""
        file = self._files[read.number]
        if read.fatal:
            raise Stopped(read.fatal)
        if read.refused:
            file.refused = True
            self._run.tell([Told(file.path, Outcome.REFUSED, title=read.title, reason=read.refused)])
        elif read.work:
            file.waiting += file.known.named(read.work)
            self._weight += read.work.weight
            if len(file.waiting) >= LIMIT or self._weight >= WEIGHT * 2:
                self._store_part(file)
        else:
            self._end(self._files.pop(read.number))
        if len(self._full) >= self._batches.size or self._weight >= WEIGHT:
            self.flush()

    def flush(self) -> None:
        """Store what waits, in batches of the size that has shown itself to be quick."""
        while self._full:
            batch, self._full = self._full[: self._batches.size], self._full[self._batches.size :]
            self._run.tell(self._batches.store(batch))
        self._weight = sum(work.weight for file in self._files.values() for work in file.waiting)

    def _store_part(self, file: _Open) -> None:
        """Works of a file whose end is not in sight. Until it is, the file counts as unread."""
        self._full += [self._arrival(work, file, whole=False) for work in file.waiting]
        file.stored, file.waiting = file.waiting[-1].file, []
        self.flush()

    def _end(self, file: _Open) -> None:
        file.waiting += file.known.rest()
        whole = not file.refused and file.stored is None
        self._full += [self._arrival(work, file, whole=whole) for work in file.waiting]
        if file.stored and not file.refused:
            self.flush()
            _mark_read(file.stored)
        self._run.row.done += 1

    def _arrival(self, work: Prepared, file: _Open, *, whole: bool) -> Arrival:
        return Arrival(work, file.ruled, keep_id=self._keep_ids, whole=whole, anew=file.known.anew)


def _mark_read(file: File) -> None:
    """A file of many works has come to its end: from now on it need not be read again. In short transactions."""
    while some := list(
        SourceFile.everything.filter(sha256=file.sha256, format_version=0).values_list("pk", flat=True)[:500]
    ):
        SourceFile.everything.filter(pk__in=some).update(format_version=file.format_version)
