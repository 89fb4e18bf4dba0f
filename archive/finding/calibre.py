"""A calibre library: `metadata.db` beside one folder for each book, read and never written to.

The tables are those of calibre's own schema (resources/metadata_sqlite.sql; custom columns as db/backend.py makes
them): `books.path` is the folder of a book, `data` its files, and each custom column has tables named by its number.
A `|` in the name of an author stands for a comma, and a date of the year 101 for none.
"""

import json
import os
import shutil
import sqlite3
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import quote

from archive.finding.found import Companion
from archive.formats import Source
from archive.formats.beside import CALIBRE
from archive.parsed import Refused

NAME = "metadata.db"
MAGIC = b"SQLite format 3\0"

_LONGEST_VALUE = 4 * 1024 * 1024
_PATIENCE = 20.0
"""Seconds that a library may take in all beyond `_PACE` for each book: no sound one needs a thousandth of it."""
_PACE = 0.05
_MOST_VALUES = 20_000
"""Values that one book may have of a kind, such as tags; no more are sorted, either."""
_STEPS = 100_000
_NO_DATE = "0101-01-01"
_PREFERRED = ("EPUB", "KEPUB", "HTMLZ", "HTML", "HTM", "XHTML", "ZIP", "TXTZ", "MD", "TXT")
"""The formats of a book that are read, the best first."""
_MODE, _AHEAD, _IN_PLACE = slice(18, 20), b"\x02\x02", b"\x01\x01"
"""Where a database says how it is written to, and its two ways."""
_LARGEST_ANSWER, _ROW = 256 * 1024 * 1024, 100
"""Bytes of all rows that are asked for at once, and about what a row takes besides its values."""

_LISTS = {
    "authors": "SELECT a.name FROM books_authors_link l JOIN authors a ON a.id = l.author WHERE l.book = ?"
    " ORDER BY l.id",
    "tags": "SELECT t.name FROM books_tags_link l JOIN tags t ON t.id = l.tag WHERE l.book = ? ORDER BY t.name, t.id",
    "languages": "SELECT c.lang_code FROM books_languages_link l JOIN languages c ON c.id = l.lang_code"
    " WHERE l.book = ? ORDER BY l.item_order, l.id",
}
_ONES = {
    "series": "SELECT s.name FROM books_series_link l JOIN series s ON s.id = l.series WHERE l.book = ?",
    "publisher": "SELECT p.name FROM books_publishers_link l JOIN publishers p ON p.id = l.publisher WHERE l.book = ?",
    "stars": "SELECT r.rating FROM books_ratings_link l JOIN ratings r ON r.id = l.rating WHERE l.book = ?",
    "comments": "SELECT text FROM comments WHERE book = ?",
}
_BOOKS = "SELECT id, path FROM books"
_BOOK = "SELECT title, uuid, pubdate, series_index FROM books WHERE id = ?"
_IDENTIFIERS = "SELECT type, val FROM identifiers WHERE book = ? ORDER BY type"
_FILES = "SELECT upper(format), name FROM data WHERE book = ?"
_FUNCTIONS = {"upper"}
_COLUMNS = (
    "SELECT id, label, name, datatype, is_multiple, normalized FROM custom_columns"
    " WHERE NOT mark_for_delete AND datatype != 'composite' ORDER BY id"
)


@dataclass(frozen=True, slots=True)
class CalibreBook:
    """One book of a library: its files that can be read, by name, the best first, and what calibre states of it."""

    files: tuple[str, ...]
    companion: Companion


