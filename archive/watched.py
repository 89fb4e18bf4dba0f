"""The watched folder: what is put there and lies still is imported. Nothing is deleted, and links are not followed."""

import hashlib
import logging
import os
import stat
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from archive import intake
from archive.finding import calibre
from archive.importing import Cancelled, Outcome, Run, Stopped, take_in
from archive.importing.sifting import Rules
from archive.intake import FAILED, Ending, Picked
from archive.models import ImportRun, RunEntry, WatchedFile
from archive.spool import outermost

log = logging.getLogger(__name__)

EVERY = 5.0
"""Seconds between two looks, at least."""
STILL = 10.0
"""Seconds for which a file must not have changed."""
LOOKS = 3
"""In how many looks it must have been the same."""
TOGETHER = 300.0
"""Seconds after which files that lie still wait no longer for others that do not."""
RESPITE = 600.0
"""Seconds to wait after the library could take no more."""
DONE = "done"
"""The folder in the watched folder to which goes what is in; beside it is `FAILED`."""

_PARTIAL = (".part", ".partial", ".crdownload", ".download", ".tmp", "~")
_UNREADABLE = -1


@dataclass(frozen=True, slots=True)
class Likeness:
    """By what a file is known to have stayed the same. One that may not be read has no time, until it may be."""

    size: int
    changed_ns: int


@dataclass(slots=True)
class _Waiting:
    likeness: Likeness
    since: float
    looks: int = 1


@cache
def _watcher(folder: Path, moves: bool) -> "Watcher":
    return Watcher(folder, moves=moves)


def look() -> ImportRun | None:
    """Look into the watched folder, if there is one. Returns the run, when something was imported."""
    return _watcher(settings.WATCH, settings.WATCH_MOVES).look() if settings.WATCH else None


