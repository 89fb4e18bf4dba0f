"""Where the words of works are indexed: a file of its own beside SQLite, tables of Postgres. One face over both."""

from collections.abc import Collection, Iterable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Protocol

from django.db import connection
from pyroaring import BitMap

from archive.search.documents import Columns, Key, Kind


@dataclass(frozen=True, slots=True)
class Mark:
    """How far the index has come: it holds all works up to `swept` as they were at this entry of the change log."""

    number: int
    token: str
    swept: int | None = 0
    """The id of the last work that was read; None when all were."""


NOTHING = Mark(0, "")
"""Where an index begins: no work is in it yet."""


class Reading(Protocol):
    """An index open for questions. Marks are to be asked for before anything else: what is found is never older."""

    def mark(self, kind: Kind) -> Mark:
        """How far it has come."""

    def works(self, kind: Kind, phrase: str, *, title: bool = False) -> BitMap:
        """The works with a document that holds the phrase (`words.phrases`), or with a title that does."""

    def scores(self, kind: Kind, phrase: str, works: Collection[int]) -> dict[int, float]:
        """How well each of these works answers, by work; more is better. Works without the phrase are left out."""

    def texts(self, phrase: str, works: Collection[int]) -> set[Key]:
        """The documents of these works' prose that hold the phrase."""

    def size(self) -> int:
        """Bytes on the disk."""


class Writing(Protocol):
    """An index open for one transaction."""

    def mark(self, kind: Kind) -> Mark:
        """How far it has come."""

    def present(self, kind: Kind, works: Collection[int]) -> set[Key]:
        """The documents of these works that are in it."""

    def drop(self, kind: Kind, keys: Iterable[Key]) -> None:
        """Documents that are found no more."""

    def add(self, kind: Kind, key: Key, parts: Iterable[Columns]) -> None:
        """A new document."""

    def note(self, kind: Kind, mark: Mark) -> None:
        """How far it has come with this transaction."""


class Store(Protocol):
    """An index. Only whoever holds the lock "search" writes."""

    def reading(self) -> AbstractContextManager[Reading]:
        """Open it for questions. One that is not there, or damaged, has come nowhere."""

    def writing(self) -> AbstractContextManager[Writing]:
        """Open it for one transaction: all of it, or nothing."""

    def clear(self) -> None:
        """Throw away all that is in it."""

    def successor(self) -> "Store | None":
        """Another one that is being built to take this one's place, if this one is worn out."""

    def succeed(self) -> None:
        """Take the place of the one that this is the successor of."""


def store() -> Store:
    """The index of this library."""
    if connection.vendor == "postgresql":
        from archive.search.postgres import PostgresStore  # noqa: PLC0415 - each is a room of its own

        return PostgresStore()
    from archive.search.sqlite import SQLiteStore  # noqa: PLC0415

    return SQLiteStore()
