"""A column's value among given ids: written out while they are few, else handed over as one value."""

import json
from collections.abc import Iterable
from typing import Any

from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import BooleanField, F, Func, Q, Value

MOST = 1_000
"""Ids that are written out: so many let a database choose its way by their number."""
_NONE = 0
"""No row has this id. It is looked for all the same: what is not there shall not be told from what is hidden."""


def among(column: str, ids: Iterable[int]) -> Q:
    """Whether a column holds one of these ids, of which there may be any number."""
    known = sorted(ids)
    if len(known) <= MOST:
        return Q(**{f"{column}__in": known or [_NONE]})
    return Q(_Among(F(column), Value(json.dumps(known))))


def written(ids: Iterable[int]) -> tuple[str, list[Any]]:
    """What stands between the brackets of `IN (...)` for any number of ids, and its parameters."""
    known = sorted(ids) or [_NONE]
    if len(known) <= MOST:
        return ", ".join(["%s"] * len(known)), list(known)
    return "SELECT value{} FROM {}".format(*_EACH[connection.vendor]), [json.dumps(known)]


_EACH = {
    "sqlite": ("", "json_each(%s)"),
    "postgresql": ("::bigint", "json_array_elements_text(%s::json)"),
}
"""How the numbers of a list in JSON are read as rows."""


class _Among(Func):
    """Column and ids as JSON."""

    output_field = BooleanField()
    template = "%(expressions)s))"
    arg_joiner = " IN (SELECT value FROM json_each("

    def as_postgresql(self, compiler: Any, connection: BaseDatabaseWrapper, **extra: Any) -> Any:
        joiner = " IN (SELECT value::bigint FROM json_array_elements_text("
        return self.as_sql(compiler, connection, template="%(expressions)s::json))", arg_joiner=joiner, **extra)
