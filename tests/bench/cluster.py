"""A Postgres of its own for the length of one measurement, run by an ordinary user and removed afterwards."""

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psycopg

_NAME = "carrel_bench"


def binaries() -> Path | None:
    """Where the server's programs are on this machine, None if they are not."""
    if found := shutil.which("initdb"):
        return Path(found).resolve().parent
    return max(Path("/usr/lib/postgresql").glob("*/bin"), default=None)


@contextmanager
def own(programs: Path) -> Iterator[str]:
    """A cluster in a folder of its own, on a free port of this machine; yields the address of an empty database."""
    with tempfile.TemporaryDirectory(prefix="carrel-pg-") as folder:
        as_user: dict[str, Any] = {}
        if os.geteuid() == 0:  # Postgres refuses to be run by root
            as_user = {"user": "nobody", "group": "nogroup", "extra_groups": []}
            shutil.chown(folder, "nobody", "nogroup")
        with _running(Path(folder), programs, as_user) as server, scratch_database(server) as address:
            yield address


@contextmanager
def _running(home: Path, programs: Path, as_user: dict[str, Any]) -> Iterator[str]:
    data = home / "data"
    _run([programs / "initdb", "-D", data, "-U", "carrel", "-A", "trust", "-E", "UTF8", "--no-sync"], home, as_user)
    port = free_port()
    listen = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={home} -c max_wal_size=4GB"
    _run([programs / "pg_ctl", "-D", data, "-l", home / "log", "-w", "-o", listen, "start"], home, as_user)
    try:
        yield f"postgres://carrel@127.0.0.1:{port}/postgres"
    finally:
        _run([programs / "pg_ctl", "-D", data, "-m", "immediate", "-w", "stop"], home, as_user)


@contextmanager
def scratch_database(server: str, name: str = _NAME, *, copied: bool = False) -> Iterator[str]:
    """A database on a server that is named by the address of one of its databases: empty, or a copy of that one."""
    template = f'TEMPLATE "{urlsplit(server).path[1:]}"' if copied else "TEMPLATE template0 ENCODING 'UTF8'"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"DROP DATABASE IF EXISTS {name}")
        connection.execute(f"CREATE DATABASE {name} {template}")
    try:
        yield urlsplit(server)._replace(path=f"/{name}").geturl()
    finally:
        with psycopg.connect(server, autocommit=True) as connection:
            connection.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


def free_port() -> int:
    """A port of this machine that nobody listens on."""
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return int(trial.getsockname()[1])


def _run(command: list[Path | str], folder: Path, as_user: dict[str, Any]) -> None:
    subprocess.run(command, cwd=folder, check=True, stdout=subprocess.DEVNULL, **as_user)