class Watcher:
    """Looks into one folder again and again. What it has taken in, it knows from the database."""

    def __init__(
        self, folder: Path, *, moves: bool, still: float = STILL, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self.folder, self.moves, self.still = folder, moves, still
        self._clock = clock
        self._waiting: dict[Path, _Waiting] = {}
        self._quiet: int | None = None
        """What the folder looked like when nothing in it was new."""
        self._next = 0.0

    def look(self) -> ImportRun | None:
        """Import what is new and lies still, as one run. Without anything new there is no run."""
        began = self._clock()
        if began < self._next:
            return None
        files = dict(_files(self.folder, (DONE, FAILED) if self.moves else ()))
        self._next = began + 10 * (self._clock() - began)  # a vast folder is looked into less often
        state = hash(frozenset(files.items()))
        if state == self._quiet:
            return None
        self._wait_for(_unknown(files), began)
        if not self._waiting:
            self._quiet = state
        return self._take_in(ripe, _spoken_of(ripe, files)) if (ripe := self._ripe(began)) else None

    def _wait_for(self, new: Mapping[Path, Likeness], now: float) -> None:
        before, self._waiting = self._waiting, {}
        for path, likeness in new.items():
            known = before.get(path)
            if known and known.likeness == likeness:
                known.looks += 1
                self._waiting[path] = known
            else:
                self._waiting[path] = _Waiting(likeness, now)

    def _ripe(self, now: float) -> dict[Path, Likeness]:
        """What lies still, once everything does; or what has done so for long."""
        still = {
            path: one for path, one in self._waiting.items() if one.looks >= LOOKS and now - one.since >= self.still
        }
        if len(still) == len(self._waiting) or any(now - one.since >= TOGETHER for one in still.values()):
            return {path: one.likeness for path, one in still.items()}
        return {}

    def _take_in(self, ripe: Mapping[Path, Likeness], more: Iterable[Path]) -> ImportRun:
        """Import what is ripe, and look once more at those of which that says something."""
        now = timezone.now()
        row = ImportRun(way=ImportRun.Way.FOLDER, started_at=now, beat_at=now, paths=[str(self.folder)])
        try:
            take_in(Picked((*ripe, *more), (self.folder,)), Run((), {}, row=row, watch=intake.watch), Rules({}))
        except Cancelled:
            _remember(ripe)
        except Ending:
            return row
        except Stopped as stopped:
            log.warning("the watched folder waits: %s", stopped)
            self._next = self._clock() + RESPITE
            return row
        else:
            self._settle(row, ripe)
        self._waiting = {path: one for path, one in self._waiting.items() if path not in ripe}
        return row

    def _settle(self, row: ImportRun, ripe: Mapping[Path, Likeness]) -> None:
        """Move what was imported, or remember it where it lies."""
        left, why = dict(ripe), ""
        failed = _failed(row, ripe) if self.moves else set()
        for path in ripe if self.moves else ():
            try:
                if _likeness(path) == ripe[path]:
                    _move(path, self.folder, FAILED if path in failed else DONE)
                del left[path]
            except FileNotFoundError:
                left.pop(path)  # somebody was quicker
            except OSError as error:
                why = why or error.strerror or type(error).__name__
        _remember(left)
        if why:
            row.error = f"what came in could not be moved and stays where it is ({why})"[:500]
            row.save(update_fields=["error"])
            log.warning("the watched folder: files could not be moved (%s)", why)


def _files(folder: Path, leave: tuple[str, ...]) -> Iterator[tuple[Path, Likeness]]:
    """Everything below a folder that is no folder, except what is hidden or plainly still arriving."""
    for place, folders, names in os.walk(folder):
        own = Path(place)
        away = leave if own == folder else ()
        links = [name for name in folders if (own / name).is_symlink()]
        folders[:] = sorted(name for name in folders if not name.startswith(".") and name not in (*away, *links))
        for name in sorted([*names, *links]):
            if name.startswith(".") or name.endswith(_PARTIAL):
                continue
            try:
                yield own / name, _likeness(own / name)
            except OSError:
                continue  # it has gone again


def _spoken_of(ripe: Mapping[Path, Likeness], files: Iterable[Path]) -> list[Path]:
    """The files that were here before and may be spoken of in new ones: side-cars and calibre's database do that."""
    libraries = {path.parent for path in ripe if path.name == calibre.NAME}
    stems = {(path.parent, path.name.partition(".")[0]) for path in ripe if path.suffix.lower() == ".json"}
    if not (libraries or stems):
        return []
    return [
        path
        for path in files
        if path not in ripe
        and ((path.parent, path.name.partition(".")[0]) in stems or libraries.intersection(path.parents))
    ]


def _likeness(path: Path) -> Likeness:
    state = path.lstat()
    barred = stat.S_ISREG(state.st_mode) and not os.access(path, os.R_OK)
    return Likeness(state.st_size, _UNREADABLE if barred else state.st_mtime_ns)


def _key(path: Path) -> str:
    return hashlib.sha256(os.fsencode(path)).hexdigest()


def _unknown(files: Mapping[Path, Likeness]) -> dict[Path, Likeness]:
    """The files that were not taken in as they are now."""
    new: dict[Path, Likeness] = {}
    paths = list(files)
    for start in range(0, len(paths), 500):
        some = {_key(path): path for path in paths[start : start + 500]}
        rows = WatchedFile.everything.filter(key__in=some).values_list("key", "size", "changed_ns")
        known = {key: Likeness(size, changed) for key, size, changed in rows}
        new |= {path: files[path] for key, path in some.items() if known.get(key) != files[path]}
    return new


def _remember(files: Mapping[Path, Likeness]) -> None:
    rows = [WatchedFile(key=_key(path), size=one.size, changed_ns=one.changed_ns) for path, one in files.items()]
    WatchedFile.everything.bulk_create(
        rows, batch_size=500, update_conflicts=True, unique_fields=["key"], update_fields=["size", "changed_ns"]
    )


def _failed(row: ImportRun, paths: Iterable[Path]) -> set[Path]:
    """The files that were refused, or in which something was."""
    told = {os.fsencode(path).decode("utf-8", "replace")[-1000:]: path for path in paths}
    entries = RunEntry.everything.filter(run=row, outcome=Outcome.REFUSED.value).values_list("path", flat=True)
    return {told[name] for entry in entries if (name := outermost(entry, told))}


def _move(path: Path, folder: Path, room: str) -> None:
    """Into `done` or `failed` of the watched folder, with the folders it lies in; under another name if need be."""
    there = folder / room / path.parent.relative_to(folder)
    there.mkdir(parents=True, exist_ok=True)
    if not there.resolve().is_relative_to(folder.resolve()):
        raise OSError(0, f"{room} leads out of the folder")
    for number in range(1, 1000):
        name = path.name if number == 1 else f"{path.stem} ({number}){path.suffix}"
        try:
            os.close(os.open(there / name, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))  # nobody else takes the name
        except FileExistsError:
            continue
        try:
            path.replace(there / name)
        except OSError:
            (there / name).unlink()
            raise
        return
    raise OSError(0, f"{path.name} is in {room} too often")
