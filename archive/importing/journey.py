"""The journey: files come in, and each work in them stands on the shelf once."""

import gc
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count as numbers
from pathlib import Path
from typing import Any, Protocol

from django.conf import settings
from django.db import DatabaseError

from archive import finding, originals
from archive.crew import read_all
from archive.finding import Found
from archive.formats import carrel_export
from archive.importing.folding import folding_beside
from archive.importing.loading import Loader
from archive.importing.runs import Run, Stopped, reason_to_stop
from archive.importing.sifting import Rules, Sifted, sift
from archive.models import SourceFile
from archive.originals import CannotKeep


def import_file(path: Path, **asked: Any) -> Run:
    """Import one file, folder or zip in this process."""
    return import_files([path], jobs=0, **asked)


def import_files(
    paths: Iterable[Path],
    *,
    rules: Mapping[str, Any] | None = None,
    fandom_from_folder: bool = False,
    jobs: int | None = None,
    dry_run: bool = False,
    report: Path | None = None,
    watch: Callable[[Run], None] | None = None,
) -> Run:
    """Import files, folders and zips, every file through every stage, in the order of the journey.

    Raises `Stopped` when the library can take no more; what was stored until then stays, and a second run goes on.
    """
    given = Given(tuple(paths))
    run = Run(
        [str(path.absolute()) for path in given.paths], dict(rules or {}), dry=dry_run, report=report, watch=watch
    )
    run.row.options = {"base": str(Path.cwd())} | ({"fandom_from_folder": True} if fandom_from_folder else {})
    return take_in(given, run, Rules(rules or {}, fandom_from_folder), jobs)


class Files(Protocol):
    """What a run takes in."""

    def count(self) -> int:
        """About how many files there are."""

    def find(self) -> Iterable[Found]:
        """Every file, in an order that is always the same."""


@dataclass(frozen=True, slots=True)
class Given:
    """Files, folders and archives, as they lie on the disk."""

    paths: tuple[Path, ...]

    def count(self) -> int:
        """How many files there are; what is inside of archives is not counted."""
        return finding.count(self.paths, settings.DATA)

    def find(self) -> Iterable[Found]:
        """Every file, and every entry of every archive, but for the library's own."""
        return finding.find(self.paths, settings.DATA)


def take_in(files: Files, run: Run, rules: Rules, jobs: int | None = None) -> Run:
    """Take files in, as a run that begins now. Raises `Stopped`."""
    with under_way(run):
        loader = Loader(run, keep_ids=_ids_are_kept())
        run.row.total = files.count()
        unknown = _unknown(sift(files.find(), rules), run, loader, rules)
        house = None if run.dry else originals.folder()
        for read in read_all(unknown, house, (os.cpu_count() or 1) if jobs is None else jobs):
            loader.take(read)
        loader.flush()
    return run


@contextmanager
def under_way(run: Run) -> Iterator[Run]:
    """A run from its beginning to its end, whatever ends it."""
    with _stopping(), _collecting_seldom(), folding_beside(), run:
        yield run


def _unknown(sifted: Iterator[Sifted], run: Run, loader: Loader, rules: Rules) -> Iterator[tuple[int, Found]]:
    """The files that have to be read, numbered; of the others it is told what is known."""
    number = numbers()
    for one in sifted:
        run.row.total += one.found.more
        if one.told:
            run.row.done += 1
            run.tell(one.told)
        else:
            place = next(number)
            loader.expect(place, one.found.path, rules.of(one.found))
            yield place, one.found


def _ids_are_kept() -> bool:
    """Whether every work here has come from our own exports: then theirs keep their ids, so that addresses stay."""
    return not SourceFile.everything.exclude(format=carrel_export.FORMAT.name).exists()


@contextmanager
def _collecting_seldom() -> Iterator[None]:
    """Rows are made by the thousand and never in circles: to look for circles seldom saves a twentieth of the time."""
    before = gc.get_threshold()
    gc.set_threshold(100_000, 20, 50)
    try:
        yield
    finally:
        gc.set_threshold(*before)


@contextmanager
def _stopping() -> Iterator[None]:
    """A database or disk that fails ends the run with one line."""
    try:
        yield
    except CannotKeep as error:
        raise Stopped(str(error)) from error
    except DatabaseError as error:
        raise Stopped(reason_to_stop(error)) from error
