"""Patience: what is asked of the database is given up when it takes too long."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import OperationalError, connection

_STEPS = 100_000
"""Steps that SQLite makes between two looks at the clock: about a millisecond."""


class GivenUp(Exception):
    """The database had not answered when the time was up."""


@contextmanager
def at_most(seconds: float) -> Iterator[None]:
    """Within it all questions to the database together may take so long; then GivenUp is raised.

    A transaction is to be opened within it, since one in which Postgres was stopped can only be rolled back.
    """
    until = time.monotonic() + seconds
    limited = _on_sqlite if connection.vendor == "sqlite" else _on_postgres
    try:
        with limited(until):
            yield
    except OperationalError as error:
        if time.monotonic() < until:
            raise
        raise GivenUp from error


@contextmanager
def _on_sqlite(until: float) -> Iterator[None]:
    connection.ensure_connection()
    look = connection.connection.set_progress_handler
    look(lambda: time.monotonic() > until, _STEPS)
    try:
        yield
    finally:
        look(None, 0)


@contextmanager
def _on_postgres(until: float) -> Iterator[None]:
    """Postgres knows a limit for each statement only: before each, what is left of the time becomes its limit."""

    def in_time(execute: Callable[..., Any], sql: Any, params: Any, many: bool, context: Any) -> Any:
        if str(sql).lstrip().startswith(("SELECT", "WITH")):  # whatever ends a transaction is never stopped
            left = until - time.monotonic()
            if left <= 0:
                raise GivenUp
            connection.connection.execute(f"SET statement_timeout = {int(1000 * left) + 1}")
        return execute(sql, params, many, context)

    connection.ensure_connection()
    try:
        with connection.execute_wrapper(in_time):
            yield
    finally:
        connection.connection.execute("RESET statement_timeout")
