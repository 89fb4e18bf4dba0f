"""The index is brought up to date bit by bit, however it is cut off, lost, or put beside another database."""

import os
import signal
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from archive import changes, locks, search
from archive.browse import Term
from archive.models import Change, Work
from archive.parsed import ParsedChapter
from archive.search import documents, following, sqlite, tending
from archive.search.store import store
from tests.shelving import shelve


def text(asked: str) -> set[int]:
    return set(search.found(Term("text", asked)).text)


def blurb(asked: str) -> set[int]:
    return set(search.found(Term("search", asked)).blurb)


def ledger(number: int, body: str = "<p>The lamp was lit.</p>", **stated: Any) -> int:
    return shelve(source="example.org", source_id=str(number), title=f"Ledger {number}", body=body, **stated)


@pytest.mark.django_db
def test_a_text_that_was_replaced_no_longer_finds_its_work() -> None:
    work = ledger(1, "<p>A whale came in.</p>")
    following.follow()
    assert text("whale") == {work}
    assert ledger(1, "<p>A heron came in, and stayed for the whole of the winter.</p>") == work
    assert not text("whale")
    assert not text("heron")
    assert following.follow()
    assert not text("whale")
    assert text("heron") == {work}


@pytest.mark.django_db
def test_chapters_that_stay_as_they_are_are_not_read_again(monkeypatch: pytest.MonkeyPatch) -> None:
    chapters = tuple(ParsedChapter(number, f"<p>Chapter of {number} lamps.</p>") for number in range(1, 4))
    ledger(1, "", chapters=chapters)
    following.follow()
    loaded: list[documents.Key] = []
    read = documents.read

    def told(kind: documents.Kind, new: dict[documents.Key, str | int]) -> Iterator[Any]:
        loaded.extend(new)
        return read(kind, new)

    monkeypatch.setattr(documents, "read", told)
    ledger(1, "", chapters=(*chapters, ParsedChapter(4, "<p>Four lamps, and a heron.</p>")))
    following.follow()
    assert len(loaded) == 1
    assert text("heron")


@pytest.mark.django_db
def test_what_shelves_tell_is_found_before_the_worker_has_seen_it() -> None:
    first = ledger(1)
    assert blurb("ledger") == {first}
    following.follow()
    second = ledger(2)
    assert blurb("ledger") == {first, second}
    assert blurb('"ledger 2"') == {second}
    assert following.progress() == following.Progress(2, 1, 1)
    following.follow()
    assert following.progress() == following.Progress(2, 0, 0)
    with changes.recorded():
        Work.everything.get(pk=first).delete()
    assert blurb("ledger") == {second}


@pytest.mark.django_db
def test_beside_a_restored_database_nothing_is_taken_from_the_index_and_it_is_built_anew() -> None:
    work = ledger(1)
    following.follow()
    newest = Change.everything.latest("number")
    Change.everything.filter(pk=newest.pk).update(token="of another")
    assert blurb("ledger") == {work}
    assert not text("lamp")
    following.follow()
    assert text("lamp") == {work}


@pytest.mark.django_db
def test_an_index_that_is_lost_or_damaged_is_built_anew(data: Path) -> None:
    work = ledger(1)
    following.follow()
    if connection.vendor == "postgresql":
        following.forget()
    for file in (data / "search").glob("words-*"):
        file.write_bytes(b"no index at all" * 1000)
    assert blurb("ledger") == {work}
    assert not text("lamp")
    following.follow()
    assert text("lamp") == {work}


@pytest.mark.django_db
def test_the_dead_are_cleared_away_when_they_are_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sqlite, "_WORN", 4)
    for version in range(1, 6):
        work = ledger(1, f"<p>Text number{version} of many words, each longer than before{' more' * version}.</p>")
        following.follow()
        assert text("number*") == {work}
        assert text("number1") == ({work} if version == 1 else set())
    if connection.vendor == "sqlite":
        with sqlite.SQLiteStore().reading() as index:
            dead, alive = index.counted()
        assert dead < 5
        assert alive == 2


@pytest.mark.django_db
def test_another_that_reads_already_is_left_to_it() -> None:
    with locks.held("search"):
        assert tending.turn(Event())
        with pytest.raises(locks.Taken):
            following.follow()


@pytest.mark.django_db
def test_by_command_all_is_read_at_once(capsys: pytest.CaptureFixture[str]) -> None:
    work = ledger(1)
    call_command("index_texts")
    assert text("lamp") == {work}
    call_command("index_texts", "--anew")
    assert text("lamp") == {work}
    assert "1 works can be searched" in capsys.readouterr().out


@pytest.fixture
def killed() -> Iterator[Callable[[int], None]]:
    """Reads in a process that is killed, without any warning, before the document of that number is written."""

    def run(before: int) -> None:
        connection.close()
        child = os.fork()
        if not child:
            written = iter(range(before))
            parts = documents.parts

            def die_at_last(kind: documents.Kind, columns: documents.Columns) -> Iterator[documents.Columns]:
                if next(written, None) is None:
                    os.kill(os.getpid(), signal.SIGKILL)
                return parts(kind, columns)

            documents.parts = die_at_last
            following.follow()
            os._exit(0)
        assert os.WIFSIGNALED(os.waitpid(child, 0)[1])

    return run


@pytest.mark.filterwarnings("ignore:.*multi-threaded.*:DeprecationWarning")
@pytest.mark.django_db(transaction=True)
def test_killed_anywhere_it_goes_on_and_is_exact(killed: Callable[[int], None]) -> None:
    works = {ledger(number) for number in range(1, 6)}
    for before in (0, 2, 5, 3):
        killed(before)
        assert blurb("ledger") == works
        assert text("lamp") <= works
    following.follow()
    assert text("lamp") == works
    assert not text("heron")
    with store().reading() as index:
        assert set(index.works(documents.Kind.PROSE, " lamp")) == works


@pytest.mark.django_db
def test_words_are_found_through_the_index_and_nothing_waits_to_be_sorted_into_it(on_postgres: bool) -> None:
    work = ledger(1)
    assert following.follow()
    with CaptureQueriesContext(connection) as captured:
        assert text("lamp") == {work}
    asked = [query["sql"] for query in captured if "words @@" in query["sql"]]
    assert len(asked) == (1 if on_postgres else 0), "beside SQLite words stand in a file of their own"
    with connection.cursor() as cursor:
        for sql in asked:
            cursor.execute(sql.replace("SELECT", "EXPLAIN SELECT", 1))
            cursor.nextset()
            plan = str(cursor.fetchall())
            assert "archive_search_prose_words" in plan
            assert "Seq Scan" not in plan
            cursor.execute("SELECT gin_clean_pending_list('archive_search_prose_words')")
            assert cursor.fetchall() == [(0,)]
