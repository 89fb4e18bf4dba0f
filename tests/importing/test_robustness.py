"""Runs that are cut off, crowded, or meet a full disk: nothing half, nothing twice, one clear line."""

import errno
import json
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import OperationalError, connection
from django.utils import timezone

from archive import bounds, crew, originals
from archive.importing import Stopped, batches, import_files, mark_interrupted
from archive.importing.runs import SILENT
from archive.models import Chapter, ImportRun, RunEntry, SourceFile, Work
from tests.importing import breaking
from tests.importing.exports import text, write

ROOT = Path(__file__).resolve().parents[2]

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_reader_that_breaks_down_hangs_or_eats_memory_costs_only_its_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, jobs: int
) -> None:
    monkeypatch.setattr(crew, "_process", breaking.process)
    monkeypatch.setattr(bounds, "PATIENCE", 8.0)
    for number in range(8):
        write(tmp_path, number)
    for what in ("crash", "hang", "eat"):
        (tmp_path / f"{what}.txt").write_text(f"{what}\n")
    row = import_files([tmp_path], jobs=jobs).row
    assert (row.created, row.refused) == (8, 3)
    reasons = {Path(path).name: reason for path, reason in RunEntry.everything.values_list("path", "reason")}
    assert reasons == {
        "crash.txt": "the reader broke down on it",
        "hang.txt": "the reader took too long over it",
        "eat.txt": "needs too much memory to be read",
    }


def test_a_file_that_gets_on_may_take_long_and_one_that_trickles_may_not() -> None:
    steady, trickling = bounds.Patience(), bounds.Patience()
    for _ in range(10_000):
        steady.sign(bounds.PACE / 2)
    assert steady.left == bounds.PATIENCE
    for _ in range(2):
        trickling.sign(bounds.PATIENCE / 2 + bounds.PACE)
    assert trickling.left == 0


def test_readers_that_cannot_be_started_stop_the_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(crew, "_process", breaking.stillborn)
    write(tmp_path, 1)
    with pytest.raises(Stopped, match="no process can be started"):
        import_files([tmp_path], jobs=2)
    assert ImportRun.everything.get().state == ImportRun.State.INTERRUPTED


def test_a_reader_that_fails_is_a_reason_and_no_traceback(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: Any) -> Any:
        raise RecursionError

    monkeypatch.setattr(crew, "works_of", fail)
    write(tmp_path, 1)
    import_files([tmp_path], jobs=0)
    assert RunEntry.everything.get().reason == "the reader failed on it (RecursionError)"


@pytest.mark.parametrize(
    ("number", "words"),
    [(errno.ENOSPC, "the disk that holds the library is full"), (errno.EROFS, "cannot be written to")],
)
@pytest.mark.parametrize("place", ["_pieces", "_force"], ids=["writing", "forcing to the disk"])
def test_a_disk_that_takes_no_more_stops_the_run_with_one_line_and_nothing_half(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, words: str, place: str
) -> None:
    def full(*_: Any) -> Any:
        raise OSError(number, os.strerror(number), "somewhere")

    write(tmp_path, 1, Title=f"{place} {number}")
    before = set(originals.folder().rglob("*.gz"))
    with monkeypatch.context() as patched:
        patched.setattr(originals, place, full)
        with pytest.raises(Stopped, match=words) as told:
            import_files([tmp_path], jobs=0)
    assert "\n" not in str(told.value)
    row = ImportRun.everything.get()
    assert row.state == ImportRun.State.INTERRUPTED
    assert words in row.error
    assert not Work.everything.exists()
    assert set(originals.folder().rglob("*.gz")) == before
    assert import_files([tmp_path], jobs=0).row.created == 1


def test_a_database_that_takes_no_more_stops_the_run_and_refuses_no_work(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: Any) -> Any:
        raise OperationalError("database or disk is full")

    write(tmp_path, 1)
    monkeypatch.setattr(batches, "store", full)
    with pytest.raises(Stopped, match="the disk that holds the library is full"):
        import_files([tmp_path], jobs=0)
    row = ImportRun.everything.get()
    assert (row.refused, row.state) == (0, ImportRun.State.INTERRUPTED)


def test_a_database_that_is_busy_is_asked_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store, times = batches.store, []

    def busy(batch: Any) -> Any:
        times.append(1)
        if len(times) < 3:
            raise OperationalError("database is locked")
        return store(batch)

    write(tmp_path, 1)
    monkeypatch.setattr(batches, "store", busy)
    assert import_files([tmp_path], jobs=0).row.created == 1
    assert len(times) == 3


