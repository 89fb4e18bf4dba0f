"""Put the sample shelf into the library."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from archive import samples
from archive.models import Work
from archive.opening import open_library


class Command(BaseCommand):
    help = "Import the sample works that ship with Carrel. What is there already stays as it is."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--if-empty", action="store_true", help="only into a library without any works")

    def handle(self, *args: Any, **options: Any) -> None:
        open_library()
        if options["if_empty"] and Work.everything.exists():
            return
        samples.import_samples()
        self.stdout.write("The sample shelf stands. To take it away: manage.py remove_samples")
