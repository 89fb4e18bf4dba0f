"""Reading from the database in bulk: whole numbers as arrays, words as they are, all of it as at one moment."""

from collections.abc import Collection, Iterator
from contextlib import AbstractContextManager, contextmanager
from itertools import chain
from typing import Any

import numpy as np
from django.db import connection, transaction

from archive import changes
from archive.index.arrays import Array

_ROWS = 50_000
"""Rows that are held as Python's objects at once."""
_TOGETHER = 500
"""Ids that are named in one statement."""


@contextmanager
def one_moment() -> Iterator[tuple[int, str]]:
    """A transaction that reads everything as it is now, though others write; gives the log's position at that moment.

    On SQLite it is a deferred one, which keeps nobody from writing. Inside a transaction that is open already, that
    one's view holds.
    """
    with _transaction():
        yield changes.latest()


def _transaction() -> AbstractContextManager[None]:
    if connection.in_atomic_block:
        return transaction.atomic()
    return _deferred() if connection.vendor == "sqlite" else _repeatable()


@contextmanager
def _deferred() -> Iterator[None]:
    with connection.cursor() as cursor:
        cursor.execute("BEGIN DEFERRED")
        try:
            yield
        finally:
            cursor.execute("ROLLBACK")


@contextmanager
def _repeatable() -> Iterator[None]:
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield


def integers(select: str, width: int, key: str, ids: Collection[int] | None, order: str = "") -> Array:
    """The rows of a statement that selects `width` whole numbers, as an array of int64."""
    found = [_array(block, width) for block in blocks(select, key, ids, order)]
    return np.concatenate(found) if found else np.empty((0, width), np.int64)


def _array(block: list[tuple[Any, ...]], width: int) -> Array:
    return np.fromiter(chain.from_iterable(block), np.int64, len(block) * width).reshape(-1, width)


def blocks(select: str, key: str, ids: Collection[int] | None, order: str = "") -> Iterator[list[tuple[Any, ...]]]:
    """The rows of a statement, some at a time: all, or those whose key is among the ids, a few ids at a time."""
    ordered = f" ORDER BY {order}" if order else ""
    if ids is None:
        yield from _streamed(select + ordered, [])
        return
    wanted = sorted(ids)
    for start in range(0, len(wanted), _TOGETHER):
        some = wanted[start : start + _TOGETHER]
        yield from _streamed(f"{select} WHERE {key} IN ({', '.join(['%s'] * len(some))}){ordered}", some)


def _streamed(statement: str, params: list[int]) -> Iterator[list[tuple[Any, ...]]]:
    with connection.chunked_cursor() as cursor:
        cursor.execute(statement, params)
        while block := cursor.fetchmany(_ROWS):
            yield block
