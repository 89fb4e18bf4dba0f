"""What Django's system check asks of the house: a database that is new enough."""

from collections.abc import Sequence
from typing import Any

from django.core.checks import CheckMessage, Error, Tags, register
from django.db import connections

POSTGRES = 15


@register(Tags.database)
def postgres_version(databases: Sequence[str] | None = None, **kwargs: Any) -> list[CheckMessage]:
    """An older Postgres lacks what search and sorting stand on. Asked only where the database is, as by `migrate`."""
    found = {alias: getattr(connections[alias], "pg_version", 0) // 10000 for alias in databases or ()}
    return [
        Error(f"Postgres {version} is too old.", hint=f"Carrel needs {POSTGRES} or later.", id="carrel.E001")
        for version in found.values()
        if 0 < version < POSTGRES
    ]
