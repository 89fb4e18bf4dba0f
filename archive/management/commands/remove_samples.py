"""Take the sample shelf away again."""

from typing import Any

from django.core.management.base import BaseCommand

from archive import samples


class Command(BaseCommand):
    help = "Remove the sample works that ship with Carrel, for good. No other work is touched."

    def handle(self, *args: Any, **options: Any) -> None:
        number = samples.remove()
        self.stdout.write(f"{number} sample works removed." if number else "There are no sample works.")
