"""Columns that both databases must treat alike."""

from typing import Any

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper


class FoldedField(models.CharField):  # type: ignore[type-arg]
    """A folded key, compared bytewise: SQLite does so by itself, Postgres is told to, whatever its locale."""

    def db_parameters(self, connection: BaseDatabaseWrapper) -> Any:
        parameters = super().db_parameters(connection)
        if connection.vendor == "postgresql":
            parameters = {**parameters, "collation": "C"}
        return parameters
