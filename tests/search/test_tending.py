"""Texts are read beside whatever else the worker does, and a shelf says while they are."""

import time
from threading import Event, Thread

import pytest
from django.db import OperationalError
from django.test import Client

from archive import search, worker
from archive.browse import Term
from archive.search import following, tending
from archive.worker import Worker
from tests.cast import enter
from tests.shelving import shelve

SAID = "The words of texts are still being read: {} of {} works so far. More may be found later."


def text(asked: str) -> set[int]:
    return set(search.found(Term("text", asked)).text)


def page(client: Client, address: str) -> str:
    return client.get(address).content.decode()


@pytest.mark.django_db(transaction=True)
def test_texts_are_read_while_a_task_takes_long(monkeypatch: pytest.MonkeyPatch) -> None:
    work = shelve()
    monkeypatch.setattr(worker, "TENDING", (tending.tend,))
    working, found = Worker(pause=0, chores=()), set[int]()

    def long_task() -> None:
        end = time.monotonic() + 120
        while not found and time.monotonic() < end:
            found.update(text("lamp"))
            time.sleep(0.05)
        working.stop()

    monkeypatch.setattr(working, "step", long_task)
    working.run()
    assert found == {work}


@pytest.mark.django_db(transaction=True)
def test_what_goes_wrong_is_told_and_tried_again(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    tries: list[int] = []
    stopping = Event()

    def err(told: Event) -> bool:
        tries.append(1)
        if len(tries) == 1:
            raise OperationalError("database is locked")
        if len(tries) == 2:
            raise ValueError("a mistake of ours")
        stopping.set()
        return True

    monkeypatch.setattr(tending, "turn", err)
    monkeypatch.setattr(tending, "AGAIN", 0.0)
    thread = Thread(target=tending.tend, args=[stopping])
    thread.start()
    thread.join(120)
    assert len(tries) == 3
    assert "OperationalError" in caplog.text
    assert "a mistake of ours" in caplog.text


@pytest.mark.django_db
def test_a_shelf_says_how_far_the_texts_are_read_that_were_looked_into() -> None:
    following.follow()
    shelve(source="test", source_id="1")
    shelve(source="test", source_id="2", title="The Whale")
    shelve(source="test", source_id="3", title="Hidden", ratings=("Explicit",))
    stranger = enter("stranger")
    for address in ("/?text=lamp", "/?q=lamp", "/?text.not=lamp"):
        assert SAID.format(0, 2) in page(stranger, address), "what is not on the shelf is not counted"
    for address in ("/", "/?title=whale"):
        assert "still being read" not in page(stranger, address)
    assert SAID.format(0, 3) in page(enter("agreed"), "/?text=lamp")
    following.follow()
    assert "still being read" not in page(stranger, "/?text=lamp")
    shelve(source="test", source_id="4", title="Another")
    assert SAID.format(2, 3) in page(stranger, "/?text=lamp")


@pytest.mark.django_db
@pytest.mark.parametrize("named", [0, 500])
def test_works_whose_texts_have_changed_are_counted_however_many(named: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(following, "_NAMED", named)
    shelve(source="test", source_id="1")
    shelve(source="test", source_id="2", title="The Whale")
    following.follow()
    assert following.progress().prose == 0
    shelve(source="test", source_id="2", title="The Whale", body="<p>A whale, and another whale came in.</p>")
    assert following.progress().prose == 1
