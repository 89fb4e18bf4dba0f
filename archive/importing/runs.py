"""Runs: the record that each import keeps of itself, and the report of every file in it."""

import fcntl
import gzip
import json
import time
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from datetime import timedelta
from pathlib import Path
from types import TracebackType
from typing import IO, Any

from django.conf import settings
from django.db import DatabaseError
from django.utils import timezone

from archive.importing.outcomes import Outcome, Told
from archive.models import ImportRun, RunEntry
from archive.naming import fitted
from archive.originals import CannotKeep, cannot_write

BEAT = 1.0
"""Seconds between two signs of life, at least."""
SILENT = timedelta(minutes=5)

_NAMED = (Outcome.REFUSED, Outcome.HELD)
_LONG = 500


class Stopped(Exception):
    """The run could not go on. Its message is one line for the keeper."""


class Cancelled(Stopped):
    """A keeper has asked the run to stop."""


class Run:
    """One import under way: a row that counts, a report that names, and a lock that shows that the process lives.

    A dry run has neither row nor report of its own; it only counts.
    """

    def __init__(
        self,
        paths: Sequence[str],
        rules: dict[str, Any],
        *,
        dry: bool = False,
        report: Path | None = None,
        watch: "Callable[[Run], None] | None" = None,
        row: ImportRun | None = None,
    ) -> None:
        now = timezone.now()
        self.row = row or ImportRun(started_at=now, beat_at=now, paths=list(paths), rules=rules)
        """A row that was queued is taken up; without one a new row is made."""
        self.dry = dry
        self.reasons: Counter[str] = Counter()
        """Why files were refused, and how many."""
        self.holds: Counter[str] = Counter()
        """Why works are held, and how many."""
        self.named: list[Told] = []
        """The first that were refused or held, for the closing report."""
        self._copy = report
        self._watch = watch
        self._reports: list[IO[str]] = []
        self.not_stated: Counter[str] = Counter()
        """How many works state no fandom, no rating, no warnings."""
        self.changed: Counter[str] = Counter()
        """In what works that were here say otherwise now, and how many."""
        self._beaten = 0.0
        self._lock: IO[bytes] | None = None

    def __enter__(self) -> "Run":
        try:
            if self._copy:
                self._reports.append(self._copy.open("w", encoding="utf-8"))
            if not self.dry:
                self._open_report()
        except OSError as error:
            raise Stopped(cannot_write(error)) from error
        return self

    def _open_report(self) -> None:
        mark_interrupted()
        folder = Path(settings.DATA) / "runs"
        folder.mkdir(parents=True, exist_ok=True)
        self._take_up()
        self.row.report = f"runs/{self.row.pk}.jsonl.gz"
        self._lock = (folder / f"{self.row.pk}.lock").open("wb")
        fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        self._reports.append(gzip.open(folder / f"{self.row.pk}.jsonl.gz", "wt", encoding="utf-8"))  # noqa: SIM115
        self._save()

    def _take_up(self) -> None:
        """Make the row, or begin the one that was queued, unless that has been cancelled by now."""
        if self.row.pk is None:
            self.row.save(force_insert=True)
            return
        now, state = timezone.now(), ImportRun.State
        begun = ImportRun.everything.filter(pk=self.row.pk, state=state.QUEUED)
        if not begun.update(state=state.RUNNING, started_at=now, beat_at=now):
            raise Cancelled("it is not in the queue any more")
        self.row.refresh_from_db()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.row.state, self.row.finished_at = _ended(error), timezone.now()
        if error and not isinstance(error, Cancelled):
            self.row.error = fitted(_line(error), _LONG)
        try:
            for report in self._reports:
                report.close()
            self._save()
        except (OSError, DatabaseError) as late:
            if error is None:
                raise Stopped(reason_to_stop(late)) from late
        finally:
            if self._lock:
                Path(self._lock.name).unlink(missing_ok=True)
                self._lock.close()

    def tell(self, each: Iterable[Told]) -> None:
        """Count and write down what became of works and files."""
        entries = []
        try:
            for told in each:
                self._count(told)
                line = json.dumps(told.line(), ensure_ascii=False) + "\n"
                for report in self._reports:
                    report.write(line)
                if told.outcome in _NAMED:
                    entries.append(self._entry(told))
        except OSError as error:
            raise Stopped(cannot_write(error)) from error
        if entries and not self.dry:
            RunEntry.everything.bulk_create(entries)
        self.beat()

    def _count(self, told: Told) -> None:
        name = told.outcome.value
        setattr(self.row, name, getattr(self.row, name) + 1)
        self.not_stated.update(told.not_stated)
        self.changed.update(told.changed)
        if told.outcome is Outcome.REFUSED:
            self.reasons[told.reason] += 1
        if told.outcome is Outcome.HELD:
            self.holds[told.reason] += 1
        if told.outcome in _NAMED and len(self.named) < _LONG:
            self.named.append(told)

    def _entry(self, told: Told) -> RunEntry:
        return RunEntry(
            run=self.row,
            outcome=told.outcome.value,
            path=told.path[-1000:],
            title=fitted(told.title, _LONG),
            reason=fitted(told.reason, _LONG),
            work_id=told.work,
        )

    def beat(self, *, at_once: bool = False) -> None:
        """Show that the run lives, and how far it is. Raises `Cancelled` when a keeper has asked for that."""
        if self._watch:
            self._watch(self)
        if self.dry or (not at_once and time.monotonic() - self._beaten < BEAT):
            return
        self._beaten = time.monotonic()
        self._save()
        if ImportRun.everything.filter(pk=self.row.pk, stop_asked=True).exists():
            raise Cancelled("a keeper has cancelled it")

    def _save(self) -> None:
        self.row.beat_at = timezone.now()
        self.row.total = max(self.row.total, self.row.done)
        self.row.not_stated, self.row.changed = dict(self.not_stated), dict(self.changed)
        if not self.dry:
            self.row.save(update_fields=_COUNTED)