def test_an_interrupted_run_says_so_and_keeps_what_is_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*_: Any) -> Any:
        raise KeyboardInterrupt

    write(tmp_path, 1)
    monkeypatch.setattr(batches, "store", interrupt)
    with pytest.raises(CommandError, match="a second run goes on from there"):
        call_command("import_works", tmp_path, jobs=0)
    row = ImportRun.everything.get()
    assert (row.state, row.error) == (ImportRun.State.INTERRUPTED, "interrupted by the keeper")


def test_a_run_whose_process_is_gone_is_marked_and_one_that_lives_is_not() -> None:
    now = timezone.now()
    silent, fresh = (ImportRun.everything.create(started_at=beat, beat_at=beat) for beat in (now - SILENT * 2, now))
    assert mark_interrupted() == 1
    silent.refresh_from_db()
    fresh.refresh_from_db()
    assert (silent.state, fresh.state) == (ImportRun.State.INTERRUPTED, ImportRun.State.RUNNING)


@pytest.mark.django_db(transaction=True)
def test_two_runs_at_once_bring_each_work_in_once(tmp_path: Path) -> None:
    for number in range(60):
        write(tmp_path, number, Author=f"author{number % 7}", Additional_Tags=f"Tag {number % 5}, Tag {number % 3}")
    both = threading.Barrier(2)
    rows: list[ImportRun] = []

    def run() -> None:
        try:
            both.wait(10)
            rows.append(import_files([tmp_path], jobs=0).row)
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert len(rows) == 2
    assert sum(row.created for row in rows) == 60
    assert sum(row.created + row.unchanged for row in rows) == 120
    assert Work.everything.count() == SourceFile.everything.count() == Chapter.everything.count() == 60


def manage(data: Path, *arguments: str) -> "subprocess.Popen[str]":
    environment = {**os.environ, "CARREL_DATA": str(data), "DJANGO_SETTINGS_MODULE": "reader.settings"}
    environment.pop("DATABASE_URL", None)
    return subprocess.Popen(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT, env=environment, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
    )  # fmt: skip


def finished(process: "subprocess.Popen[str]") -> tuple[int, str]:
    out, _ = process.communicate(timeout=240)
    return process.returncode, out


def test_after_a_kill_in_the_middle_a_second_run_ends_with_each_work_once(tmp_path: Path) -> None:
    data, works = tmp_path / "data", tmp_path / "works"
    data.mkdir()
    for number in range(300):
        write(works, number)
    (works / "many.txt").write_text("\n\n\n".join(text(number) for number in range(1000, 1150)))
    assert finished(manage(data, "migrate", "-v", "0"))[0] == 0
    cut = manage(data, "import_works", str(works), "--jobs", "2")
    while not any((data / "originals").glob("*/*.gz")) and cut.poll() is None:
        time.sleep(0.02)
    cut.send_signal(signal.SIGKILL)
    cut.communicate(timeout=240)
    assert cut.returncode == -signal.SIGKILL
    code, out = finished(manage(data, "import_works", str(works), "--jobs", "2"))
    assert code == 0, out
    export = tmp_path / "out.jsonl"
    assert finished(manage(data, "export_works", str(export)))[0] == 0
    ids = [json.loads(line)["source_id"] for line in export.read_text().splitlines()]
    assert len(ids) == len(set(ids)) == 450
    code, out = finished(manage(data, "import_works", str(works), "--jobs", "2"))
    assert "0 new, 0 updated (older text kept), 450 unchanged, 0 held" in out
    code, out = finished(
        manage(data, "shell", "-v", "0", "-c",
               "from archive.models import ImportRun; print(*ImportRun.everything.values_list('state', flat=True))")
    )  # fmt: skip
    assert out.split() == ["finished", "finished", "interrupted"]


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become somebody who may not write")
def test_a_library_that_cannot_be_written_to_is_one_line(tmp_path: Path) -> None:
    data = tmp_path / "data"
    data.mkdir()
    works = write(tmp_path / "works", 1).parent
    assert finished(manage(data, "migrate", "-v", "0"))[0] == 0
    (data / "carrel.sqlite3").chmod(0o444)
    for folder in [*tmp_path.parents[:3], tmp_path, data]:
        folder.chmod(folder.stat().st_mode | 0o055)
    code = (
        "import os, django; django.setup(); "
        "from django.core.management import call_command, CommandError; "
        "from archive.management.commands import import_works; "
        "os.setgid(65534); os.setuid(65534); "
        f"import_works.Command().run_from_argv(['manage.py', 'import_works', {str(works)!r}, '--jobs', '1'])"
    )
    environment = {**os.environ, "CARREL_DATA": str(data), "CARREL_SECRET_KEY": "0" * 50,
                   "DJANGO_SETTINGS_MODULE": "reader.settings"}  # fmt: skip
    environment.pop("DATABASE_URL", None)
    ended = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    assert ended.returncode == 2, ended.stderr
    assert ended.stderr.strip().count("\n") == 0, ended.stderr
