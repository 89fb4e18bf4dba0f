"""Opening the library: its tables are made, or brought up to those of this Carrel, before anything is put into it."""

from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor


def open_library() -> None:
    """Migrate, if there is anything to migrate. Raises Django's DatabaseError, and CommandError for a newer library."""
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        call_command("migrate", verbosity=0, interactive=False)
