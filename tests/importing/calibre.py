"""A calibre library made while a test runs, in the tables of calibre 6, with one folder for each book."""

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

SCHEMA = """
CREATE TABLE authors (id INTEGER PRIMARY KEY, name TEXT NOT NULL, sort TEXT, link TEXT NOT NULL DEFAULT "");
CREATE TABLE books (id INTEGER PRIMARY KEY, title TEXT NOT NULL DEFAULT 'Unknown', sort TEXT, timestamp TIMESTAMP,
    pubdate TIMESTAMP, series_index REAL NOT NULL DEFAULT 1.0, author_sort TEXT, path TEXT NOT NULL DEFAULT "",
    uuid TEXT, has_cover BOOL DEFAULT 0, last_modified TIMESTAMP);
CREATE TABLE books_authors_link (id INTEGER PRIMARY KEY, book INTEGER NOT NULL, author INTEGER NOT NULL);
CREATE TABLE books_languages_link (id INTEGER PRIMARY KEY, book INTEGER, lang_code INTEGER, item_order INTEGER);
CREATE TABLE books_publishers_link (id INTEGER PRIMARY KEY, book INTEGER, publisher INTEGER);
CREATE TABLE books_ratings_link (id INTEGER PRIMARY KEY, book INTEGER, rating INTEGER);
CREATE TABLE books_series_link (id INTEGER PRIMARY KEY, book INTEGER, series INTEGER);
CREATE TABLE books_tags_link (id INTEGER PRIMARY KEY, book INTEGER, tag INTEGER);
CREATE TABLE comments (id INTEGER PRIMARY KEY, book INTEGER, text TEXT);
CREATE TABLE custom_columns (id INTEGER PRIMARY KEY, label TEXT, name TEXT, datatype TEXT,
    mark_for_delete BOOL DEFAULT 0, editable BOOL DEFAULT 1, display TEXT DEFAULT "{}", is_multiple BOOL,
    normalized BOOL);
CREATE TABLE data (id INTEGER PRIMARY KEY, book INTEGER, format TEXT, uncompressed_size INTEGER, name TEXT);
CREATE TABLE identifiers (id INTEGER PRIMARY KEY, book INTEGER, type TEXT, val TEXT);
CREATE TABLE languages (id INTEGER PRIMARY KEY, lang_code TEXT);
CREATE TABLE publishers (id INTEGER PRIMARY KEY, name TEXT, sort TEXT);
CREATE TABLE ratings (id INTEGER PRIMARY KEY, rating INTEGER);
CREATE TABLE series (id INTEGER PRIMARY KEY, name TEXT, sort TEXT);
CREATE TABLE tags (id INTEGER PRIMARY KEY, name TEXT);
"""
_LINKED = {
    "authors": "author", "tags": "tag", "series": "series", "publishers": "publisher", "ratings": "rating",
    "languages": "lang_code",
}  # fmt: skip
_VALUES = {"ratings": "rating", "languages": "lang_code"}
_OWN_TABLES = {"bool", "int", "float", "datetime", "comments", "composite"}


class Shelf:
    """A library in a folder. Every call writes at once."""

    def __init__(self, root: Path) -> None:
        self.root = root
        root.mkdir(parents=True)
        self.run(SCHEMA)

    @contextmanager
    def open(self) -> Iterator[sqlite3.Connection]:
        """The database, closed again afterwards."""
        database = sqlite3.connect(self.root / "metadata.db")
        try:
            with database:
                yield database
        finally:
            database.close()

    def run(self, script: str) -> None:
        """Some SQL."""
        with self.open() as database:
            database.executescript(script)

    def add(self, title: str, files: Mapping[str, bytes], **facts: Any) -> Path:
        """A book with its files, by format; facts are lists, or the columns `pubdate`, `series_index`, `comments`."""
        with self.open() as database:
            book = database.execute("SELECT coalesce(max(id), 0) + 1 FROM books").fetchone()[0]
            path = f"{(facts.get('authors') or ['Unknown'])[0].replace('|', '_')}/{title} ({book})"
            database.execute(
                "INSERT INTO books (id, title, pubdate, series_index, path, uuid) VALUES (?, ?, ?, ?, ?, ?)",
                (book, title, facts.pop("pubdate", "0101-01-01 00:00:00+00:00"), facts.pop("series_index", 1.0), path,
                 f"uuid-{book}"),
            )  # fmt: skip
            if comments := facts.pop("comments", ""):
                database.execute("INSERT INTO comments (book, text) VALUES (?, ?)", (book, comments))
            for name, value in facts.pop("identifiers", {}).items():
                database.execute("INSERT INTO identifiers (book, type, val) VALUES (?, ?, ?)", (book, name, value))
            for sort, values in facts.items():
                for value in values:
                    link(database, book, sort, value)
            for name in files:
                database.execute(
                    "INSERT INTO data (book, format, uncompressed_size, name) VALUES (?, ?, ?, ?)",
                    (book, name, len(files[name]), f"{title} - file"),
                )
        folder = self.root / path
        folder.mkdir(parents=True)
        for name, data in files.items():
            (folder / f"{title} - file.{name.lower()}").write_bytes(data)
        return folder

    def tag(self, book: int, *tags: str) -> None:
        """Other tags for a book than it had."""
        with self.open() as database:
            database.execute("DELETE FROM books_tags_link WHERE book = ?", (book,))
            for tag in tags:
                link(database, book, "tags", tag)

    def column(self, label: str, name: str, sort: str, values: Mapping[int, Any], *, several: bool = False) -> None:
        """A column of the reader's own, with its values by book; those of a series are pairs."""
        own = sort in _OWN_TABLES
        with self.open() as database:
            number = database.execute(
                "INSERT INTO custom_columns (label, name, datatype, is_multiple, normalized) VALUES (?, ?, ?, ?, ?)",
                (label, name, sort, several, not own),
            ).lastrowid
            database.execute(f"CREATE TABLE custom_column_{number} (id INTEGER PRIMARY KEY, book INTEGER, value)")
            database.execute(
                f"CREATE TABLE books_custom_column_{number}_link"
                " (id INTEGER PRIMARY KEY, book INTEGER, value INTEGER, extra REAL)"
            )
            for book, value in values.items():
                for each in value if several else [value]:
                    bare, extra = each if sort == "series" else (each, None)
                    sql = f"INSERT INTO custom_column_{number} (book, value) VALUES (?, ?)"
                    row = database.execute(sql, (book if own else None, bare)).lastrowid
                    sql = f"INSERT INTO books_custom_column_{number}_link (book, value, extra) VALUES (?, ?, ?)"
                    database.execute(sql, (book, row, extra))


def link(database: sqlite3.Connection, book: int, sort: str, value: Any) -> None:
    """One fact of a book that stands in a table of its own."""
    row = database.execute(f"INSERT INTO {sort} ({_VALUES.get(sort, 'name')}) VALUES (?)", (value,)).lastrowid
    database.execute(f"INSERT INTO books_{sort}_link (book, {_LINKED[sort]}) VALUES (?, ?)", (book, row))
