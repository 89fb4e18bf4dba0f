"""The index in Postgres: rows of tsvectors, one for each part of a document, under GIN.

The vectors are written out word by word, with the places where each stands, instead of being made by `to_tsvector`: so
Postgres takes for a word what `archive.search.words` has made one, whatever its parser and the server's locale think.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager

from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper
from pyroaring import BitMap

from archive.search.documents import Columns, Key, Kind
from archive.search.store import NOTHING, Mark
from archive.search.words import BREAK

_LABELS = {Kind.OWN: "ABC", Kind.PROSE: "D"}
_WEIGHTS = "{0.1, 0.1, 0.3, 1.0}"
"""Of prose, summary, authors and tags, title."""
_BY_INDEX = "SET LOCAL enable_seqscan = off; "
"""Holds for what is sent together with it. The table looks small, so Postgres would rather read it as a whole for a
word that many works have; it does not reckon with the vectors, which are stored elsewhere, and are most of what there
is to read."""


class PostgresStore:
    """The tables of this database."""

    @contextmanager
    def reading(self) -> Iterator["_Index"]:
        """Open it for questions."""
        with connection.cursor() as cursor:
            yield _Index(cursor)

    @contextmanager
    def writing(self) -> Iterator["_Index"]:
        """Open it for one transaction."""
        with transaction.atomic(), connection.cursor() as cursor:
            yield _Index(cursor)

    def clear(self) -> None:
        """Empty the tables."""
        with connection.cursor() as cursor:
            cursor.execute("TRUNCATE archive_search_own, archive_search_prose, archive_search_mark")

    def successor(self) -> None:
        """None: Postgres clears away dead rows by itself. New ones are sorted in now, else each question would look
        through all that wait for it."""
        with connection.cursor() as cursor:
            for kind in Kind:
                cursor.execute("SELECT gin_clean_pending_list(%s::regclass)", [f"archive_search_{kind}_words"])

    def succeed(self) -> None:
        """It has never a successor."""


class _Index:
    """The tables, open for questions or for one transaction."""

    def __init__(self, cursor: CursorWrapper) -> None:
        self._cursor = cursor
        self._marks: dict[str, Mark] | None = None

    def mark(self, kind: Kind) -> Mark:
        if self._marks is None:  # both at once: each way to the server and back costs as much as a small question
            self._cursor.execute("SELECT kind, number, token, swept FROM archive_search_mark")
            self._marks = {kind: Mark(*mark) for kind, *mark in self._cursor.fetchall()}
        return self._marks.get(kind, NOTHING)

    def works(self, kind: Kind, phrase: str, *, title: bool = False) -> BitMap:
        query = _query(phrase, "A" if title else "")
        select = f"SELECT array_agg(work) FROM archive_search_{kind} WHERE words @@ %s::tsquery"
        self._cursor.execute(_BY_INDEX + select, [query])
        self._cursor.nextset()
        [(works,)] = self._cursor.fetchall()
        return BitMap(works or ())

    def scores(self, kind: Kind, phrase: str, works: Collection[int]) -> dict[int, float]:
        self._cursor.execute(
            f"SELECT work, max(ts_rank(%s, words, query, 1)) FROM archive_search_{kind}, CAST(%s AS tsquery) query"
            " WHERE work = ANY(%s) AND words @@ query GROUP BY work",
            [_WEIGHTS, _query(phrase), list(works)],
        )
        return dict(self._cursor.fetchall())

    def texts(self, phrase: str, works: Collection[int]) -> set[Key]:
        self._cursor.execute(
            "SELECT work, mark FROM archive_search_prose WHERE work = ANY(%s) AND words @@ %s::tsquery",
            [list(works), _query(phrase)],
        )
        return {(work, mark) for work, mark in self._cursor.fetchall()}

    def size(self) -> int:
        self._cursor.execute(
            "SELECT pg_total_relation_size('archive_search_own') + pg_total_relation_size('archive_search_prose')"
        )
        return int(self._cursor.fetchone()[0])

    def present(self, kind: Kind, works: Collection[int]) -> set[Key]:
        sql = f"SELECT DISTINCT work, mark FROM archive_search_{kind} WHERE work = ANY(%s)"
        self._cursor.execute(sql, [list(works)])
        return {(work, mark) for work, mark in self._cursor.fetchall()}

    def drop(self, kind: Kind, keys: Iterable[Key]) -> None:
        self._cursor.executemany(f"DELETE FROM archive_search_{kind} WHERE work = %s AND mark = %s", list(keys))

    def add(self, kind: Kind, key: Key, parts: Iterable[Columns]) -> None:
        rows = [(*key, _vector(part, _LABELS[kind])) for part in parts]
        sql = f"INSERT INTO archive_search_{kind} (work, mark, words) VALUES (%s, %s, %s::tsvector)"
        self._cursor.executemany(sql, rows)

    def note(self, kind: Kind, mark: Mark) -> None:
        self._marks = None
        self._cursor.execute(
            "INSERT INTO archive_search_mark (kind, number, token, swept) VALUES (%s, %s, %s, %s)"
            " ON CONFLICT (kind) DO UPDATE"
            " SET number = excluded.number, token = excluded.token, swept = excluded.swept",
            [kind, mark.number, mark.token, mark.swept],
        )


def _vector(columns: Columns, labels: str) -> str:
    """Columns of words as a tsvector: each word with the places where it stands. No phrase spans two columns.

    Folded words hold neither quotes nor backslashes.
    """
    places: dict[str, list[str]] = defaultdict(list)
    place = 0
    for column, label in zip(columns, labels, strict=True):
        weight = "" if label == "D" else label
        for place, word in enumerate(column.split(), place + 2):  # noqa: B020 - it goes on from column to column
            places[word].append(f"{place}{weight}")
    places.pop(BREAK, None)
    return " ".join(f"'{word}':{','.join(where)}" for word, where in places.items())


def _query(phrase: str, label: str = "") -> str:
    """A phrase as a tsquery: its words one after the other, the last perhaps only begun, all with one label."""
    *first, last = phrase.split()
    begun = "" if phrase.endswith(" ") else "*"
    labels = [*([label] * len(first)), begun + label]
    return " <-> ".join(
        f"'{word}'{':' if label else ''}{label}" for word, label in zip([*first, last], labels, strict=True)
    )