class Library:
    """A library whose database is open."""

    def __init__(
        self, database: sqlite3.Connection, shown: str, folder: "TemporaryDirectory[str] | None" = None
    ) -> None:
        self._database, self._shown, self._folder = database, shown, folder
        self._until, self._spare = 0.0, _PATIENCE
        self._harden()
        self._books = {str(path).strip("/").casefold(): int(pk) for pk, path in self._rows(_BOOKS)}
        self._columns = [(int(row[0]), *row[1:]) for row in self._rows(_COLUMNS)]
        self._last: tuple[str, CalibreBook | None] = ("", None)

    def _harden(self) -> None:
        """A database may have been made to do harm: nothing in it is run but reading, and not for long."""
        base = self._database
        base.text_factory = lambda data: data.decode("utf-8", "replace")
        base.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _LONGEST_VALUE)
        base.set_progress_handler(lambda: time.monotonic() > self._until, _STEPS)
        self._until = time.monotonic() + _PATIENCE
        for pragma in ("trusted_schema = OFF", "cell_size_check = ON", "query_only = ON"):
            base.execute(f"PRAGMA {pragma}")
        base.set_authorizer(_allowed)

    def book_at(self, folder: str) -> CalibreBook | None:
        """The book whose folder this is, as the library spells it; None when there is none, or it cannot be read."""
        key = folder.casefold()
        if self._last[0] != key:
            book = self._books.get(key)
            self._last = key, self._read(book) if book is not None else None
        return self._last[1]

    def close(self) -> None:
        """Let the database go, and the copy of it, if there is one."""
        self._database.close()
        if self._folder:
            self._folder.cleanup()

    def _read(self, book: int) -> CalibreBook | None:
        began = time.monotonic()
        self._until = began + self._spare
        try:
            files = dict(self._rows(_FILES, book))
            row = {"calibre": 1, "id": book, **self._facts(book), "columns": list(self._own_columns(book))}
        except (sqlite3.Error, TypeError, ValueError, ArithmeticError):
            return None
        finally:
            self._spare -= max(0.0, time.monotonic() - began - _PACE)
        data = json.dumps(row, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode("utf-8", "replace")
        names = tuple(f"{files[name]}.{name}".casefold() for name in _PREFERRED if name in files)
        return CalibreBook(names, Companion(f"{self._shown}/{book}", CALIBRE.name, data))

    def _facts(self, book: int) -> dict[str, Any]:
        [(title, uuid, published, index)] = self._rows(_BOOK, book)
        facts: dict[str, Any] = {"title": str(title or ""), "uuid": str(uuid or "")}
        facts |= {name: [str(value) for (value,) in self._rows(sql, book)] for name, sql in _LISTS.items()}
        facts["authors"] = [name.replace("|", ",") for name in facts["authors"]]
        facts |= {name: next((value for (value,) in self._rows(sql, book)), None) for name, sql in _ONES.items()}
        facts["series"] = facts["series"] and [str(facts["series"]), index]
        facts["published"] = "" if str(published).startswith(_NO_DATE) else str(published or "")[:10]
        facts["identifiers"] = {str(name): str(value) for name, value in self._rows(_IDENTIFIERS, book)}
        return {name: value for name, value in facts.items() if value}

    def _own_columns(self, book: int) -> Iterator[dict[str, Any]]:
        """What the columns of the reader's own say of a book; a column that cannot be read says nothing."""
        for number, label, name, sort, several, normalized in self._columns:
            try:
                found = self._column(book, number, sort, bool(normalized))
            except sqlite3.Error:
                continue
            if found:
                value = found if several else found[0]
                yield {"label": str(label), "name": str(name), "datatype": str(sort), "value": value}

    def _column(self, book: int, number: int, sort: str, normalized: bool) -> list[Any]:
        if not normalized:
            rows = self._rows(f"SELECT value, NULL FROM custom_column_{number} WHERE book = ?", book)
        else:
            extra = "l.extra" if sort == "series" else "NULL"
            rows = self._rows(
                f"SELECT v.value, {extra} FROM books_custom_column_{number}_link l"
                f" JOIN custom_column_{number} v ON v.id = l.value WHERE l.book = ? ORDER BY l.id",
                book,
            )
        found = [(value, index) for value, index in rows if isinstance(value, str | int | float)]
        return [[str(value), index] if sort == "series" else value for value, index in found]

    def _rows(self, sql: str, *values: int) -> list[tuple[Any, ...]]:
        """The rows of a question, unless they are so many, or so large, that no library can have them."""
        rows: list[tuple[Any, ...]] = []
        weight = 0
        for row in self._database.execute(f"{sql} LIMIT {_MOST_VALUES}" if values else sql, values):
            weight += _ROW + sum(len(value) for value in row if isinstance(value, str | bytes))
            if weight > _LARGEST_ANSWER:
                raise sqlite3.DataError
            rows.append(row)
        return rows


def _allowed(action: int, _first: str | None, second: str | None, _base: str | None, inside: str | None) -> int:
    """Only plain tables are read: no view, whose question might be any, and no function but our own questions'."""
    if inside is None and (
        action in {sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ}
        or (action == sqlite3.SQLITE_FUNCTION and second in _FUNCTIONS)
    ):
        return sqlite3.SQLITE_OK
    return sqlite3.SQLITE_DENY


def library_of(data: bytes, shown: str) -> Library | None:
    """The library whose database has these bytes; None when they are damaged, or of another program."""
    if data[_MODE] == _AHEAD:  # what was written ahead is not here; without it the database is as it was before
        data = data[: _MODE.start] + _IN_PLACE + data[_MODE.stop :]
    database = sqlite3.connect(":memory:", check_same_thread=False)
    try:
        database.deserialize(data)
    except (sqlite3.Error, OverflowError):
        database.close()
        return None
    return _library(database, shown)


def library_at(path: Path, shown: str, scratch: Path | None) -> Library | None:
    """The library of a database on the disk; None when it is damaged, or of another program.

    Nothing is ever written beside it. One that another program is writing ahead to is copied to `scratch` first.
    """
    ahead, folder = path.with_name(f"{path.name}-wal"), None
    try:
        Source.open(path)
        how = "mode=ro&immutable=1"
        if ahead.exists() and ahead.stat().st_size:
            folder = TemporaryDirectory(dir=scratch, prefix="calibre-")
            for each in (path, ahead):
                with Source.open(each).stream() as original, Path(folder.name, each.name).open("wb") as copy:
                    shutil.copyfileobj(original, copy)
            path, how = Path(folder.name, path.name), "mode=rw"
        address = f"file:{quote(os.fsencode(path.absolute()))}?{how}"
        return _library(sqlite3.connect(address, uri=True, check_same_thread=False), shown, folder)
    except (Refused, OSError, sqlite3.Error):
        if folder:
            folder.cleanup()
        return None


def _library(
    database: sqlite3.Connection, shown: str, folder: "TemporaryDirectory[str] | None" = None
) -> Library | None:
    try:
        return Library(database, shown, folder)
    except (sqlite3.Error, TypeError, ValueError, ArithmeticError):
        database.close()
        if folder:
            folder.cleanup()
        return None
