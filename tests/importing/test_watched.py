"""The watched folder: what lies still comes in once, goes where it was told to, and nothing is lost by it."""

import os
import zipfile
from pathlib import Path
from typing import Any

import pytest

from archive import chores, intake, watched
from archive.formats import source
from archive.importing import Stopped
from archive.models import ImportRun, RunEntry, Tagging, WatchedFile, Work
from archive.watched import Watcher
from tests.importing.calibre import Shelf
from tests.importing.exports import text, write
from tests.importing.test_beside import side_car

pytestmark = pytest.mark.django_db


class Hours:
    """A clock that goes on by itself only when it is told to."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


class Looking:
    """A watcher with its folder and its clock."""

    def __init__(self, folder: Path, *, moves: bool) -> None:
        self.folder, self.clock = folder, Hours()
        self.watcher = Watcher(folder, moves=moves, clock=self.clock)

    def looks(self, times: int = 4, seconds: float = 5) -> list[ImportRun]:
        """So many looks, so many seconds apart."""
        runs = []
        for _ in range(times):
            self.clock.now += seconds
            if run := self.watcher.look():
                run.refresh_from_db()
                runs.append(run)
        return runs

    def names(self) -> set[str]:
        return {str(path.relative_to(self.folder)) for path in self.folder.rglob("*") if not path.is_dir()}


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    folder = tmp_path / "inbox"
    folder.mkdir()
    return folder


@pytest.fixture
def leaving(inbox: Path) -> Looking:
    return Looking(inbox, moves=False)


@pytest.fixture
def moving(inbox: Path) -> Looking:
    return Looking(inbox, moves=True)


def test_what_lies_still_comes_in_as_one_run_and_is_left_in_place(leaving: Looking) -> None:
    write(leaving.folder, 1)
    write(leaving.folder / "sub", 2)
    [run] = leaving.looks()
    assert (run.way, run.created, run.paths) == ("folder", 2, [str(leaving.folder)])
    assert leaving.names() == {"1.txt", "sub/2.txt"}
    assert leaving.looks(10) == []
    assert ImportRun.everything.count() == 1


def test_an_empty_folder_makes_no_run(leaving: Looking) -> None:
    assert leaving.looks(10) == []
    assert not ImportRun.everything.exists()


def test_what_came_in_is_still_known_after_a_restart(leaving: Looking) -> None:
    write(leaving.folder, 1)
    assert len(leaving.looks()) == 1
    assert Looking(leaving.folder, moves=False).looks(10) == []


def test_a_file_that_changes_comes_in_again(leaving: Looking) -> None:
    path = write(leaving.folder, 1)
    leaving.looks()
    path.write_text(text(1, Title="Another title"))
    [run] = leaving.looks()
    assert run.updated == 1


def test_a_file_that_is_still_being_written_is_waited_for(leaving: Looking) -> None:
    path, whole = leaving.folder / "slow.txt", text(1)
    for end in range(20, len(whole), 40):
        path.write_text(whole[:end])
        assert leaving.looks(1, 8) == []
    path.write_text(whole)
    [run] = leaving.looks()
    assert (run.created, run.refused) == (1, 0)


def test_a_file_needs_several_looks_however_long_it_has_lain_there(leaving: Looking) -> None:
    write(leaving.folder, 1)
    assert leaving.looks(2, 60) == []
    assert len(leaving.looks(1, 60)) == 1


def test_files_wait_for_one_another_but_not_for_ever(leaving: Looking) -> None:
    write(leaving.folder, 1)
    growing = leaving.folder / "growing.txt"
    for times in range(20):
        growing.write_text("x" * (times + 1))
        assert leaving.looks(1, 5) == []
    for times in range(60):
        growing.write_text("x" * (times + 100))
        if runs := leaving.looks(1, 5):
            break
    assert runs[0].created == 1
    assert runs[0].total == 1


@pytest.mark.parametrize(
    "name", [".hidden.txt", "one.txt.part", "one.crdownload", "one.tmp", "one.txt~", ".sync/1.txt"]
)
def test_what_is_hidden_or_plainly_arriving_is_left_alone(name: str, leaving: Looking) -> None:
    write(leaving.folder, 1, name)
    assert leaving.looks(10) == []


def test_what_came_in_is_moved_and_keeps_its_folders(moving: Looking) -> None:
    write(moving.folder, 1)
    write(moving.folder / "sub" / "deeper", 2)
    (moving.folder / "sub" / "empty.txt").touch()
    (moving.folder / "cover.jpg").write_bytes(b"\xff\xd8\xff" + bytes(20))
    [run] = moving.looks()
    assert (run.created, run.refused, run.ignored) == (2, 1, 1)
    assert moving.names() == {"done/1.txt", "done/sub/deeper/2.txt", "failed/sub/empty.txt", "done/cover.jpg"}
    assert moving.looks(10) == []


def test_a_zip_in_which_something_failed_is_among_the_failed(moving: Looking) -> None:
    with zipfile.ZipFile(moving.folder / "both.zip", "w") as bundle:
        bundle.writestr("one.txt", text(1))
        bundle.writestr("empty.txt", "")
    [run] = moving.looks()
    assert (run.created, run.refused) == (1, 1)
    assert moving.names() == {"failed/both.zip"}


def test_what_was_moved_to_the_failed_is_tried_again_from_there(moving: Looking) -> None:
    (moving.folder / "sub").mkdir()
    (moving.folder / "sub" / "bad.txt").touch()
    [run] = moving.looks()
    write(moving.folder / "failed" / "sub", 1, "bad.txt")
    again = intake.queue_again(run, by="head")
    assert again
    assert again.paths == [str(moving.folder / "failed" / "sub" / "bad.txt")]
    intake.carry_out.call(again.pk)
    assert Work.everything.count() == 1


def test_names_that_are_taken_get_a_number(moving: Looking) -> None:
    for times in range(3):
        write(moving.folder, 1, Title=f"Title {times}")
        moving.looks()
    assert moving.names() == {"done/1.txt", "done/1 (2).txt", "done/1 (3).txt"}
    titles = {path.read_text().splitlines()[0] for path in (moving.folder / "done").iterdir()}
    assert titles == {"Title: Title 0", "Title: Title 1", "Title: Title 2"}


def test_a_file_that_changed_while_it_was_read_is_not_moved(moving: Looking, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write(moving.folder, 1)

    def slowly(*given: Any) -> Any:
        run = _in_this_process(*given)
        if path.exists() and "later" not in path.read_text():
            path.write_text(text(1, Summary="", Title="A later title"))
        return run

    monkeypatch.setattr(watched, "take_in", slowly)
    moving.looks()
    assert moving.names() == {"1.txt"}
    moving.looks()
    assert moving.names() == {"done/1.txt"}
    assert Work.everything.get().title == "A later title"


def test_a_link_to_elsewhere_is_named_and_not_followed(moving: Looking, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    write(elsewhere, 1)
    (moving.folder / "link.txt").symlink_to(elsewhere / "1.txt")
    (moving.folder / "folder").symlink_to(elsewhere)
    [run] = moving.looks()
    assert (run.refused, run.created) == (2, 0)
    assert set(RunEntry.everything.values_list("reason", flat=True)) == {
        "a link to another file; links are not followed"
    }
    assert (elsewhere / "1.txt").exists()
    assert moving.looks(10) == []


def test_a_room_that_leads_out_of_the_folder_takes_nothing(moving: Looking, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (moving.folder / "done").symlink_to(elsewhere)
    write(moving.folder, 1)
    [run] = moving.looks()
    assert run.created == 1
    assert "could not be moved" in run.error
    assert list(elsewhere.iterdir()) == []
    assert moving.looks(10) == []


def test_a_pipe_is_named_and_nobody_waits_for_it(leaving: Looking) -> None:
    os.mkfifo(leaving.folder / "pipe.txt")
    write(leaving.folder, 1)
    [run] = leaving.looks()
    assert (run.created, run.refused) == (1, 1)
    assert RunEntry.everything.get().reason == "not an ordinary file"
    assert leaving.looks(10) == []


def test_a_file_that_may_not_be_read_is_named_once_and_comes_in_when_it_may(
    leaving: Looking, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(leaving.folder, 1)
    access, barred = os.access, [True]
    opened = source.os.open

    def refuse(path: Any, *given: Any, **more: Any) -> Any:
        if barred and str(path).endswith("1.txt"):
            raise PermissionError(13, "Permission denied")
        return opened(path, *given, **more)

    monkeypatch.setattr(os, "access", lambda path, mode: not barred and access(path, mode))
    monkeypatch.setattr(source.os, "open", refuse)
    [run] = leaving.looks()
    assert (run.refused, RunEntry.everything.get().reason) == (1, "cannot be opened: permission denied")
    assert leaving.looks(10) == []
    barred.clear()
    [run] = leaving.looks()
    assert run.created == 1


_take_in = watched.take_in


def _in_this_process(files: Any, run: Any, rules: Any) -> Any:
    return _take_in(files, run, rules, 0)


def test_a_file_that_vanishes_is_forgotten(leaving: Looking) -> None:
    path = write(leaving.folder, 1)
    assert leaving.looks(2) == []
    path.unlink()
    assert leaving.looks(10) == []
    assert not ImportRun.everything.exists()


def test_a_file_that_vanishes_at_the_last_moment_is_no_reason_to_complain(
    moving: Looking, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write(moving.folder, 1)

    def late(files: Any, run: Any, rules: Any) -> Any:
        path.unlink(missing_ok=True)
        return _take_in(files, run, rules, 0)

    monkeypatch.setattr(watched, "take_in", late)
    [run] = moving.looks()
    assert (run.state, run.error, run.created) == ("finished", "", 0)


def test_what_lies_beside_a_work_speaks_of_it_whenever_it_comes(leaving: Looking) -> None:
    (leaving.folder / "unlit.txt").write_text(text(1, Rating=""))
    leaving.looks()
    write(leaving.folder, 2)
    (leaving.folder / "unlit.txt.json").write_text(side_car())
    [run] = leaving.looks()
    assert (run.created, run.updated, run.unchanged, run.ignored) == (1, 1, 0, 1)
    assert Work.everything.get(source_id="2000001").rating_stated == "Explicit"


def test_a_calibre_library_is_watched_with_all_that_calibre_knows(leaving: Looking) -> None:
    shelf = Shelf(leaving.folder / "Calibre Library")
    shelf.add("Unlit", {"TXT": text(1).encode()}, tags=["Slow Burn"])
    [run] = leaving.looks()
    assert (run.created, run.refused) == (1, 0)
    shelf.tag(1, "Storms")
    [run] = leaving.looks()
    assert (run.updated, run.created) == (1, 0)
    assert list(Tagging.everything.filter(tag__kind="freeform").values_list("spelling", flat=True)) == ["Storms"]
    assert leaving.looks(10) == []


def test_a_folder_that_cannot_be_written_to_keeps_its_files_and_says_so(
    moving: Looking, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(moving.folder, 1)

    mkdir = Path.mkdir

    def barred(path: Path, *given: Any, **more: Any) -> Any:
        if path.is_relative_to(moving.folder):
            raise OSError(30, "Read-only file system")
        return mkdir(path, *given, **more)

    with monkeypatch.context() as patched:
        patched.setattr(Path, "mkdir", barred)
        [run] = moving.looks()
        assert moving.looks(10) == []
    assert run.created == 1
    assert run.error == "what came in could not be moved and stays where it is (Read-only file system)"
    assert moving.names() == {"1.txt"}


def test_a_folder_that_is_not_there_is_no_reason_to_fail(tmp_path: Path) -> None:
    assert Looking(tmp_path / "nowhere", moves=True).looks(10) == []


def test_a_library_that_takes_no_more_is_left_in_peace_for_a_while(
    leaving: Looking, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(leaving.folder, 1)

    def full(files: Any, run: Any, rules: Any) -> Any:
        with run:
            raise Stopped("the disk that holds the library is full")

    with monkeypatch.context() as patched:
        patched.setattr(watched, "take_in", full)
        assert len(leaving.looks(40)) == 1
    [run] = leaving.looks(3, watched.RESPITE)
    assert run.created == 1


def test_a_sweep_that_a_keeper_cancels_is_not_begun_again(leaving: Looking, monkeypatch: pytest.MonkeyPatch) -> None:
    write(leaving.folder, 1)

    def cancelled(files: Any, run: Any, rules: Any) -> Any:
        with run:
            intake.cancel(run.row)
            run.beat(at_once=True)

    monkeypatch.setattr(watched, "take_in", cancelled)
    [run] = leaving.looks()
    assert run.state == "cancelled"
    assert leaving.looks(10) == []


def test_names_that_are_no_text_come_in_as_well(moving: Looking) -> None:
    raw = os.fsencode(moving.folder) + b"/caf\xe9.txt"
    with open(raw, "w") as file:
        file.write(text(1))
    with open(os.fsencode(moving.folder) + b"/bad\xff.txt", "w"):
        pass
    [run] = moving.looks()
    assert (run.created, run.refused) == (1, 1)
    assert {os.fsencode(name) for name in moving.names()} == {b"done/caf\xe9.txt", b"failed/bad\xff.txt"}


def test_the_worker_looks_only_where_it_is_told_to(settings: Any, inbox: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    [chore] = [chore for chore in chores.CHORES if chore.do == watched.look]
    assert chore.every == watched.EVERY
    write(inbox, 1)
    assert chore.do() is None
    settings.WATCH, settings.WATCH_MOVES = inbox, True
    monkeypatch.setattr(watched, "LOOKS", 1)
    watched._watcher(inbox, True).still = 0  # noqa: SLF001 (no test waits for ten seconds)
    run = chore.do()
    assert isinstance(run, ImportRun)
    assert run.created == 1


def test_it_is_remembered_by_digests_and_by_no_names(leaving: Looking) -> None:
    write(leaving.folder, 1, "a title that tells something.txt")
    leaving.looks()
    assert "title" not in str(list(WatchedFile.everything.values()))


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Read in this process."""
    monkeypatch.setattr(watched, "take_in", _in_this_process)
