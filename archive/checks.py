"""What Django's system check asks of the library's house: a folder that can be written to, a database new enough."""

import os
from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register
from django.db import connections

POSTGRES = 15


@register(Tags.files)
def data_folder(**kwargs: Any) -> list[CheckMessage]:
    """The one folder of everything kept must take what is brought."""
    if os.access(settings.DATA, os.W_OK | os.X_OK):
        return []
    hint = "Set CARREL_DATA to a folder of yours."
    return [Error(f"{settings.DATA} cannot be written to.", hint=hint, id="carrel.E001")]


@register(Tags.database)
def postgres_version(databases: Sequence[str] | None = None, **kwargs: Any) -> list[CheckMessage]:
    """An older Postgres lacks what search and sorting stand on. Asked only where the database is, as by `migrate`."""
    found = {alias: getattr(connections[alias], "pg_version", 0) // 10000 for alias in databases or ()}
    return [
        Error(f"Postgres {version} is too old.", hint=f"Carrel needs {POSTGRES} or later.", id="carrel.E002")
        for version in found.values()
        if 0 < version < POSTGRES
    ]
