"""A worker that is killed in the middle of an import: the run is closed, the next worker goes on, and all is exact."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
import uuid
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from django.db import connection

from tests.importing.exports import text, write

ROOT = Path(__file__).resolve().parents[2]
WORKS = 600

BRING = """
import sys
from pathlib import Path
from archive import intake
from archive.spool import Tray
tray = Tray()
for path in sorted(Path({folder!r}).iterdir()):
    with tray.begin(path.name) as file:
        file.write(path.read_bytes())
intake.queue_upload(tray, rules={{}}, fandom_from_folder=False, by="head")
"""
LOOK = """
import json
from archive.models import Chapter, ImportRun, SourceFile, Work
from django_tasks_db.models import DBTaskResult
runs = ImportRun.everything.order_by("pk").values()
for run in runs:
    del run['started_at'], run['beat_at'], run['finished_at']
print(json.dumps([list(runs), Work.everything.count(), SourceFile.everything.count(), Chapter.everything.count(),
                  list(DBTaskResult.objects.values_list("status", flat=True))]))
"""


@pytest.fixture
def database(db: None, tmp_path: Path) -> Iterator[str]:
    """A database of its own, on the server of this run."""
    if connection.vendor == "sqlite":
        yield f"sqlite:///{tmp_path}/killed.sqlite3"
        return
    given, name = connection.settings_dict, f"killed_{uuid.uuid4().hex[:12]}"
    login = {"host": given["HOST"], "port": given["PORT"], "user": given["USER"], "password": given["PASSWORD"]}
    with psycopg.connect(**login, dbname="postgres", autocommit=True) as server:
        server.execute(f"CREATE DATABASE {name}")
        who = f"{given['USER']}:{given['PASSWORD']}" if given["PASSWORD"] else given["USER"]
        yield f"postgres://{who}@{given['HOST']}:{given['PORT']}/{name}"
        server.execute(f"DROP DATABASE {name} WITH (FORCE)")


class House:
    """A library of its own, with processes of its own."""

    def __init__(self, data: Path, database: str) -> None:
        self.data = data
        self._environment = {
            **os.environ,
            "CARREL_DATA": str(data),
            "DATABASE_URL": database,
            "DJANGO_SETTINGS_MODULE": "reader.settings",
        }

    def manage(self, *arguments: str) -> str:
        ended = subprocess.run(
            [sys.executable, "manage.py", *arguments],
            cwd=ROOT, env=self._environment, capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert ended.returncode == 0, ended.stderr
        return ended.stdout

    def worker(self) -> "subprocess.Popen[bytes]":
        return subprocess.Popen(
            [sys.executable, "manage.py", "worker"], cwd=ROOT, env=self._environment, stderr=subprocess.DEVNULL
        )

    def kept(self) -> int:
        return sum(1 for _ in (self.data / "originals").glob("*/*.gz"))


def test_after_a_kill_the_run_is_closed_and_the_next_worker_ends_exact(database: str, tmp_path: Path) -> None:
    works, house = tmp_path / "works", House(tmp_path / "data", database)
    for number in range(WORKS - 100):
        write(works, number, Archive_Warning="Underage Sex" if number % 10 == 0 else "No Archive Warnings Apply")
    (works / "many.txt").write_text("\n\n\n".join(text(number) for number in range(1000, 1100)))
    (works / "empty.txt").touch()
    house.manage("migrate", "-v", "0")
    house.manage("shell", "-v", "0", "-c", BRING.format(folder=str(works)))
    cut = house.worker()
    while house.kept() < 40:
        assert cut.poll() is None
        time.sleep(0.01)
    cut.send_signal(signal.SIGKILL)
    cut.wait()
    runs, stored, *_, tasks = json.loads(house.manage("shell", "-v", "0", "-c", LOOK))
    assert [run["state"] for run in runs] == ["running"]
    assert tasks == ["RUNNING"]
    assert stored < WORKS

    after = house.worker()
    kept = [house.data / "uploads" / "1" / "names.json"]
    while len(list((house.data / "uploads" / "1").glob("*"))) > 2:  # the empty one stays, and the list
        assert after.poll() is None
        time.sleep(0.1)
    after.send_signal(signal.SIGTERM)
    assert after.wait(240) == 0
    assert all(path.exists() for path in kept)

    runs, *counts, tasks = json.loads(house.manage("shell", "-v", "0", "-c", LOOK))
    assert [(run["state"], run["follows_id"]) for run in runs] == [("interrupted", None), ("finished", 1)]
    assert runs[0]["error"] == "the process ended before its work was done"
    assert runs[1]["created"] + runs[1]["unchanged"] + runs[1]["held"] == WORKS
    assert runs[1]["refused"] == 1
    assert counts == [WORKS, WORKS, WORKS]
    assert tasks == ["SUCCESSFUL"]
    shutil.rmtree(house.data)
