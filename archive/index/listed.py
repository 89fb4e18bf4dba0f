"""Reading from the database in bulk: it writes each column of some thousands of rows as one JSON list by itself.

So no row ever becomes an object of Python's, which would cost several times as much as reading it.
"""

import json
from collections.abc import Collection, Iterator, Sequence
from typing import Any

import numpy as np
from django.db import connection

from archive.index.arrays import Array, narrowed
from archive.index.selecting import named

_ROWS = 50_000
"""Rows that are read at once."""
_LIST = {"sqlite": "json_group_array({0})", "postgresql": "json_agg({0})::text"}


def columns(table: str, selected: Sequence[str], ids: Collection[int] | None, key: str = "id") -> Iterator[list[str]]:
    """Expressions over a table's rows, as a JSON list each, some rows at a time and in the order of the rows' own ids.

    All rows, or those whose key is among the ids, of which a few are named at a time.
    """
    if ids is None:
        last = -1
        while found := _read(selected, f"{table} WHERE id > %s ORDER BY id LIMIT {_ROWS}", [last]):
            last, *lists = found
            yield lists
        return
    for among, some in named(key, ids):
        if found := _read(selected, f"{table} WHERE {among} ORDER BY id", some):
            yield found[1:]


def at_once(rows: str, selected: Sequence[str]) -> list[str]:
    """Expressions as a JSON list each, over all rows that are told behind FROM, in the order that is told there."""
    found = _read(selected, rows, [])
    return found[1:] if found else ["[]"] * len(selected)


def _read(selected: Sequence[str], rows: str, params: Sequence[int]) -> list[Any]:
    """The last id of some rows, and a list of each column; nothing when there are no rows."""
    names = [f"c{place}" for place in range(len(selected))]
    inner = ", ".join(f"{one} AS {name}" for one, name in zip(selected, names, strict=True))
    lists = ", ".join(_LIST[connection.vendor].format(name) for name in names)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT max(own), {lists} FROM (SELECT id AS own, {inner} FROM {rows}) AS told", params)
        found = cursor.fetchone()
    return [] if found[0] is None else list(found)


def integers(table: str, selected: Sequence[str], ids: Collection[int] | None, key: str = "id") -> Array:
    """Whole numbers as rows of an array, each column of which lies together; in 32 bits when all have room in them."""
    blocks = [np.stack([numbers(one) for one in lists]) for lists in columns(table, selected, ids, key)]
    found: Array = np.concatenate(blocks, axis=1) if blocks else np.empty((len(selected), 0), np.int32)
    return found.T


def numbers(told: str) -> Array:
    """A JSON list of whole numbers as an array, in 32 bits when all have room in them."""
    return narrowed(np.fromstring(told[1:-1], np.int64, sep=","))


def words(told: str) -> list[str]:
    """A JSON list of words."""
    found: list[str] = json.loads(told)
    return found
