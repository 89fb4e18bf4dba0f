"""Reading from the database as at one moment, and some rows of it by their ids."""

from collections.abc import Collection, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any

from django.db import connection, transaction

from archive import changes

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


def blocks(select: str, key: str, ids: Collection[int]) -> Iterator[list[tuple[Any, ...]]]:
    """The rows of a statement whose key is among the ids, a few ids at a time. For many rows see `listed`."""
    for condition, some in among(key, ids):
        with connection.cursor() as cursor:
            cursor.execute(f"{select} WHERE {condition}", some)
            yield cursor.fetchall()


def among(key: str, ids: Collection[int]) -> Iterator[tuple[str, list[int]]]:
    """Conditions that a key is among the ids, with their parameters: each names a few of them, ascending."""
    wanted = sorted(ids)
    for start in range(0, len(wanted), _TOGETHER):
        some = wanted[start : start + _TOGETHER]
        yield f"{key} IN ({', '.join(['%s'] * len(some))})", some
