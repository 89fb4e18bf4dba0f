"""A snapshot that is spoiled, gone, or of another database: it is left, and plain SQL answers until one is built."""

import json
import logging
import shutil
from pathlib import Path

import pytest
from django.db import transaction

from archive import index
from archive.browse import BrowseQuery
from archive.index import answering, compacting, current, folder, snapshots
from tests.index.living import EVERYBODY, compact, found, make, shelf

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("new_index")]


@pytest.fixture
def spoiled() -> Path:
    """A snapshot that stands, to be spoiled, in a library with one work."""
    make(1)
    return compact()


def no_header(folder: Path) -> None:
    (folder / "header.json").unlink()


def half_a_header(folder: Path) -> None:
    (folder / "header.json").write_text('{"format": ')


def foreign(folder: Path) -> None:
    header = json.loads((folder / "header.json").read_text())
    (folder / "header.json").write_text(json.dumps({**header, "format": 99}))


def cut_off(folder: Path) -> None:
    with (folder / "arrays").open("r+b") as file:
        file.truncate(3)


def one_missing(folder: Path) -> None:
    (folder / "arrays").unlink()


@pytest.mark.parametrize("spoil", [no_header, half_a_header, foreign, cut_off, one_missing])
def test_a_spoiled_snapshot_is_put_aside_with_one_line_and_plain_sql_answers(
    spoil: object, spoiled: Path, caplog: pytest.LogCaptureFixture
) -> None:
    spoil(spoiled)  # type: ignore[operator]
    with caplog.at_level(logging.WARNING):
        assert current.state() is None
        assert index.page(EVERYBODY, BrowseQuery()).total == 1
        current.forget()
        assert current.state() is None
    assert len(caplog.records) == 1
    assert compacting.Watch().wanted()
    compact()
    assert found() == shelf()
    assert len(list(snapshots.house().iterdir())) == 1


def test_a_snapshot_with_other_bytes_than_were_written_is_found_and_built_anew(spoiled: Path) -> None:
    assert current.state() is not None
    snapshots.prove()
    assert spoiled.exists()
    size = (spoiled / "arrays").stat().st_size
    with (spoiled / "arrays").open("r+b") as file:
        file.seek(size // 2)
        file.write(bytes(byte ^ 255 for byte in (spoiled / "arrays").read_bytes()[size // 2 :]))
    snapshots.prove()
    assert not spoiled.exists()
    assert compacting.Watch().wanted()
    compact()
    assert found() == shelf(), "whoever had it open takes the new one"


def test_a_spoiled_snapshot_gives_way_to_the_one_before() -> None:
    make(1)
    compact()
    make(2)
    no_header(compact())
    assert found() == shelf()


def test_a_snapshot_that_cannot_be_read_at_this_moment_is_left_where_it_is(
    spoiled: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def read(folder: Path) -> None:
        raise OSError(24, "Too many open files")

    with monkeypatch.context() as crowded:
        crowded.setattr(folder, "read", read)
        assert current.state() is None
        assert index.page(EVERYBODY, BrowseQuery()).total == 1
    assert "Too many open files" in caplog.text
    current.forget()
    assert found() == shelf()
    assert spoiled.exists()


def test_a_deleted_folder_harms_nobody() -> None:
    make(1)
    compact()
    found()
    shutil.rmtree(snapshots.house())
    make(2)
    assert found() == shelf(), "what is open stays open"
    assert compacting.Watch().wanted()
    current.forget()
    assert current.state() is None
    compact()
    assert found() == shelf()


def test_bytes_that_lead_astray_cost_a_line_in_the_log_and_no_page(
    spoiled: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def astray(*asked: object) -> None:
        raise IndexError

    monkeypatch.setattr(answering, "page", astray)
    assert index.page(EVERYBODY, BrowseQuery()).total == 1
    assert "plain SQL does" in caplog.text


def test_a_restored_older_library_uses_no_snapshot_of_a_newer_one() -> None:
    make(1)
    compact()
    assert len(found()) == 1
    with transaction.atomic():
        later = transaction.savepoint()
        make(2)
        compact()
        compact()  # both that are kept are newer than the backup
        assert len(found()) == 2
        transaction.savepoint_rollback(later)
    assert current.state() is None
    assert compacting.Watch().wanted()
    make(3)
    assert current.state() is None, "the same number, another token"
    compact()
    assert found() == shelf()
    assert len(list(snapshots.house().iterdir())) == 1


def test_a_snapshot_older_than_the_backup_goes_on_serving() -> None:
    make(1)
    compact()
    with transaction.atomic():
        later = transaction.savepoint()
        make(2)
        assert len(found()) == 2
        transaction.savepoint_rollback(later)
    make(3)
    make(4)
    assert found() == shelf()
