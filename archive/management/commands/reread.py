"""`manage.py reread`: read all originals again with the readers of today, and tell what has become better."""

import sys
import time
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from archive.formats import FORMATS
from archive.importing import Stopped, closing_report, reread
from archive.management.commands.import_works import Progress


class Command(BaseCommand):
    """Exit 0 when everything could be read, 1 when something could not, 2 for wrong use and when it had to stop."""

    help = "Reads the originals again. Identities, keepers' words and older versions stay as they are."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Tell the options."""
        names = [one.name for one in FORMATS]
        parser.add_argument("--format", choices=names, default="", help="only originals that were read as this format")
        parser.add_argument("--dry-run", action="store_true", help="tell what would change, and change nothing")
        parser.add_argument("--jobs", type=int, metavar="N", help="processes that read files (one for each processor)")

    def handle(self, *args: Any, **options: Any) -> None:
        """Read, and close with the report."""
        if options["jobs"] is not None and options["jobs"] < 0:
            raise CommandError("--jobs: write a number from 0 on.", returncode=2)
        began = time.monotonic()
        try:
            with Progress(self) as progress:
                run = reread(options["format"], jobs=options["jobs"], dry_run=options["dry_run"], watch=progress.show)
        except KeyboardInterrupt as stopped:
            raise CommandError("Interrupted. What was read again stays so.", returncode=2) from stopped
        except Stopped as stopped:
            raise CommandError(f"The rereading has stopped: {stopped}.", returncode=2) from stopped
        for line in closing_report(run, time.monotonic() - began):
            self.stdout.write(line)
        if run.row.refused:
            sys.exit(1)
