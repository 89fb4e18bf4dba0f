"""`manage.py check_index`: ask random questions of the index and of plain SQL, and read its bytes against checksums."""

import secrets
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from archive.index import checking, current


class Command(BaseCommand):
    """Exit 0 when all is well, 1 when something differs or is damaged, 2 when there is nothing to check."""

    help = "Ask random questions of the index and of plain SQL, and tell every difference; read it all for damage."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Tell the options."""
        parser.add_argument("--questions", type=int, default=200, metavar="N", help="how many (default: 200)")
        parser.add_argument("--seed", type=int, metavar="S", help="ask the same questions again")

    def handle(self, *args: Any, **options: Any) -> None:
        """Check bytes, then answers."""
        if current.state() is None:
            raise CommandError("There is no index to check. `manage.py rebuild_index` builds one.", returncode=2)
        if not current.exact():
            raise CommandError(
                "Changes wait for the next snapshot. `manage.py rebuild_index` builds one at once.", returncode=2
            )
        wrong = 0
        for name in checking.damaged():
            wrong += 1
            self.stdout.write(f"damaged: {name}")
        seed = secrets.randbelow(2**32) if options["seed"] is None else options["seed"]
        self.stdout.write(f"Asking {options['questions']:,} questions (--seed {seed}) ...")
        for difference in checking.differences(options["questions"], seed):
            if difference:
                wrong += 1
                self.stdout.write(str(difference))
        if wrong:
            raise CommandError(f"{wrong:,} wrong. `manage.py rebuild_index` builds the index anew.", returncode=1)
        self.stdout.write("The index and plain SQL answer alike.")
