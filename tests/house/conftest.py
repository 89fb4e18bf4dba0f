"""A library that nobody has set up yet, on the database of this run."""

import os
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit
from uuid import uuid4

import psycopg
import pytest


@pytest.fixture
def new_library(tmp_path: Path) -> Iterator[dict[str, str]]:
    """The environment for processes of its own."""
    kept = {"PATH": os.environ["PATH"], "CARREL_DATA": str(tmp_path)}
    if "DATABASE_URL" not in os.environ:
        yield kept
        return
    name = f"carrel_{uuid4().hex[:12]}"
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as server:
        server.execute(f"CREATE DATABASE {name}")  # type: ignore[call-overload]
        yield {**kept, "DATABASE_URL": urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}").geturl()}
        server.execute(f"DROP DATABASE {name} WITH (FORCE)")  # type: ignore[call-overload]
