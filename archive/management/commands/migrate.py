"""`migrate`, one process at a time: two containers that start together take turns, and the second finds it done."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.apps import apps
from django.core.management.base import CommandError
from django.core.management.commands import migrate
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.loader import MigrationLoader

from archive import locks

LOCK = 0x_CA88E1
"""The number of the advisory lock on Postgres."""


class Command(migrate.Command):
    """Django's command under a lock, refusing a library that a newer Carrel has written."""

    def handle(self, *args: Any, **options: Any) -> None:
        """Wait for the lock, look at what has been applied, migrate."""
        connection = connections[options["database"]]
        with _alone(connection):
            _refuse_newer(connection)
            super().handle(*args, **options)


@contextmanager
def _alone(connection: BaseDatabaseWrapper) -> Iterator[None]:
    if connection.vendor != "postgresql":
        with locks.held("migrate"):
            yield
            if not connection.in_atomic_block:
                connection.close()  # the last one to close tidies up, and whoever opens meanwhile is turned away
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [LOCK])
    try:
        yield
    finally:
        # A migration that failed has left its transaction by now; one that lost the connection has lost the lock too.
        if connection.is_usable():
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [LOCK])


def _refuse_newer(connection: BaseDatabaseWrapper) -> None:
    loader = MigrationLoader(connection)
    known = set(loader.disk_migrations) | set(loader.replacements)
    ours = {app.label for app in apps.get_app_configs()}
    newer = sorted(key for key in loader.applied_migrations if key[0] in ours and key not in known)
    if newer:
        raise CommandError(
            f"A newer Carrel has written this library ({newer[-1][0]} {newer[-1][1]}). Nothing was changed."
        )
