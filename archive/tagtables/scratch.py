"""The scratch file: a tag table laid out on the disk for looking up, and what each name in it comes down to."""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from enum import Enum
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import NamedTuple

from archive.naming import key_of
from archive.tagtables.rows import Row

_MOST_HOPS = 10
_CACHE = 32 * 1024
"""Kilobytes of the file that SQLite may hold."""


class Wrong(Enum):
    """Why a table does not say what a tag is a synonym of."""

    DANGLING = "dangling"
    CONTRADICTORY = "contradictory"
    REDACTED = "redacted"


class Head(NamedTuple):
    """What a tag comes down to: the name of its canonical, its own if it is one itself."""

    name: str
    itself: bool


class Scratch:
    """A table of tags, by id and by folded name. Rows that lead nowhere and are led to from nowhere are left out."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self.rows = 0

    def fill(self, rows: Iterable[Row]) -> None:
        """Take all rows in, with the memory of a few."""
        run = self._connection.execute
        run("CREATE TABLE tags (id INTEGER PRIMARY KEY, kind, key, name, canonical, merger)")
        self._connection.executemany("INSERT OR REPLACE INTO tags VALUES (?, ?, ?, ?, ?, ?)", self._useful(rows))
        run("CREATE INDEX named ON tags (key, kind) WHERE key IS NOT NULL")
        self._connection.commit()

    def _useful(self, rows: Iterable[Row]) -> Iterator[tuple[int, str, str | None, str, bool | None, int | None]]:
        for row in rows:
            self.rows += 1
            if row.merger is not None or row.canonical is not False:
                yield row.id, row.kind, key_of(row.name) or None, row.name, row.canonical, row.merger

    def heads(self, kind: str, keys: Sequence[str]) -> dict[str, Head | Wrong]:
        """What these names come down to; those of which the table says nothing are left out."""
        marks = ",".join("?" * len(keys))
        found = self._connection.execute(
            f"SELECT id, key, name, canonical, merger FROM tags WHERE kind = ? AND key IN ({marks}) ORDER BY id",
            (kind, *keys),
        )
        named: dict[str, list[tuple[int, str, bool | None, int | None]]] = {}
        for number, key, *row in found:
            named.setdefault(key, []).append((number, *row))
        return {key: self._head(kind, key, rows) for key, rows in named.items()}

    def _head(self, kind: str, key: str, rows: list[tuple[int, str, bool | None, int | None]]) -> Head | Wrong:
        """One name may have several rows, as accents and capitals do not count here. They have to agree."""
        canonical = [(name, merger) for _, name, is_canonical, merger in rows if is_canonical]
        if canonical:
            name, merger = canonical[0]
            return Wrong.CONTRADICTORY if merger is not None else Head(name, itself=True)
        ends = [self._end(kind, number) for number, *_ in rows]
        names = {key_of(end): end for end in ends if isinstance(end, str)}
        if len(names) == 1:
            [(found, name)] = names.items()
            return Head(name, itself=found == key)
        return Wrong.CONTRADICTORY if names else next(end for end in ends if isinstance(end, Wrong))

    def _end(self, kind: str, number: int) -> str | Wrong:
        """The name at the end of a chain of mergers."""
        seen: set[int] = set()
        while number not in seen and len(seen) < _MOST_HOPS:
            seen.add(number)
            row = self._connection.execute(
                "SELECT kind, name, canonical, merger FROM tags WHERE id = ?", (number,)
            ).fetchone()
            if row is None:
                return Wrong.DANGLING
            its_kind, name, canonical, merger = row
            if its_kind != kind:
                return Wrong.CONTRADICTORY
            if canonical or merger is None:
                return (name or Wrong.REDACTED) if canonical is not False else Wrong.CONTRADICTORY
            number = merger
        return Wrong.CONTRADICTORY


@contextmanager
def scratch(folder: Path) -> Iterator[Scratch]:
    """An empty scratch file in a folder, gone at the end."""
    with (
        NamedTemporaryFile(dir=folder, prefix="tags-", suffix=".sqlite") as file,
        closing(sqlite3.connect(file.name)) as connection,
    ):
        for setting in ("journal_mode = OFF", "synchronous = OFF", f"cache_size = -{_CACHE}", "temp_store = FILE"):
            connection.execute(f"PRAGMA {setting}")
        yield Scratch(connection)
