"""A Postgres of its own for the length of one measurement, run by an ordinary user and removed afterwards."""

import os
import shutil
import subprocess
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
def own(folder: Path, programs: Path) -> Iterator[str]:
    """A cluster in this folder, reached by a socket there; yields the address of an empty database."""
    home = folder / "postgres"
    home.mkdir(mode=0o700)
    as_user: dict[str, Any] = {}
    if os.geteuid() == 0:  # Postgres refuses to be run by root
        as_user = {"user": "nobody", "group": "nogroup", "extra_groups": []}
        shutil.chown(home, "nobody", "nogroup")
        folder.chmod(0o711)
    data = home / "data"
    _run([programs / "initdb", "-D", data, "-U", "carrel", "-A", "trust", "-E", "UTF8", "--no-sync"], home, as_user)
    listen = f"-c listen_addresses= -c unix_socket_directories={home} -c max_wal_size=4GB"
    _run([programs / "pg_ctl", "-D", data, "-l", home / "log", "-w", "-o", listen, "start"], home, as_user)
    try:
        address = f"postgres://carrel@{str(home).replace('/', '%2F')}/postgres"
        with scratch_database(address) as made:
            yield made
    finally:
        _run([programs / "pg_ctl", "-D", data, "-m", "immediate", "-w", "stop"], home, as_user)


@contextmanager
def scratch_database(server: str) -> Iterator[str]:
    """An empty database on a server that is named by the address of one of its databases."""
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"DROP DATABASE IF EXISTS {_NAME}")
        connection.execute(f"CREATE DATABASE {_NAME} TEMPLATE template0 ENCODING 'UTF8'")
    try:
        yield urlsplit(server)._replace(path=f"/{_NAME}").geturl()
    finally:
        with psycopg.connect(server, autocommit=True) as connection:
            connection.execute(f"DROP DATABASE IF EXISTS {_NAME} WITH (FORCE)")


def _run(command: list[Path | str], folder: Path, as_user: dict[str, Any]) -> None:
    subprocess.run(command, cwd=folder, check=True, stdout=subprocess.DEVNULL, **as_user)
