"""`manage.py index_texts`: read at once into the index of words what the worker would read by and by."""

import time
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from archive import locks, search
from archive.search import following, store


class Command(BaseCommand):
    """Exit 0 when all is read, 2 when another process is reading."""

    help = "Brings the index of words and texts up to date now. It may be cut off, and goes on where it was."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Tell the options."""
        parser.add_argument("--anew", action="store_true", help="throw the index away first, and read every work again")

    def handle(self, *args: Any, **options: Any) -> None:
        """Read, showing how far it is."""
        began = time.monotonic()
        try:
            if options["anew"]:
                following.forget()
            self._read()
        except locks.Taken as taken:
            raise CommandError("The worker is reading at this moment; it goes on by itself.", returncode=2) from taken
        except KeyboardInterrupt as stopped:
            raise CommandError("Interrupted. What was read stays.", returncode=2) from stopped
        with store.store().reading() as index:
            size = index.size() / 1e6
        works = search.progress().works
        self.stdout.write(f"{works:,} works can be searched; {size:,.1f} MB, {time.monotonic() - began:,.0f} s")

    def _read(self) -> None:
        left = search.progress().prose
        with tqdm(total=left, unit=" works", disable=None) as shown:

            def show() -> bool:
                if not shown.disable:
                    shown.update(left - search.progress().prose - shown.n)
                return False

            following.follow(show)
