"""`manage.py rebuild_index`: build a snapshot of the index at once, as the worker does when one is wanted."""

import os
import time
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError

from archive import locks
from archive.index import compacting

YIELDING = 10
"""The niceness of a build while pages are served: they come first."""


class Command(BaseCommand):
    """Exit 0 when the index stands, 1 when it could not be built."""

    help = "Build the index anew. Pages are answered meanwhile. The worker does this by itself whenever it is needed."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Tell the one option."""
        parser.add_argument(
            "--gently", action="store_true", help="give way to other processes, and leave it to another that builds"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Build, and say how many works are in it."""
        if options["gently"]:
            os.nice(YIELDING)
        began = time.monotonic()
        try:
            built = compacting.compact(wait=not options["gently"])
        except locks.Taken:
            self.stdout.write("Another process builds the index at this moment.")
            return
        except compacting.CannotBuild as error:
            raise CommandError(str(error)) from error
        except DatabaseError as error:
            raise CommandError(f"The database does not answer: {str(error).partition(chr(10))[0]}") from error
        if built is None:
            self.stdout.write("The library is empty: there is nothing to index.")
        else:
            self.stdout.write(f"{len(built.part):,} works in {time.monotonic() - began:.1f} s: {built.folder}")
