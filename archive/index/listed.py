"""Reading from the database in bulk: it writes each column of some thousands of rows as one JSON list by itself.

So no row ever becomes an object of Python's, which would cost several times as much as reading it.
"""

import json
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from django.db import connection

from archive.index.arrays import Array, narrowed
from archive.index.selecting import among

_NONE = np.empty(0, np.int32)
_ROWS = 50_000
"""Rows that are read at once."""
_NUMBERS = {"sqlite": "json_group_array({0})", "postgresql": "array_agg({0})::text"}
_WORDS = {"sqlite": "json_group_array({0})", "postgresql": "json_agg({0})::text"}
"""How a list of a column is written: between brackets of some kind, with commas."""


@dataclass(frozen=True, slots=True)
class Block:
    """Some rows: their columns of whole numbers, and those of words as JSON lists."""

    numbers: list[Array]
    words: list[str]


def blocks(
    table: str, numbers: Sequence[str], words: Sequence[str], ids: Collection[int] | None, key: str = "id"
) -> Iterator[Block]:
    """Expressions over a table's rows, some rows at a time and in the order of the rows' own ids.

    All rows, or those whose key is among the ids, of which a few are named at a time.
    """
    if ids is None:
        last = -1
        while found := _read(numbers, words, f"{table} WHERE id > %s ORDER BY id LIMIT {_ROWS}", [last]):
            last, block = found
            yield block
        return
    for condition, some in among(key, ids):
        if found := _read(numbers, words, f"{table} WHERE {condition} ORDER BY id", some):
            yield found[1]


def at_once(rows: str, numbers: Sequence[str], words: Sequence[str] = ()) -> Block:
    """Expressions over all rows that are told behind FROM, in the order that is told there."""
    found = _read(numbers, words, rows, [])
    return found[1] if found else Block([_NONE] * len(numbers), ["[]"] * len(words))


def integers(table: str, numbers: Sequence[str], ids: Collection[int] | None, key: str = "id") -> Array:
    """Whole numbers as rows of an array, each column of which lies together; in 32 bits when all have room in them."""
    found = [np.stack(block.numbers) for block in blocks(table, numbers, (), ids, key)]
    columns: Array = np.concatenate(found, axis=1) if found else np.stack([_NONE] * len(numbers))
    return columns.T


def _read(numbers: Sequence[str], words: Sequence[str], rows: str, params: Sequence[int]) -> tuple[int, Block] | None:
    """The last id of some rows, and their columns; None when there are no rows."""
    inner = ", ".join(f"{expression} AS c{place}" for place, expression in enumerate((*numbers, *words)))
    written = [_NUMBERS] * len(numbers) + [_WORDS] * len(words)
    lists = ", ".join(how[connection.vendor].format(f"c{place}") for place, how in enumerate(written))
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT max(own), {lists} FROM (SELECT id AS own, {inner} FROM {rows}) AS told", params)
        last, *columns = cursor.fetchone()
    if last is None:
        return None
    return last, Block([_numbers(told) for told in columns[: len(numbers)]], columns[len(numbers) :])


def _numbers(told: str) -> Array:
    return narrowed(np.fromstring(told[1:-1], np.int64, sep=","))


def decoded(told: str) -> list[str]:
    """The words of a JSON list."""
    found: list[str] = json.loads(told)
    return found
