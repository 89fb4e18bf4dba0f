"""Intake: imports that wait for the worker, what is tried again, and what is cancelled."""

import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django_tasks import task

from archive import finding, spool
from archive.audit import Deed, note
from archive.finding import Found
from archive.importing import Outcome, Run, Stopped, mark_interrupted, reread, take_in
from archive.importing.sifting import Rules
from archive.models import ImportRun, RunEntry
from archive.spool import Spool, Tray

KEPT = timedelta(days=30)
"""How long files that were refused are kept for another try."""

FAILED = "failed"
"""The folder in the watched folder to which goes what could not be read."""

State, Way = ImportRun.State, ImportRun.Way


class Ending(Stopped):
    """The worker was told to end."""


_ending: ContextVar[threading.Event | None] = ContextVar("ending", default=None)


@contextmanager
def until(told: threading.Event) -> Iterator[None]:
    """Within it, a run under way is left off as soon as that is set, and queued again."""
    token = _ending.set(told)
    try:
        yield
    finally:
        _ending.reset(token)


def queue_upload(tray: Tray, *, rules: Mapping[str, Any], fandom_from_folder: bool, by: str) -> ImportRun:
    """Have the worker import what has arrived. Raises OSError when it cannot be put away."""
    with transaction.atomic():
        run = _new(Way.UPLOAD, by, rules=dict(rules), total=len(tray.names))
        run.options = {"spool": str(run.pk), "fandom_from_folder": fandom_from_folder}
        run.save(update_fields=["options"])
        tray.put_away(str(run.pk))
        note(by, Deed.IMPORT_ASKED, f"run {run.pk}")
        carry_out.enqueue(run.pk)
    return run


def queue_rereading(*, by: str, only: str = "") -> ImportRun:
    """Have the worker read all originals again, or those of one format."""
    with transaction.atomic():
        run = _new(Way.REREAD, by, options={"format": only})
        note(by, Deed.IMPORT_ASKED, f"run {run.pk}: originals read again")
        carry_out.enqueue(run.pk)
    return run


def queue_again(run: ImportRun, *, by: str) -> ImportRun | None:
    """Have the worker try once more what has failed; of a run that was cut off or cancelled, all of it.

    None when nothing of it is there any more.
    """
    left = _left_of(run, _refused(run) if run.state == State.FINISHED else None)
    if left is None:
        return None
    with transaction.atomic():
        again = _new(run.way, by, rules=run.rules, follows=run, **left)
        note(by, Deed.IMPORT_ASKED, f"run {again.pk}: run {run.pk} again")
        carry_out.enqueue(again.pk)
    return again


def _left_of(run: ImportRun, failed: list[str] | None) -> dict[str, Any] | None:
    """Paths and options for what has failed and is still there, or for all of a run when that is None."""
    options = {**run.options, "resumed": False}
    if run.options.get("spool"):
        left = Spool(run.options["spool"], run.options.get("only"))
        options["only"] = sorted(left.names) if failed is None else left.holding(failed)
        return {"options": options} if options["only"] else None
    if run.way == Way.REREAD:
        return {"options": options}
    told = run.paths if failed is None else [*failed, *_set_aside(run, failed)]
    paths = _on_disk(told, Path(run.options.get("base", "/")))
    return {"options": options, "paths": [str(path) for path in paths]} if paths else None


def can_try_again(run: ImportRun) -> bool:
    """Whether something of a run has failed or is left, and nobody is at it already."""
    left = run.refused > 0 if run.state == State.FINISHED else not run.live
    return left and not run.followed_by.filter(state__in=[State.QUEUED, State.RUNNING]).exists()


def cancel(run: ImportRun, *, by: str = "") -> None:
    """Take a run out of the queue, or ask the one who is at it to stop between two batches."""
    same = ImportRun.everything.filter(pk=run.pk)
    with transaction.atomic():
        stopped = same.filter(state=State.QUEUED).update(state=State.CANCELLED, finished_at=timezone.now())
        if stopped or same.filter(state=State.RUNNING, stop_asked=False).update(stop_asked=True):
            note(by, Deed.IMPORT_STOPPED, f"run {run.pk}")


