"""`manage.py worker`: run queued tasks and chores until told to stop."""

import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError

from archive import worker


class Command(BaseCommand):
    """The worker's command."""

    help = "Run queued tasks and chores until told to stop."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Tell the one option."""
        parser.add_argument(
            "--alive", action="store_true", help="Only say whether a worker has shown life lately: exit 0, or 1."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Set the library up if nobody has, then work."""
        if options["alive"]:
            sys.exit(0 if _alive() else 1)
        working = worker.Worker()
        working.obey_signals()
        try:
            call_command("migrate", verbosity=0, interactive=False)
        except DatabaseError as error:
            raise CommandError(f"The database does not answer: {str(error).partition(chr(10))[0]}") from None
        working.run()


def _alive() -> bool:
    try:
        return worker.alive()
    except DatabaseError:
        return False
