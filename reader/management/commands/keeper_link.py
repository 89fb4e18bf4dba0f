"""`manage.py keeper_link`: a new link for making the first keeper, when the printed one has grown too old."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from reader import first_keeper


class Command(BaseCommand):
    """Print a link, while nobody keeps the library."""

    help = "Print a new link for making the first keeper."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Tell the one option."""
        parser.add_argument("--port", type=int, default=8000)

    def handle(self, *args: Any, **options: Any) -> None:
        """Refuse when there is a keeper: they make others in admin."""
        if not first_keeper.wanted():
            raise CommandError("This library has a keeper; further ones are made in admin.")
        self.stdout.write(first_keeper.open_link((*settings.URLS, f"http://127.0.0.1:{options['port']}")[0]))
