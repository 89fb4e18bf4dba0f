"""`manage.py collect_static`: collect the static files, if they are not these already. `start` does it by itself."""

from typing import Any

from django.core.management.base import BaseCommand

from reader import static_storage


class Command(BaseCommand):
    """For building an image, whose root is read-only later."""

    help = "Collect the static files, unless those that are collected are these."
    requires_system_checks = ()

    def handle(self, *args: Any, **options: Any) -> None:
        """Collect, and say whether there was anything to do."""
        self.stdout.write("Static files collected." if static_storage.collect() else "Nothing to do.")
