"""A scratch library: a folder, a database and an environment of its own, all gone afterwards."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings

from tests.bench import cluster

_LEFT_OUT = ("CARREL_", "PYTHONDONTWRITEBYTECODE")
"""The settings of another library; and programs are compiled once, not at each start, as where they are installed."""


@dataclass(frozen=True, slots=True)
class Scratch:
    """One library to be measured, spoken to through `manage.py` as everybody does."""

    name: str
    """The database, as the table heads it."""
    folder: Path
    database: str
    copied: bool = False
    """Whether it is the copy of a library that has works."""

    def start(self, *words: str, **options: Any) -> "subprocess.Popen[str]":
        """Start a command of `manage.py` on this library."""
        return self.run([sys.executable, "manage.py", *words], **options)

    def run(self, command: list[str], **options: Any) -> "subprocess.Popen[str]":
        """Start any program in the environment of this library."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith(_LEFT_OUT)}
        environment = kept | {"CARREL_DATA": str(self.folder / "library"), "DATABASE_URL": self.database}
        return subprocess.Popen(command, cwd=settings.ROOT, env=environment, text=True, **options)

    def manage(self, *words: str) -> None:
        """Run a command of `manage.py` to its end."""
        with self.start(*words, stdout=subprocess.DEVNULL) as running:
            running.wait()
        _check(running, words)

    def fill(self, works: int, *how: str) -> float:
        """Make so many works unless there are some, and what pages need besides; returns the seconds it took."""
        start = time.perf_counter()
        if not self.copied:
            self.manage("make_corpus", str(works), *how)
        taken = time.perf_counter() - start
        self.manage("collectstatic", "--noinput", "--verbosity=0")
        return round(taken, 1)

    def ask(self, *words: str) -> Any:
        """Run a part of the benchmark inside this library, and read the JSON that it prints."""
        with self.run([sys.executable, "-m", "tests.bench", *words], stdout=subprocess.PIPE) as running:
            answer, _ = running.communicate()
        _check(running, words)
        return json.loads(answer)


@contextmanager
def libraries(database: str, library: Path | None = None) -> Iterator[Iterator[Scratch]]:
    """A library on each database that is here: SQLite, and Postgres where a server is named or can be run.

    It is empty, or a copy of the `library` in a folder; on Postgres of the database that DATABASE_URL names besides.
    """
    with tempfile.TemporaryDirectory(prefix="carrel-bench-") as folder:
        yield _libraries(Path(folder), database, library)


def _libraries(folder: Path, database: str, library: Path | None) -> Iterator[Scratch]:
    if database in {"sqlite", "both"}:
        yield _opened("SQLite", folder / "sqlite", "", library)
    if database == "sqlite":
        return
    server = os.environ.get("DATABASE_URL", "")
    place = folder / "postgresql"
    if server.startswith("postgres"):
        with cluster.scratch_database(server, copied=library is not None) as address:
            yield _opened("Postgres", place, address, library)
    elif library:
        sys.stderr.write("To copy a library on Postgres, name its database in DATABASE_URL.\n")
    elif programs := cluster.binaries():
        with cluster.own(programs) as address:
            yield _opened("Postgres", place, address, None)
    else:
        sys.stderr.write("No Postgres on this machine, and DATABASE_URL names none: SQLite only.\n")


def _opened(name: str, folder: Path, database: str, library: Path | None) -> Scratch:
    scratch = Scratch(name, folder, database, copied=library is not None)
    if library:
        left_out = shutil.ignore_patterns("index", "*.lock", *(["*.sqlite3*"] if database else []))
        shutil.copytree(library, folder / "library", ignore=left_out)
    else:
        (folder / "library").mkdir(parents=True)
    scratch.manage("migrate", "--verbosity=0")
    return scratch


def _check(ended: "subprocess.Popen[str]", words: Sequence[str]) -> None:
    if ended.returncode:
        raise RuntimeError(f"{' '.join(words)} ended with {ended.returncode}")
