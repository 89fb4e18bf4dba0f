"""`import_works`: its report, its exit codes, its rules and its closing words."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from archive.importing import WrongRule, rules_of
from archive.importing.closing import duration
from archive.models import ImportRun, RunEntry, SourceFile, Tagging, Work
from archive.vocabulary import Rating
from tests.importing.exports import write

pytestmark = pytest.mark.django_db

KEYS = ["path", "format", "outcome", "work", "source", "source_id", "title", "reason"]


def run(*arguments: Any, **options: Any) -> int:
    """The exit code."""
    try:
        call_command("import_works", *arguments, jobs=0, **options)
    except SystemExit as ended:
        return int(str(ended.code))
    except CommandError as error:
        return error.returncode
    return 0


def reported(file: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]


def test_the_report_has_one_object_for_each_work_or_file(tmp_path: Path) -> None:
    works, report = tmp_path / "works", tmp_path / "report.jsonl"
    write(works, 1, Title="Déjà vu")
    write(works, 2, Archive_Warning="Underage Sex")
    (works / "cover.gif").write_bytes(b"GIF89a" + b"\0" * 20)
    (works / "empty.txt").touch()
    assert run(works, report=report) == 1
    lines = reported(report)
    assert sorted(line["outcome"] for line in lines) == ["created", "held", "ignored", "refused"]
    assert all(list(line) == KEYS for line in lines)
    [created] = [line for line in lines if line["outcome"] == "created"]
    assert created == {
        "path": str(works / "1.txt"),
        "format": "text-export",
        "outcome": "created",
        "work": Work.everything.get(title="Déjà vu").pk,
        "source": "archiveofourown.org",
        "source_id": "2000001",
        "title": "Déjà vu",
        "reason": "",
    }


def test_the_exit_code_says_whether_anything_was_refused(tmp_path: Path) -> None:
    write(tmp_path, 1)
    assert run(tmp_path) == 0
    (tmp_path / "empty.txt").touch()
    assert run(tmp_path) == 1


@pytest.mark.parametrize(
    "options",
    [{"rules": ["colour=red"]}, {"rules": ["rating=Tweenie"]}, {"rules": ["fandom="]}, {"rules": ["warning=Swearing"]}],
)
def test_wrong_use_ends_with_2_and_writes_nothing(tmp_path: Path, options: dict[str, Any]) -> None:
    write(tmp_path, 1)
    assert run(tmp_path, **options) == 2
    assert not ImportRun.everything.exists()


def test_a_path_where_nothing_is_ends_with_2(tmp_path: Path) -> None:
    assert run(tmp_path / "nowhere") == 2


def test_a_wrong_field_is_answered_with_the_list_of_fields() -> None:
    with pytest.raises(WrongRule, match="rating, authors, warnings, categories, fandoms"):
        rules_of(["colour=red"])


def test_a_dry_run_tells_and_writes_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    works, report = tmp_path / "works", tmp_path / "report.jsonl"
    write(works, 1)
    assert run(works, report=report, dry_run=True) == 0
    assert "Nothing was written. It would be: 1 work in" in capsys.readouterr().out
    assert [line["outcome"] for line in reported(report)] == ["created"]
    assert not any(model.everything.exists() for model in (Work, SourceFile, ImportRun))


def test_rules_hold_for_every_work_and_stay(tmp_path: Path) -> None:
    write(tmp_path, 1, Fandom="", Rating="")
    assert run(tmp_path, rules=["fandom=Night Ferry, Lamps", "rating=Teen"]) == 0
    work = Work.everything.get()
    assert work.rating == Rating.TEEN
    assert list(Tagging.everything.values_list("spelling", flat=True)) == ["Night Ferry", "Lamps"]
    write(tmp_path, 1, Fandom="", Rating="", body="Another text.\n\nIt is a longer one than that which stood here.\n")
    run(tmp_path)
    assert list(Tagging.everything.values_list("spelling", flat=True)) == ["Night Ferry", "Lamps"]


def test_a_second_run_with_other_rules_applies_them_to_files_that_are_known(tmp_path: Path) -> None:
    write(tmp_path, 1, Fandom="")
    run(tmp_path)
    run(tmp_path, rules=["fandom=Lamps"])
    assert list(Tagging.everything.values_list("spelling", flat=True)) == ["Lamps"]
    assert [(row.updated, row.unchanged) for row in ImportRun.everything.order_by("pk")] == [(0, 0), (1, 0)]
    run(tmp_path, rules=["fandom=Lamps"])
    assert ImportRun.everything.order_by("-pk")[0].unchanged == 1


def test_folders_name_fandoms_below_the_path_that_was_given(tmp_path: Path) -> None:
    write(tmp_path / "given" / "Night Ferry", 1, Fandom="")
    write(tmp_path / "given", 2, Fandom="")
    run(tmp_path / "given", fandom_from_folder=True)
    assert list(Tagging.everything.values_list("spelling", "content_object__source_id")) == [("Night Ferry", "2000001")]


def test_the_closing_report_says_what_came_in_and_what_waits(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(tmp_path, 1, Fandom="")
    write(tmp_path, 2, Archive_Warning="Underage Sex")
    (tmp_path / "cover.gif").write_bytes(b"GIF89a" + b"\0" * 20)
    (tmp_path / "empty.txt").touch()
    run(tmp_path)
    out = capsys.readouterr().out
    assert ": 1 new, 0 updated (older text kept), 0 unchanged, 1 held" in out
    assert "Waiting for you: 1 held (Underage Sex)" in out
    assert "/admin/" in out
    assert "Not stated: fandom 1." in out
    assert "Could not read 1: the file is empty." in out
    assert "Left alone: 1 cover and metadata file" in out
    assert f"refused: {tmp_path / 'empty.txt'}: the file is empty" in out
    assert f"held: {tmp_path / '2.txt'} (Work 2): Underage Sex" in out
    assert set(RunEntry.everything.values_list("outcome", flat=True)) == {"held", "refused"}


@pytest.mark.parametrize(
    ("seconds", "words"), [(0.2, "less than a second"), (59, "59 s"), (250, "4 min 10 s"), (3600, "1 h")]
)
def test_time_is_told_as_one_says_it(seconds: float, words: str) -> None:
    assert duration(seconds) == words
