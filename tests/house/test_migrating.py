"""Setting the library up is safe when several processes do it at once, and refuses what a newer Carrel wrote."""

import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection

ROOT = Path(__file__).resolve().parents[2]


def test_two_that_start_at_once_take_turns(new_library: dict[str, str]) -> None:
    together = [
        subprocess.Popen(
            [sys.executable, "manage.py", "migrate", "--verbosity=0"],
            cwd=ROOT,
            env=new_library,
            stderr=subprocess.PIPE,
            text=True,
        )
        for _ in range(2)
    ]
    told = [process.communicate()[1] for process in together]
    assert told == ["", ""]
    assert [process.returncode for process in together] == [0, 0]


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
