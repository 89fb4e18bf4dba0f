"""SQLite's log: folded beside an import while it runs, and left as it was found."""

import time

import pytest
from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper

from archive.importing import folding
from archive.importing.folding import folding_beside
from tests.shelving import shelve


def pragma(words: str) -> tuple[int, ...]:
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA {words}")
        found: tuple[int, ...] = cursor.fetchone()
    return found


@pytest.fixture(autouse=True)
def only_on_sqlite() -> None:
    if connection.vendor != "sqlite":
        pytest.skip("Postgres folds its own log")


@pytest.mark.django_db(transaction=True)
def test_an_import_folds_nothing_in_itself_and_the_setting_comes_back() -> None:
    before = pragma("wal_autocheckpoint")
    within: list[tuple[int, ...]] = []

    def broken_off() -> None:
        with folding_beside():
            within.append(pragma("wal_autocheckpoint"))
            raise RuntimeError

    with pytest.raises(RuntimeError):
        broken_off()
    assert within == [(0,)]
    assert pragma("wal_autocheckpoint") == before != (0,)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("long", "anew"), [(0, True), (10**9, False)])
def test_the_log_is_folded_all_the_while_and_begins_anew_once_it_is_long(
    long: int, anew: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []
    ask = folding._pragma  # noqa: SLF001 (what it tells the database is the point)

    def heard(database: BaseDatabaseWrapper, words: str) -> tuple[int, ...]:
        said.append(words)
        return ask(database, words)

    monkeypatch.setattr(folding, "_pragma", heard)
    monkeypatch.setattr(folding, "EVERY", 0.01)
    monkeypatch.setattr(folding, "LONG", long)
    with folding_beside():
        shelve()
        patience = time.monotonic() + 120
        while said.count("wal_checkpoint(PASSIVE)") < 3 and time.monotonic() < patience:
            time.sleep(0.02)
    assert said.count("wal_checkpoint(PASSIVE)") >= 3
    assert ("wal_checkpoint(RESTART)" in said) == anew
