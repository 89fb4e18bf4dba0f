"""The index beside SQLite: FTS5 tables in a file of their own, so that writing them keeps no page waiting.

The tables are contentless: they keep where words stand, not the texts. Nothing can be deleted from such a table, so
each document has a number that is never given again, and a row in a plain table beside it; whatever has no such row is
dead. When the dead are many, a new file is built, and takes the place of the old one by its name.
"""

import sqlite3
from collections.abc import Collection, Iterable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any

from django.conf import settings
from pyroaring import BitMap

from archive.search.documents import Columns, Key, Kind
from archive.search.store import NOTHING, Mark

_COLUMNS = {Kind.OWN: ("title", "names", "summary"), Kind.PROSE: ("body",)}
_WEIGHTS = {Kind.OWN: ", 10.0, 3.0, 1.0", Kind.PROSE: ""}
_FILE, _GROWING = ".sqlite3", ".growing"
_WORN = 1_000
"""So many dead documents, and a quarter of those that live, are worth a new file."""
_PATIENCE = 30.0
"""Seconds to wait for another writer."""
FORMAT = 1
"""Grows when files of before cannot be read any more."""


class SQLiteStore:
    """One file. Without a path, that which is in use: the newest that is whole."""

    def __init__(self, path: Path | None = None) -> None:
        folder = Path(settings.DATA) / "search"
        self.path = path or max(folder.glob(f"words-*{_FILE}"), key=_number, default=folder / f"words-1{_FILE}")

    @contextmanager
    def reading(self) -> Iterator["_Reading"]:
        """Open it for questions, as it stands at this moment."""
        try:
            file = sqlite3.connect(f"{self.path.as_uri()}?mode=ro", uri=True, isolation_level=None)
        except sqlite3.OperationalError:
            file = sqlite3.connect(":memory:", isolation_level=None)
        with closing(file):
            file.execute("BEGIN")
            yield _Reading(file, self.path)

    @contextmanager
    def writing(self) -> Iterator["_Writing"]:
        """Open it for one transaction. A file that is damaged is thrown away first, and another begun."""
        try:
            file = self._opened()
        except sqlite3.OperationalError:  # it is locked, or the disk is full
            raise
        except sqlite3.DatabaseError:
            self.clear()
            file = self._opened()
        with closing(file):
            file.execute("BEGIN IMMEDIATE")
            yield _Writing(file)
            file.execute("COMMIT")

    def clear(self) -> None:
        """Throw the file away, and go on with one of another name: nobody can take the two for one."""
        old, self.path = self.path, self.path.with_name(f"words-{_number(self.path) + 1}{self.path.suffix}")
        self._opened().close()
        _remove(old)

    def successor(self) -> "SQLiteStore | None":
        """A new file that is being built, begun when the dead have become many in this one."""
        with self.reading() as here:
            dead, alive = here.counted()
        growing = self.path.with_name(f"words-{_number(self.path) + 1}{_GROWING}")
        if not growing.exists() and (dead < _WORN or dead < alive // 4):
            return None
        return SQLiteStore(growing)

    def succeed(self) -> None:
        """Take the place of the file in use. Whoever has that one open reads on in it, and finds this one next time."""
        old = SQLiteStore()
        for store in (self, old):
            with closing(store._opened()) as file:  # noqa: SLF001 - another of its own kind
                file.execute("PRAGMA wal_checkpoint(TRUNCATE)")  # all of it in the one file that is renamed, or removed
        self.path = self.path.rename(self.path.with_suffix(_FILE))
        _remove(old.path)

    def _opened(self) -> sqlite3.Connection:
        self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        file = sqlite3.connect(self.path, isolation_level=None, timeout=_PATIENCE)
        try:
            _make(file)
        except BaseException:
            file.close()
            raise
        return file


def _remove(path: Path) -> None:
    for end in ("", "-wal", "-shm"):
        path.with_name(path.name + end).unlink(missing_ok=True)


def _number(path: Path) -> int:
    number = path.name.partition("-")[2].partition(".")[0]
    return int(number) if number.isdigit() else 0


def _make(file: sqlite3.Connection) -> None:
    file.execute("PRAGMA journal_mode = WAL")
    file.execute("PRAGMA synchronous = NORMAL")
    file.execute("PRAGMA cache_size = -32000")
    if file.execute("PRAGMA user_version").fetchone()[0] == FORMAT:
        return
    file.execute("BEGIN IMMEDIATE")
    file.execute("CREATE TABLE IF NOT EXISTS mark (kind TEXT PRIMARY KEY, number INTEGER, token TEXT, swept INTEGER)")
    for kind, columns in _COLUMNS.items():
        file.execute(
            f"CREATE TABLE IF NOT EXISTS {kind}_document"
            " (id INTEGER PRIMARY KEY AUTOINCREMENT, work INTEGER, mark INTEGER)"
        )
        file.execute(f"CREATE INDEX IF NOT EXISTS {kind}_by_work ON {kind}_document (work, mark)")
        file.execute(
            f"CREATE VIRTUAL TABLE IF NOT EXISTS {kind} USING fts5({', '.join(columns)}, content='', tokenize='ascii')"
        )
        file.execute(f"INSERT INTO {kind}({kind}, rank) VALUES ('hashsize', {8 << 20})")
    file.execute(f"PRAGMA user_version = {FORMAT}")
    file.execute("COMMIT")


class _Reading:
    """A file open for questions. One that is missing or damaged answers as an empty one."""

    def __init__(self, file: sqlite3.Connection, path: Path) -> None:
        self._file, self._path = file, path

    def _asked(self, sql: str, *values: object) -> list[tuple[Any, ...]]:
        try:
            return self._file.execute(sql, values).fetchall()
        except sqlite3.OperationalError:
            if self._begun():
                raise
        except sqlite3.DatabaseError:  # it is damaged: the next who writes notices it, and begins another
            pass
        return []

    def _begun(self) -> bool:
        return any(self.mark(kind) != NOTHING for kind in Kind)

    def mark(self, kind: Kind) -> Mark:
        with suppress(sqlite3.DatabaseError):
            return _mark(self._file, kind)
        return NOTHING

    def works(self, kind: Kind, phrase: str, *, title: bool = False) -> BitMap:
        rows = self._asked(
            f"SELECT work FROM {kind} CROSS JOIN {kind}_document ON id = {kind}.rowid WHERE {kind} MATCH ?",
            _match(kind, phrase, title=title),
        )
        return BitMap([work for (work,) in rows])

    def scores(self, kind: Kind, phrase: str, works: Collection[int]) -> dict[int, float]:
        rows = self._asked(
            f"SELECT -bm25({kind}{_WEIGHTS[kind]}), work"
            f" FROM {kind} CROSS JOIN {kind}_document ON id = {kind}.rowid"
            f" WHERE {kind} MATCH ? AND +work IN ({_list(works)})",
            _match(kind, phrase),
        )
        return {work: score for score, work in sorted(rows)}

    def texts(self, phrase: str, works: Collection[int]) -> set[Key]:
        if phrase.endswith(" "):
            sql = (
                f"SELECT work, mark FROM prose_document WHERE work IN ({_list(works)})"
                " AND EXISTS (SELECT 1 FROM prose WHERE prose.rowid = prose_document.id AND prose MATCH ?)"
            )
        else:  # FTS5 would gather all words that begin so for each document anew
            sql = (
                "SELECT work, mark FROM prose CROSS JOIN prose_document ON id = prose.rowid"
                f" WHERE prose MATCH ? AND +work IN ({_list(works)})"
            )
        rows = self._asked(sql, _match(Kind.PROSE, phrase))
        return {(work, mark) for work, mark in rows}

    def size(self) -> int:
        with suppress(FileNotFoundError):
            return self._path.stat().st_size
        return 0

    def counted(self) -> tuple[int, int]:
        """How many documents are dead, and how many alive."""
        alive = sum(number for kind in Kind for (number,) in self._asked(f"SELECT count(*) FROM {kind}_document"))
        ever = sum(number for (number,) in self._asked("SELECT seq FROM sqlite_sequence"))
        return ever - alive, alive


class _Writing:
    """A file open for one transaction."""

    def __init__(self, file: sqlite3.Connection) -> None:
        self._file = file

    def mark(self, kind: Kind) -> Mark:
        return _mark(self._file, kind)

    def present(self, kind: Kind, works: Collection[int]) -> set[Key]:
        rows = self._file.execute(f"SELECT work, mark FROM {kind}_document WHERE work IN ({_list(works)})")
        return {(work, mark) for work, mark in rows}

    def drop(self, kind: Kind, keys: Iterable[Key]) -> None:
        self._file.executemany(f"DELETE FROM {kind}_document WHERE work = ? AND mark = ?", keys)

    def add(self, kind: Kind, key: Key, parts: Iterable[Columns]) -> None:
        columns = _COLUMNS[kind]
        insert = f"INSERT INTO {kind} (rowid, {', '.join(columns)}) VALUES (?{', ?' * len(columns)})"
        for part in parts:
            number = self._file.execute(f"INSERT INTO {kind}_document (work, mark) VALUES (?, ?)", key).lastrowid
            self._file.execute(insert, (number, *part))

    def note(self, kind: Kind, mark: Mark) -> None:
        row = (kind, mark.number, mark.token, mark.swept)
        self._file.execute("INSERT OR REPLACE INTO mark (kind, number, token, swept) VALUES (?, ?, ?, ?)", row)


def _mark(file: sqlite3.Connection, kind: Kind) -> Mark:
    row = file.execute("SELECT number, token, swept FROM mark WHERE kind = ?", (kind,)).fetchone()
    return Mark(*row) if row else NOTHING


def _list(works: Collection[int]) -> str:
    return ", ".join(str(int(work)) for work in works)


def _match(kind: Kind, phrase: str, *, title: bool = False) -> str:
    """A phrase as FTS5 asks for it. Folded words hold neither quotes nor other signs, so nothing in them is syntax."""
    begun = "" if phrase.endswith(" ") else " *"
    return f'{"title : " if title else ""}"{phrase.strip()}"{begun}'
