"""Imports that are cut off: wherever they are killed, the next run ends with the library that one run would make."""

import json
import os
import random
import signal
import subprocess
import sys
import time
import zipfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from archive.corpus import Corpus, exports
from reader.settings import ROOT
from tests.bench.cluster import scratch_database

pytestmark = pytest.mark.database
WORKS = 150
MOMENTS = 20
OURS = ("id", "added")
"""What each library numbers and dates for itself."""


@dataclass(frozen=True, slots=True)
class Library:
    """A library of its own, spoken to by commands, on the database that the tests run on."""

    data: Path
    database: str

    def manage(self, *words: str) -> "subprocess.Popen[str]":
        house = {"CARREL_DATA": str(self.data), "DATABASE_URL": self.database}
        return subprocess.Popen(
            [sys.executable, "manage.py", *words],
            cwd=ROOT,
            env={**os.environ, **house, "DJANGO_SETTINGS_MODULE": "reader.settings"},
            text=True,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )

    def done(self, *words: str) -> str:
        out, _ = (running := self.manage(*words)).communicate(timeout=240)
        assert running.returncode == 0, out
        return out

    def exported(self) -> list[str]:
        """Every work, without what a library numbers for itself, in an order of its own."""
        self.done("export_works", str(self.data / "out.jsonl"))
        works = (json.loads(line) for line in (self.data / "out.jsonl").read_text().splitlines())
        return sorted(json.dumps({name: value for name, value in work.items() if name not in OURS}) for work in works)


@contextmanager
def library(folder: Path) -> Iterator[Library]:
    folder.mkdir()
    with ExitStack() as stack:
        server, address = os.environ.get("TEST_DATABASE_URL", ""), ""
        if server:
            address = stack.enter_context(scratch_database(server, f"carrel_{folder.name}_{os.getpid()}"))
        made = Library(folder, address)
        made.done("migrate", "-v", "0")
        yield made


def files(folder: Path) -> Path:
    """Text exports, HTML and EPUB downloads in folders, and more of them in a zip."""
    for seed, kind in enumerate(exports.KINDS):
        exports.write(Corpus(WORKS, seed=seed), folder / kind, 2000, 6000, kind)
    exports.write(Corpus(WORKS, seed=9), folder.parent / "more", 2000, 6000)
    with zipfile.ZipFile(folder / "more.zip", "w") as bundle:
        for path in sorted((folder.parent / "more").rglob("*.txt")):
            bundle.write(path, path.name)
    return folder


def test_an_import_killed_at_twenty_moments_ends_exact(tmp_path: Path) -> None:
    works, chance = files(tmp_path / "works"), random.Random(20)
    with library(tmp_path / "cut") as cut, library(tmp_path / "whole") as whole:
        whole.done("import_works", str(works), "--jobs", "2")
        cut_off(cut, works, chance)
        cut.done("import_works", str(works), "--jobs", "2")
        assert len(whole.exported()) == WORKS * 4
        assert cut.exported() == whole.exported()
        again = cut.done("import_works", str(works), "--jobs", "2")
        assert f"0 new, 0 updated (older text kept), {WORKS * 4} unchanged" in again


def locks(cut: Library) -> set[Path]:
    return set((cut.data / "runs").glob("*.lock"))


def cut_off(cut: Library, works: Path, chance: random.Random) -> None:
    """Kill the import again and again, each time a little after it has begun."""
    killed = 0
    for _ in range(MOMENTS):
        before = locks(cut)  # whoever is killed leaves its own behind
        running = cut.manage("import_works", str(works), "--jobs", "2")
        while not locks(cut) - before and running.poll() is None:
            time.sleep(0.01)
        time.sleep(chance.uniform(0, 0.35))
        running.send_signal(signal.SIGKILL)
        running.communicate(timeout=240)
        killed += running.returncode == -signal.SIGKILL
    assert killed > MOMENTS // 2