_COUNTED = (
    "state", "finished_at", "beat_at", "total", "done", *(one.value for one in Outcome), "not_stated", "changed",
    "error", "report",
)  # fmt: skip
"""What a run writes of its row. What keepers write there meanwhile stays."""


def _ended(error: BaseException | None) -> ImportRun.State:
    if isinstance(error, Cancelled):
        return ImportRun.State.CANCELLED
    return ImportRun.State.INTERRUPTED if error else ImportRun.State.FINISHED


def mark_interrupted() -> int:
    """Close the runs whose process is gone: its lock is free, or it has none and has long been silent."""
    marked = 0
    for row in ImportRun.everything.filter(state=ImportRun.State.RUNNING):
        if _is_gone(row):
            row.state, row.finished_at = ImportRun.State.INTERRUPTED, row.beat_at
            row.error = row.error or "the process ended before its work was done"
            row.save(update_fields=["state", "finished_at", "error"])
            marked += 1
    return marked


def _is_gone(row: ImportRun) -> bool:
    lock = Path(settings.DATA) / "runs" / f"{row.pk}.lock"
    try:
        with lock.open("rb") as file:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except FileNotFoundError:
        return row.beat_at < timezone.now() - SILENT
    except OSError:
        return False
    lock.unlink(missing_ok=True)
    return True


def reason_to_stop(error: BaseException) -> str:
    """One line on why a run cannot go on."""
    if isinstance(error, OSError):
        return cannot_write(error)
    words = _line(error)
    if "readonly" in words or "read-only" in words:
        return "the library's database cannot be written to"
    if "full" in words or "No space" in words:
        return "the disk that holds the library is full"
    return f"the library's database fails ({words})"


def _line(error: BaseException) -> str:
    if isinstance(error, KeyboardInterrupt):
        return "interrupted by the keeper"
    if isinstance(error, Stopped | CannotKeep):
        return str(error)
    return f"{type(error).__name__}: {str(error).strip().partition(chr(10))[0]}".rstrip(": ")
