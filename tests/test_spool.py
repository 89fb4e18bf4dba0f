"""The spool: whatever senders call their files, the names are only words, and nothing is left of what nobody wants."""

import gc
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive import spool
from archive.spool import Spool, Tray, outermost, shown


@given(name=st.one_of(st.text(max_size=100), st.text(alphabet="a b./\\\u202e", max_size=100)))
def test_any_name_is_fit_to_be_shown_and_stays_as_it_is_once_it_was(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spool, "NAME", 21)
    monkeypatch.setattr(spool, "PATH", 30)
    words = shown(name)
    assert words
    assert len(words) <= spool.PATH
    assert words.isprintable()
    assert "\\" not in words
    assert not words.startswith("/")
    assert shown(words) == words
    assert not {"", ".", ".."} & set(words.split("/"))


@given(st.text(alphabet="ab/.", max_size=20), st.sets(st.text(alphabet="ab/.", min_size=1, max_size=6)))
def test_what_holds_a_path_is_the_path_or_what_it_lies_in(path: str, known: set[str]) -> None:
    found = outermost(path, known)
    assert found == "" or (found in known and (path == found or path.startswith(f"{found}/")))


def test_a_tray_that_nobody_puts_away_is_gone(data: Path) -> None:
    tray = Tray()
    with tray.begin("one.txt") as file:
        file.write(b"words")
    place = tray.place
    assert place.joinpath("1").stat().st_mode & 0o077 == 0 or place.stat().st_mode & 0o077 == 0
    del tray
    gc.collect()
    assert not place.exists()


def test_what_was_put_away_is_found_under_its_senders_names_and_cleared(data: Path) -> None:
    tray = Tray()
    for name in ("a/one.txt", "a/two.txt", "three.txt"):
        with tray.begin(name) as file:
            file.write(name.encode())
    tray.put_away("test-1")
    files = Spool("test-1")
    assert files.names == {1: "a/one.txt", 2: "a/two.txt", 3: "three.txt"}
    assert [(found.path, found.folder) for found in files.find()] == [
        ("a/one.txt", "a"),
        ("a/two.txt", "a"),
        ("three.txt", ""),
    ]
    assert files.holding(["a/two.txt", "three.txt/entry.txt", "elsewhere"]) == [2, 3]
    files.clear(keep=[2])
    assert Spool("test-1").names == {2: "a/two.txt"}
    assert Spool("test-1", only=[1]).names == {}
    Spool("test-1").clear()
    assert not files.place.exists()


def test_what_never_finished_arriving_is_swept_after_a_while(data: Path) -> None:
    stale = data / "tmp" / "upload-stale"
    stale.mkdir()
    assert spool.sweep(set(), 3600) == 0
    os.utime(stale, (0, 0))
    assert spool.sweep(set(), 3600) == 1
    assert not stale.exists()


@pytest.mark.parametrize("free", [0, 10**6])
def test_there_is_room_only_for_what_leaves_some(free: int, monkeypatch: pytest.MonkeyPatch) -> None:
    state = os.statvfs("/")
    monkeypatch.setattr(os, "statvfs", lambda path: os.statvfs_result((1, 1, free, free, free, *state[5:])))
    assert not spool.room_for(10**6)
    monkeypatch.setattr(os, "statvfs", lambda path: os.statvfs_result((1, 1, 10**9, 10**9, 10**9, *state[5:])))
    assert spool.room_for(10**6)
