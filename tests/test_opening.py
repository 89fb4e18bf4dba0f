"""A library is made by the first thing that is put into it."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings


@pytest.mark.parametrize(
    ("command", "says"), [(["import_works"], "1 new"), (["export_works", "-"], ""), (["import_samples"], "stands")]
)
def test_a_command_that_meets_no_library_makes_one(tmp_path: Path, command: list[str], says: str) -> None:
    work = tmp_path / "unlit.txt"
    work.write_text("Title: Unlit\nWork ID: 2000102\nRating: Explicit\n\nTom counted the ships twice.\n")
    environment = {**os.environ, "CARREL_DATA": str(tmp_path / "library"), "DJANGO_SETTINGS_MODULE": "reader.settings"}
    environment.pop("DATABASE_URL", None)
    paths = [str(work)] if command == ["import_works"] else []
    ended = subprocess.run(
        [sys.executable, "manage.py", *command, *paths],
        cwd=settings.ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == 0, ended.stderr
    assert says in ended.stdout
