"""The spool: files that were uploaded wait here under numbers until they are in. Their names are only words."""

import json
import os
import shutil
import tempfile
import time
import weakref
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import BinaryIO

from django.conf import settings

from archive import finding
from archive.finding import Found

LIST = "names.json"
NAME, PATH = 255, 900
"""The longest name and path that are shown, in characters."""

_PREFIX = "upload-"
_LONGEST = 8000


def folder() -> Path:
    """Where uploaded files wait for the worker."""
    return Path(settings.DATA) / "uploads"


def shown(name: str) -> str:
    """A sender's path fit to be shown: parts that say something, without what cannot be seen or turns lines round.

    >>> shown("../My Works\\\\\\u202eone.txt")
    'My Works/one.txt'
    """
    sent = name[-_LONGEST:].replace("\\", "/").split("/")
    parts = [words for part in sent if (words := _seen(part).strip()[:NAME].strip()).strip(". ")]
    while len("/".join(parts)) > PATH:
        del parts[0]
    return "/".join(parts) or "a file without a name"


def _seen(words: str) -> str:
    return "".join(sign for sign in words if sign.isprintable())


class Tray:
    """Takes files as they arrive. It is gone with everything in it unless it is put away."""

    def __init__(self) -> None:
        self.place = Path(tempfile.mkdtemp(prefix=_PREFIX, dir=Path(settings.DATA) / "tmp"))
        self.names: list[str] = []
        self._drop = weakref.finalize(self, shutil.rmtree, self.place, ignore_errors=True)

    def begin(self, name: str) -> BinaryIO:
        """One more file, to be written and closed."""
        self.names.append(name)
        return (self.place / str(len(self.names))).open("xb")

    def put_away(self, name: str) -> None:
        """Move everything to where the worker looks, under that name."""
        self.place.joinpath(LIST).write_text(json.dumps(self.names), encoding="utf-8")
        folder().mkdir(mode=0o700, exist_ok=True)
        self.place.rename(folder() / name)
        self._drop.detach()

    def drop(self) -> None:
        """Throw everything away."""
        self._drop()


@dataclass(frozen=True)
class Spool:
    """The files of one upload; with `only`, no others than those numbers."""

    name: str
    only: Collection[int] | None = field(default=None)

    @property
    def place(self) -> Path:
        """Where they lie."""
        return folder() / self.name

    @cached_property
    def names(self) -> dict[int, str]:
        """The paths that the sender gave, by number; of files that are still here."""
        try:
            told = json.loads(self.place.joinpath(LIST).read_text("utf-8"))
        except FileNotFoundError:
            return {}
        named = {number: shown(name) for number, name in enumerate(told, 1)}
        wanted = named.keys() if self.only is None else named.keys() & set(self.only)
        here = [number for number in sorted(wanted) if self.place.joinpath(str(number)).exists()]
        return {number: named[number] for number in here}

    def count(self) -> int:
        """How many files there are."""
        return len(self.names)

    def find(self) -> Iterator[Found]:
        """Every file, and every entry of every archive, under the sender's names; of two of one name each."""
        left = self.names
        while left:
            named = {name: number for number, name in reversed(left.items())}
            files = {name: self.place / str(number) for name, number in sorted(named.items())}
            yield from finding.find_named(files, Path(settings.DATA))
            left = {number: name for number, name in left.items() if named[name] != number}

    def holding(self, paths: Iterable[str]) -> list[int]:
        """The numbers of the files that were told under these paths, or that hold what was."""
        told = set(self.names.values())
        found = {name for path in paths if (name := outermost(path, told))}
        return [number for number, name in self.names.items() if name in found]

    def clear(self, keep: Collection[int] = ()) -> None:
        """Remove the files that are in, all but some; without any left, the whole place."""
        for number in self.names.keys() - set(keep):
            self.place.joinpath(str(number)).unlink(missing_ok=True)
        if not [path for path in self.place.glob("*") if path.name != LIST]:
            shutil.rmtree(self.place, ignore_errors=True)


def outermost(path: str, known: Collection[str]) -> str:
    """Of a path and what it lies in, the first that is known: an entry of a zip leads to the zip. Empty when none is.

    >>> outermost("works.zip/one.txt", {"works.zip"})
    'works.zip'
    """
    while path and path not in known:
        path = path.rpartition("/")[0]
    return path


def sweep(known: Collection[str], older_than: float) -> int:
    """Remove uploads of runs that are not known any more, and what never finished arriving; returns how many."""
    before, swept = time.time() - older_than, 0
    left = [path for path in _folders(folder()) if path.name not in known]
    left += [path for path in _folders(Path(settings.DATA) / "tmp") if path.name.startswith(_PREFIX)]
    for place in left:
        if place.stat().st_mtime < before:
            shutil.rmtree(place, ignore_errors=True)
            swept += 1
    return swept


def room_for(size: int) -> bool:
    """Whether the disk has room for so many bytes, and for what is made of them."""
    state = os.statvfs(settings.DATA)
    return state.f_bavail * state.f_frsize > 2 * size + _SPARE


_SPARE = 16 * 1024 * 1024


def _folders(place: Path) -> list[Path]:
    return [path for path in place.iterdir() if path.is_dir()] if place.is_dir() else []
