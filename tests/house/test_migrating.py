"""Setting the library up is safe when several processes do it at once, and refuses what a newer Carrel wrote."""

import os
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit
from uuid import uuid4

import psycopg
import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def empty_database(tmp_path: Path, django_db_blocker: object) -> dict[str, str]:
    """The environment of a library that nobody has set up yet."""
    kept = {"PATH": os.environ["PATH"], "CARREL_DATA": str(tmp_path)}
    if "DATABASE_URL" not in os.environ:
        return kept
    name = f"carrel_{uuid4().hex[:12]}"
    server = urlsplit(os.environ["DATABASE_URL"])
    return {**kept, "DATABASE_URL": server._replace(path=f"/{name}").geturl(), "NAME": name}


def admin_sql(statement: str) -> None:
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as admin:
        admin.execute(statement)  # type: ignore[arg-type]


def test_three_that_start_at_once_take_turns(empty_database: dict[str, str]) -> None:
    name = empty_database.pop("NAME", "")
    if name:
        admin_sql(f"CREATE DATABASE {name}")
    try:
        together = [
            subprocess.Popen(
                [sys.executable, "manage.py", "migrate", "--verbosity=0"],
                cwd=ROOT,
                env=empty_database,
                stderr=subprocess.PIPE,
                text=True,
            )
            for _ in range(3)
        ]
        told = [process.communicate()[1] for process in together]
        assert told == ["", "", ""]
        assert [process.returncode for process in together] == [0, 0, 0]
    finally:
        if name:
            admin_sql(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.mark.django_db
def test_a_library_that_a_newer_carrel_wrote_is_left_alone() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO django_migrations (app, name, applied) VALUES ('archive', '9999_later', CURRENT_TIMESTAMP)"
        )
    with pytest.raises(CommandError, match="newer Carrel"):
        call_command("migrate", verbosity=0)


@pytest.mark.django_db
def test_setting_up_what_is_set_up_changes_nothing() -> None:
    call_command("migrate", verbosity=0)
    assert settings.DATA.exists()
