"""Inserting: rows straight from plain values, for what an import writes by the thousand.

`bulk_create` makes an object of every row and asks each of its fields what to write, which for a tagging costs more
than the database itself. Both databases have a faster way: SQLite runs one prepared statement over all rows, Postgres
unfolds one array for each column.
"""

import json
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from django.db import connection, models

from archive import changes


def insert(
    model: type[models.Model], columns: Sequence[str], rows: Iterable[Sequence[Any]], *, once: bool = False
) -> None:
    """Insert rows, each a value for every column (`tag_id`, not `tag`), as a row of the model has it.

    With `once`, rows that would break a unique constraint are left out. Of recorded models the caller adds the ids to
    the recording, as after every write in bulk. Raises IntegrityError, and Unrecorded outside `changes.recorded()`.
    """
    values = list(rows)
    if not values:
        return
    fields = {field.column: field for field in model._meta.concrete_fields}
    kept = [_kept(fields[column]) for column in columns]
    if any(kept):
        values = [
            [keep(value) if keep and value is not None else value for keep, value in zip(kept, row, strict=True)]
            for row in values
        ]
    if issubclass(model, changes.Recorded):
        changes.note_writing()
    quote = connection.ops.quote_name
    table, names = quote(model._meta.db_table), ", ".join(map(quote, columns))
    end = " ON CONFLICT DO NOTHING" if once else ""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            arrays = ", ".join(f"%s::{_type(fields[column])}[]" for column in columns)
            columns_of_values = [list(column) for column in zip(*values, strict=True)]
            cursor.execute(f"INSERT INTO {table} ({names}) SELECT * FROM UNNEST({arrays}){end}", columns_of_values)
        else:
            marks = ", ".join("%s" for _ in columns)
            cursor.executemany(f"INSERT INTO {table} ({names}) VALUES ({marks}){end}", values)


def _kept(field: models.Field[Any, Any]) -> Callable[[Any], Any] | None:
    """How a value of the field is written down, for the few kinds that are not as they are."""
    if isinstance(field, models.JSONField):
        return json.dumps
    if isinstance(field, models.DateTimeField):
        return connection.ops.adapt_datetimefield_value
    if isinstance(field, models.DateField):
        return connection.ops.adapt_datefield_value
    return None


def _type(field: models.Field[Any, Any]) -> str:
    """What Postgres calls the type; how long a text may be the table knows."""
    kind = field.db_type(connection) if field.remote_field else field.rel_db_type(connection)
    return (kind or "text").partition("(")[0]
