"""Put the sample shelf into the library."""

from typing import Any

from django.core.management.base import BaseCommand

from archive import samples


class Command(BaseCommand):
    help = "Import the sample works that ship with Carrel. What is there already stays as it is."

    def handle(self, *args: Any, **options: Any) -> None:
        samples.import_samples()
        self.stdout.write("The sample shelf stands. To take it away: manage.py remove_samples")
