"""Snapshots: the folders `index/<when it was built>/` in CARREL_DATA. All of it may be deleted at any time."""

import logging
import os
import shutil
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings

from archive import changes
from archive.index import log as changelog
from archive.index.building import snapshot
from archive.index.folder import ARRAYS, Damaged, damage
from archive.index.part import Part

log = logging.getLogger(__name__)

KEPT = 2
"""Snapshots that are left on the disk: the newest, and the one that others may be opening at this moment."""
Stamp = tuple[str, int]
_NAME = "%Y%m%dT%H%M%S.%fZ"
_ASIDE = ".damaged."
_told: set[Path] = set()
"""Damaged ones that could not be put aside: nothing can be written where they are."""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A snapshot that is open. Its files stay readable when the folder is removed."""

    folder: Path
    part: Part

    @property
    def built(self) -> datetime:
        """When it was read from the database."""
        return datetime.strptime(self.folder.name, _NAME).replace(tzinfo=UTC)


def house() -> Path:
    """Where they are. Nobody promises that it is there."""
    return Path(settings.DATA) / "index"


def stamp() -> Stamp:
    """Where snapshots are, and what changes whenever one comes or goes. It costs a few microseconds."""
    place = f"{settings.DATA}/index"
    try:
        return place, os.stat(place).st_mtime_ns
    except OSError:
        return place, 0


def newest(opened: Snapshot | None = None) -> Snapshot | None:
    """The newest snapshot of this database, the one that is open already if that is it; None when there is none.

    One whose position the log does not hold is passed over: a backup was restored. A damaged one is put aside.
    """
    for folder in _folders():
        if opened and folder == opened.folder and changelog.holds(opened.part.position):
            return opened
        try:
            found = Snapshot(folder, Part.open(folder))
        except Damaged as damaged:
            _put_aside(folder, damaged)
        except OSError as error:
            log.warning("a snapshot of the index cannot be read at this moment (%s)", error)
        else:
            if changelog.holds(found.part.position):
                return found
    return None


def prove() -> None:
    """Read the newest snapshot through, and put it aside when its bytes are not those that were written."""
    if found := newest():
        whole(found.folder)


def whole(folder: Path) -> bool:
    """Whether all bytes of a snapshot are those that were written; when they are not it is put aside.

    One that is gone meanwhile is as whole as it ever was: whoever has it open keeps it.
    """
    try:
        wrong = damage(folder)
    except Damaged as damaged:
        if not folder.exists():
            return not is_aside(folder)
        _put_aside(folder, damaged)
        return False
    except OSError as error:
        log.warning("a snapshot of the index cannot be read at this moment (%s)", error)
        return False
    if wrong:
        _put_aside(folder, Damaged(f"{folder}: {', '.join(wrong)}"))
    return not wrong


def is_aside(folder: Path) -> bool:
    """Whether a snapshot was found damaged by whichever process, and put aside. Told until the next one is built."""
    return folder in _told or _aside(folder).exists()


def _aside(folder: Path) -> Path:
    return folder.with_name(f"{_ASIDE}{folder.name}")


def build() -> Snapshot | None:
    """Build a snapshot, and remove those that it replaces; None in a library where nothing was ever written.

    Only for whoever holds the lock "index". Raises OSError when nothing can be written, and DatabaseError.
    """
    if changes.latest() == changelog.START:
        return None
    _make_room()
    folder = house() / datetime.now(UTC).strftime(_NAME)
    house().mkdir(exist_ok=True)
    try:
        snapshot(folder)
    except OSError:
        _make_room()  # on a full disk, what was written so far is only in the way
        raise
    built = Snapshot(folder, Part.open(folder))
    _remove_all_but(folder)
    return built


def _remove_all_but(newest: Path) -> None:
    """Remove what a new snapshot replaces, but for the newest of the others that is of this database."""
    keep = [newest]
    for other in _folders():
        with suppress(Damaged, OSError):
            if len(keep) < KEPT and other != newest and changelog.holds(Part.open(other).position):
                keep.append(other)
    _sweep([*(other for other in _folders() if other not in keep), *_unfinished()])


def positions() -> list[int]:
    """The numbers in the log that snapshots on the disk stand at: what follows these may still be read."""
    found = []
    for folder in _folders():
        with suppress(Damaged, OSError):
            found.append(Part.open(folder).position[0])
    return found


def _folders() -> list[Path]:
    """Newest first."""
    try:
        names = sorted((path for path in house().iterdir() if path.name[0].isdigit()), reverse=True)
    except OSError:
        return []
    return [path for path in names if path not in _told]


def _make_room() -> None:
    """Sweep what is left over. Of those put aside the folder stays until another snapshot has come in their place, so
    that whoever has one open learns that it is damaged."""
    over = _unfinished()
    _sweep([folder for folder in over if not folder.name.startswith(_ASIDE)])
    for folder in over:
        with suppress(OSError):
            (folder / ARRAYS).unlink()


def _unfinished() -> list[Path]:
    """What was begun and not ended, or is being removed, or was put aside."""
    with suppress(OSError):
        return [path for path in house().iterdir() if path.name.startswith(".")]
    return []


def _put_aside(folder: Path, damaged: Damaged) -> None:
    if not folder.exists():  # removed a moment ago, while it was being opened
        return
    log.warning("a snapshot of the index cannot be used (%s) and is put aside; it will be built anew", damaged)
    try:
        folder.rename(_aside(folder))
    except FileNotFoundError:
        pass
    except OSError:
        _told.add(folder)


def _sweep(folders: list[Path]) -> None:
    """Remove folders. They get another name first, so that nobody opens one of which half is gone."""
    for folder in folders:
        with suppress(OSError):
            hidden = folder if folder.name.startswith(".") else folder.rename(folder.with_name(f".{folder.name}"))
            shutil.rmtree(hidden, ignore_errors=True)