@task()
def carry_out(number: int) -> None:
    """Import what a queued run asks for. Called again after the worker was killed in it, go on as a new run."""
    row = _due(number)
    if row is None:
        return
    try:
        _carried_out(row)
    except Ending:
        carry_out.enqueue(number)
    except Stopped:
        return  # its row says why


def watch(run: Run) -> None:
    """What a run asks at each beat while the worker does it."""
    told = _ending.get()
    if told and told.is_set():
        raise Ending("the worker was told to end; the import goes on as soon as one runs again")


@dataclass(frozen=True, slots=True)
class Picked:
    """Some files out of the folders that they were looked for in, and out of no folder those that lie elsewhere."""

    paths: tuple[Path, ...]
    folders: tuple[Path, ...] = ()

    def count(self) -> int:
        """How many there are."""
        return finding.count(self.paths)

    def find(self) -> Iterator[Found]:
        """Every file, and every entry of every archive, with what lies beside it."""
        whole = {folder for folder in self.folders if folder.is_dir() and not folder.is_symlink()}
        loose = [path for path in self.paths if not whole.intersection(path.parents)]
        yield from finding.find(sorted(whole), settings.DATA, only=set(self.paths))
        yield from finding.find(loose, settings.DATA)


def forget() -> int:
    """Remove what was kept of uploads whose last run ended long ago. Returns how many."""
    since = timezone.now() - KEPT
    uploads = ImportRun.everything.filter(way=Way.UPLOAD)
    late = uploads.filter(finished_at__gte=since) | uploads.filter(finished_at=None)
    known = {options.get("spool", "") for options in late.values_list("options", flat=True)}
    return spool.sweep(known, timedelta(days=1).total_seconds())


def _new(way: str, by: str, **facts: Any) -> ImportRun:
    now = timezone.now()
    run = ImportRun(way=way, asked_by=by, state=State.QUEUED, started_at=now, beat_at=now, **facts)
    run.save(force_insert=True)
    return run


def _due(number: int) -> ImportRun | None:
    """The run that is to be done for a task: the one it was queued for, or what takes it up after it was cut off."""
    row = ImportRun.everything.filter(pk=number).first()
    while row and (later := row.followed_by.filter(options__resumed=True).first()):
        row = later
    if row and row.state == State.RUNNING:
        mark_interrupted()
        row.refresh_from_db()
    if row and row.state == State.INTERRUPTED and not row.stop_asked:
        options = {**row.options, "resumed": True}
        return _new(row.way, row.asked_by, rules=row.rules, options=options, paths=row.paths, follows=row)
    return row if row and row.state == State.QUEUED else None


def _carried_out(row: ImportRun) -> None:
    if row.way == Way.REREAD:
        reread(row.options.get("format", ""), row=row, watch=watch)
        return
    rules = Rules(row.rules, bool(row.options.get("fandom_from_folder")))
    run = Run((), {}, row=row, watch=watch)
    if not row.options.get("spool"):
        roots = row.follows.paths if row.follows else ()
        take_in(Picked(tuple(map(Path, row.paths)), tuple(map(Path, roots))), run, rules)
        return
    files = Spool(row.options["spool"], row.options.get("only"))
    take_in(files, run, rules)
    files.clear(keep=files.holding(_refused(row)))


def _refused(run: ImportRun) -> list[str]:
    entries = RunEntry.everything.filter(run=run, outcome=Outcome.REFUSED.value)
    return list(entries.values_list("path", flat=True).distinct().order_by("path"))


def _set_aside(run: ImportRun, failed: list[str]) -> list[str]:
    """Where the watched folder may have moved what has failed."""
    roots = [Path(root) for root in run.paths] if run.way == Way.FOLDER else []
    return [
        str(root / FAILED / Path(path).relative_to(root))
        for root in roots
        for path in failed
        if Path(path).is_relative_to(root)
    ]


def _on_disk(told: list[str], base: Path) -> list[Path]:
    """The files that were told under these paths, or that hold what was, as far as they are there."""
    found: dict[Path, None] = {}
    for path in (base / one for one in told):
        there = next((one for one in (path, *path.parents) if one.exists()), path)
        if there.is_file() or (there == path and there.exists()):
            found[there] = None
    return list(found)
