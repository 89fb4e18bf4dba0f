"""Files and folders as people have them: all that can be read is, the rest is named with its reason."""

import os
from pathlib import Path

import pytest

from archive import originals
from archive.formats import Source
from archive.importing import Run, import_files
from archive.models import RunEntry, SourceFile, Work
from tests.importing.exports import text, write

pytestmark = pytest.mark.django_db


def bring_in(*paths: Path) -> Run:
    return import_files(paths, jobs=0)


def refusals() -> dict[str, str]:
    return {Path(path).name: reason for path, reason in RunEntry.everything.values_list("path", "reason")}


def test_originals_are_kept_byte_for_byte(tmp_path: Path) -> None:
    file = write(tmp_path, 1)
    file.write_bytes(b"\xef\xbb\xbf" + file.read_bytes().replace(b"\n", b"\r\n"))
    bring_in(tmp_path)
    assert originals.read(SourceFile.everything.get().sha256) == file.read_bytes()


def test_files_that_hold_no_work_are_named_with_their_reason_and_the_run_goes_on(tmp_path: Path) -> None:
    write(tmp_path, 1)
    (tmp_path / "empty.txt").touch()
    (tmp_path / "binary.txt").write_bytes(bytes(range(256)) * 40)
    (tmp_path / "letter.txt").write_text("Dear Ada,\n\nI counted the ships.\n")
    os.mkfifo(tmp_path / "pipe.txt")
    run = bring_in(tmp_path)
    assert (run.row.created, run.row.refused) == (1, 4)
    assert set(refusals()) == {"empty.txt", "binary.txt", "letter.txt", "pipe.txt"}
    assert all(refusals().values())


def test_covers_and_metadata_are_ignored(tmp_path: Path) -> None:
    write(tmp_path, 1)
    (tmp_path / "cover.jpg").write_bytes(b"\xff\xd8\xff\xe0" + b"\0" * 100)
    (tmp_path / "metadata.opf").write_text("<package/>")
    run = bring_in(tmp_path)
    assert (run.row.created, run.row.ignored, run.row.refused) == (1, 2, 0)
    assert not RunEntry.everything.exists()


def test_links_below_a_folder_are_not_followed(tmp_path: Path) -> None:
    outside = write(tmp_path / "outside", 1)
    inside = tmp_path / "inside"
    inside.mkdir()
    (inside / "link.txt").symlink_to(outside)
    (inside / "folder").symlink_to(outside.parent)
    assert bring_in(inside).row.refused == 2
    assert not Work.everything.exists()


def test_a_link_that_is_named_itself_is_followed(tmp_path: Path) -> None:
    link = tmp_path / "link.txt"
    link.symlink_to(write(tmp_path / "outside", 1))
    assert bring_in(link).row.created == 1


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_folder_that_may_not_be_read_is_named(tmp_path: Path) -> None:
    write(tmp_path / "closed", 1)
    (tmp_path / "closed").chmod(0)
    try:
        assert bring_in(tmp_path).row.refused == 1
    finally:
        (tmp_path / "closed").chmod(0o700)


def test_a_file_that_vanishes_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, 1)
    gone = write(tmp_path, 2)
    opened = Source.open

    def open_late(path: Path) -> Source:
        if path == gone:
            path.unlink(missing_ok=True)
        return opened(path)

    monkeypatch.setattr(Source, "open", open_late)
    run = bring_in(tmp_path)
    assert (run.row.created, run.row.refused) == (1, 1)


def test_names_that_are_no_text_can_be_told(tmp_path: Path) -> None:
    name = os.fsencode(tmp_path) + b"/\xff\xfe.txt"
    with open(name, "wb") as file:
        file.write(text().encode())
    assert bring_in(tmp_path).row.created == 1
    assert "\ufffd" in SourceFile.everything.get().path


def test_a_file_of_many_works_is_known_only_when_all_of_it_was_read(tmp_path: Path) -> None:
    file = tmp_path / "many.txt"
    file.write_text("\n\n\n".join(text(number) for number in range(5)))
    assert bring_in(file).row.created == 5
    with_gap = SourceFile.everything.order_by("pk")[0]
    SourceFile.everything.filter(pk=with_gap.pk).update(format_version=0)
    assert bring_in(file).row.unchanged == 5
    assert not SourceFile.everything.filter(format_version=0).exists()


def test_originals_that_nothing_refers_to_are_swept_after_a_day(tmp_path: Path) -> None:
    write(tmp_path, 1)
    bring_in(tmp_path)
    [kept] = [path for path in originals.folder().rglob("*.gz") if SourceFile.everything.get().sha256 in path.name]
    orphan = kept.with_name(f"{'0' * 64}.gz")
    young = kept.with_name(f"{'1' * 64}.gz")
    for path in (orphan, young):
        path.write_bytes(b"x")
    for path in (orphan, kept):
        os.utime(path, (1, 1))
    originals.sweep()
    assert kept.exists()
    assert young.exists()
    assert not orphan.exists()
    young.unlink()
