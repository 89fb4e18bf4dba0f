"""`manage.py import_works PATH ...`: bring files, folders, archives and calibre libraries into the library."""

import sys
import time
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError
from tqdm import tqdm

from archive import duplicates, worker
from archive.importing import Run, Stopped, WrongRule, closing_report, import_files, rules_of
from archive.importing.runs import reason_to_stop
from archive.index import compacting
from archive.opening import open_library

DUPLICATES = "/admin/archive/possibleduplicate/"
"""Where keepers find the works that may be one."""
_PLAIN_EVERY = 10.0
"""Seconds between two lines where no terminal can show a bar."""


class Command(BaseCommand):
    """Exit 0 when nothing was refused, 1 when something was, 2 for wrong use and when the library takes no more."""

    requires_system_checks: list[str] = []  # a folder that cannot be written to is told in one line, with exit 2
    help = (
        "Imports files, folders, archives (zip, tar) and calibre libraries. "
        "What is here already is left as it is; nothing is ever doubled."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("paths", nargs="+", type=Path, metavar="PATH", help="a file, a folder, a zip or a tar")
        parser.add_argument(
            "--report", type=Path, metavar="FILE.jsonl", help="write one JSON line for each work or file"
        )
        parser.add_argument("--dry-run", action="store_true", help="tell what would be done, and do nothing")
        parser.add_argument("--jobs", type=int, metavar="N", help="processes that read files (one for each processor); "
                            "0 reads in this one, where a file that hangs stops everything")  # fmt: skip
        parser.add_argument("--set", action="append", default=[], metavar="FIELD=VALUE", dest="rules",
                            help="what is so of all these works, such as fandom=NAME")  # fmt: skip
        parser.add_argument(
            "--fandom-from-folder", action="store_true", help="a file's folder is named after its fandom"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        for path in options["paths"]:
            if not path.exists():
                raise CommandError(f"There is nothing at {path}.", returncode=2)
        if options["jobs"] is not None and options["jobs"] < 0:
            raise CommandError("--jobs: write a number from 0 on.", returncode=2)
        try:
            open_library()
        except DatabaseError as error:
            raise CommandError(f"The import has stopped: {reason_to_stop(error)}.", returncode=2) from error
        began = time.monotonic()
        with Progress(self) as progress:
            run = self._imported(options, progress)
        for line in closing_report(run, time.monotonic() - began):
            self.stdout.write(line)
        if not run.dry and (found := duplicates.look()):
            self.stdout.write(f"Possible duplicates: {found:,}; see {DUPLICATES}")
        if not run.dry:
            self._indexed()
        if run.row.refused:
            sys.exit(1)

    def _indexed(self) -> None:
        """Build the index if no worker is there to do so: a library stands ready when its works are in."""
        try:
            if not worker.alive() and compacting.Watch().wanted():
                compacting.compact(wait=True)
        except (compacting.CannotBuild, DatabaseError) as error:
            self.stderr.write(f"{error} The works are in; `manage.py rebuild_index` tries again.")

    def _imported(self, options: dict[str, Any], progress: "Progress") -> Run:
        try:
            return import_files(
                options["paths"],
                rules=rules_of(options["rules"]),
                fandom_from_folder=options["fandom_from_folder"],
                jobs=options["jobs"],
                dry_run=options["dry_run"],
                report=options["report"],
                watch=progress.show,
            )
        except WrongRule as wrong:
            raise CommandError(str(wrong), returncode=2) from wrong
        except KeyboardInterrupt as stopped:
            raise CommandError(
                "Interrupted. What is in stays; a second run goes on from there.", returncode=2
            ) from stopped
        except Stopped as stopped:
            raise CommandError(f"The import has stopped: {stopped}.", returncode=2) from stopped


class Progress:
    """How far a run is: a bar on a terminal, a line now and then anywhere else."""

    def __init__(self, command: BaseCommand) -> None:
        self._command = command
        self._bar: tqdm[Any] | None = tqdm(unit=" files", leave=False) if sys.stderr.isatty() else None
        self._told = time.monotonic()

    def __enter__(self) -> "Progress":
        return self

    def __exit__(self, *error: object) -> None:
        if self._bar is not None:
            self._bar.close()

    def show(self, run: Run) -> None:
        """Called by the run whenever it has come further."""
        row = run.row
        if self._bar is not None:
            self._bar.total = max(row.total, row.done)
            self._bar.update(row.done - self._bar.n)
        elif time.monotonic() - self._told >= _PLAIN_EVERY:
            self._told = time.monotonic()
            self._command.stdout.write(f"{row.done:,} of {max(row.total, row.done):,} files")
