"""Keepers bring files: what arrives is put away under numbers, queued, imported by the worker, and named in its run."""

import errno
import io
import json
import os
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django_tasks_db.models import DBTaskResult

from archive import intake, spool, worker
from archive.admin import arriving
from archive.admin.arriving import Arriving
from archive.models import ImportRun, RunEntry, SourceFile, Tagging, Work
from archive.spool import Spool, shown
from archive.vocabulary import Rating
from archive.worker import Worker
from reader.models import User
from tests.cast import enter
from tests.importing.calibre import Shelf
from tests.importing.exports import text
from tests.importing.test_beside import side_car

pytestmark = pytest.mark.django_db(transaction=True)

PAGE = "/admin/upload/"


@pytest.fixture(autouse=True)
def _nothing_left(data: Path) -> Iterator[None]:
    """Begin with an empty spool."""
    for place in (*spool.folder().glob("*"), *(data / "tmp").glob("upload-*")):
        Spool(place.name).clear()
    yield
    assert list((data / "tmp").glob("upload-*")) == []


def sent(*files: tuple[str, bytes | str], **said: Any) -> dict[str, Any]:
    named = [SimpleUploadedFile(name, data.encode() if isinstance(data, str) else data) for name, data in files]
    return {"files": named, **said}


def work_off() -> None:
    Worker(pause=0, chores=()).step()


def newest() -> ImportRun:
    run: ImportRun = ImportRun.everything.latest("pk")
    return run


def test_what_is_brought_is_queued_at_once_and_imported_by_the_worker(head: Client) -> None:
    answer = head.post(PAGE, sent(("one.txt", text(1)), ("two.txt", text(2))))
    run = newest()
    assert answer.status_code == 302
    assert answer["Location"] == reverse("admin:archive_importrun_change", args=[run.pk])
    assert (run.state, run.way, run.asked_by, run.total) == ("queued", "upload", "head", 2)
    assert not Work.everything.exists()
    work_off()
    run.refresh_from_db()
    assert (run.state, run.created, run.done) == ("finished", 2, 2)
    assert not Spool(str(run.pk)).place.exists()


def test_the_same_brought_twice_changes_nothing(head: Client) -> None:
    for _ in range(2):
        head.post(PAGE, sent(("one.txt", text(1))))
    work_off()
    assert Work.everything.count() == 1
    assert list(ImportRun.everything.order_by("pk").values_list("created", "unchanged")) == [(1, 0), (0, 1)]


def test_a_script_is_told_the_address_and_names_folders(head: Client) -> None:
    files = sent(
        ("1", text(1)),
        ("0", text(2)),
        paths=json.dumps(["Night Ferry/two.txt", "Harbour/one.txt"]),
        fandom_from_folder="on",
    )
    answer = head.post(PAGE, files, headers={"accept": "application/json"})
    assert answer.json() == {"address": reverse("admin:archive_importrun_change", args=[newest().pk])}
    work_off()
    fandoms = dict(Tagging.everything.filter(tag__kind="fandom").values_list("content_object__title", "spelling"))
    assert fandoms == {"Work 1": "Harbour", "Work 2": "Night Ferry"}


def test_what_is_said_of_all_works_holds_for_them(head: Client) -> None:
    said = {
        "rating": "Explicit", "warnings": ["Major Character Death"], "fandoms": "One, with a comma\nTwo",
        "complete": "no", "language": "English",
    }  # fmt: skip
    head.post(PAGE, sent(("one.txt", text(1, Rating="", Archive_Warning="", Fandom="")), **said))
    work_off()
    work = Work.everything.get()
    assert work.rating == Rating.EXPLICIT
    assert (work.warnings_stated, work.complete, work.language) == (["Major Character Death"], False, "en")
    assert list(work.taggings.order_by("position").values_list("spelling", flat=True)) == ["One, with a comma", "Two"]


def test_what_cannot_be_meant_is_said_and_nothing_is_kept(head: Client) -> None:
    answer = head.post(PAGE, sent(("one.txt", text(1)), rating="Tweenie"))
    assert answer.status_code == 400
    assert "cannot be meant" in answer.content.decode()
    assert not ImportRun.everything.exists()
    assert list(spool.folder().glob("*")) == []


def test_nothing_brought_is_said(head: Client) -> None:
    answer = head.post(PAGE, {})
    assert answer.status_code == 400
    assert "Nothing has arrived" in answer.content.decode()
    assert not ImportRun.everything.exists()


def test_files_are_recognised_by_what_is_in_them_and_a_zip_by_its_entries(head: Client) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as bundle:
        bundle.writestr("inside.txt", text(1))
        bundle.writestr("empty.txt", "")
    head.post(
        PAGE, sent(("picture.png", packed.getvalue()), ("work.jpg", text(2)), ("cover.epub", b"GIF89a" + bytes(20)))
    )
    work_off()
    run = newest()
    assert (run.created, run.refused, run.ignored) == (2, 1, 1)
    assert RunEntry.everything.get().path == "picture.png/empty.txt"


HOSTILE = {
    "../../etc/passwd": "etc/passwd",
    "..\\..\\boot.txt": "boot.txt",
    "/etc/shadow": "etc/shadow",
    "C:\\works\\one.txt": "C:/works/one.txt",
    "one\u202etxt.exe": "onetxt.exe",
    "a\0b\n\r\tc": "abc",
    "": "a file without a name",
    "...": "a file without a name",
    "./././": "a file without a name",
    "x" * 400: "x" * 255,
    "<script>alert(1)<": "<script>alert(1)<",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_no_name_reaches_the_disk_and_each_is_fit_to_be_shown(name: str, head: Client, data: Path) -> None:
    before = {path for path in data.rglob("*") if "originals" not in path.parts}
    head.post(PAGE, sent(("0", ""), paths=json.dumps([name])))
    run = newest()
    [place] = [
        path for path in data.rglob("*") if "originals" not in path.parts and path.is_dir() and path not in before
    ]
    assert {path.name for path in place.iterdir()} == {"1", "names.json"}
    work_off()
    entry = RunEntry.everything.get()
    assert entry.path == HOSTILE[name] == shown(name)
    page = head.get(reverse("admin:archive_importrun_change", args=[run.pk])).content.decode()
    assert "<script>alert" not in page


def test_names_that_are_no_list_are_passed_over(head: Client) -> None:
    for paths in ("{", "7", '{"0": "x"}', "[[1], null]", "null"):
        assert head.post(PAGE, sent(("0", text(1)), paths=paths)).status_code == 302


def test_an_upload_beyond_the_limit_is_refused_and_leaves_nothing(head: Client, settings: Any, data: Path) -> None:
    settings.UPLOAD_LIMIT = 2000
    answer = head.post(PAGE, sent(("one.txt", "x" * 3000)))
    assert answer.status_code == 413
    assert "Too much at once" in answer.content.decode()
    spoken = head.post(PAGE, sent(("one.txt", "x" * 3000)), headers={"accept": "application/json"})
    assert spoken.json()["trouble"].startswith("Too much at once: one upload may have 2.0")
    assert not ImportRun.everything.exists()
    assert list((data / "tmp").glob("upload-*")) == []


def test_what_is_larger_than_it_says_is_refused_while_it_arrives(settings: Any) -> None:
    settings.UPLOAD_LIMIT = 10
    handler = Arriving(None)
    handler._listening = True  # noqa: SLF001 (as a request of a keeper would make it)
    handler.new_file("files", "one.txt", "text/plain", 5)
    handler.receive_data_chunk(b"12345", 0)
    with pytest.raises(arriving.SkipFile):
        handler.receive_data_chunk(b"1234567", 5)
    assert handler.trouble.startswith("Too much at once")
    assert handler.tray is not None
    assert not handler.tray.place.exists()


def test_too_many_files_are_refused_with_a_way_out(head: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(arriving, "FILES", 2)
    answer = head.post(PAGE, sent(*((f"{number}.txt", text(number)) for number in range(4))))
    assert answer.status_code == 413
    assert "or as a zip" in answer.content.decode()
    assert not ImportRun.everything.exists()


def test_more_than_a_hundred_files_are_fine(head: Client) -> None:
    head.post(PAGE, sent(*((f"{number}.txt", text(number)) for number in range(150))))
    work_off()
    assert Work.everything.count() == 150


def test_a_disk_that_is_full_is_said_before_anything_is_written(head: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spool, "room_for", lambda size: False)
    answer = head.post(PAGE, sent(("one.txt", text(1))))
    assert "too little room" in answer.content.decode()
    assert not ImportRun.everything.exists()


def test_a_disk_that_fills_up_meanwhile_is_said_and_leaves_nothing(
    head: Client, monkeypatch: pytest.MonkeyPatch, data: Path
) -> None:
    class Full(io.BytesIO):
        def write(self, data: Any) -> int:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    def begin(tray: Any, name: str) -> io.BytesIO:
        tray.names.append(name)
        return Full()

    monkeypatch.setattr(spool.Tray, "begin", begin)
    answer = head.post(PAGE, sent(("one.txt", text(1)), ("two.txt", text(2))))
    assert "the disk that holds the library is full" in answer.content.decode()
    assert not ImportRun.everything.exists()
    assert list((data / "tmp").glob("upload-*")) == []


def test_a_disk_that_is_full_at_the_last_step_queues_nothing(head: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: Any) -> Any:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(spool.Tray, "put_away", full)
    answer = head.post(PAGE, sent(("one.txt", text(1))))
    assert answer.status_code == 507
    assert not ImportRun.everything.exists()
    assert not DBTaskResult.objects.exists()


def test_an_upload_that_breaks_off_is_not_taken_for_the_whole(head: Client) -> None:
    body = (
        b'--b\r\nContent-Disposition: form-data; name="files"; filename="one.txt"\r\n'
        b"Content-Type: text/plain\r\n\r\n" + text(1).encode()[:80]
    )
    answer = head.generic("POST", PAGE, body, content_type="multipart/form-data; boundary=b")
    assert answer.status_code == 413
    assert "broke off" in answer.content.decode()
    assert not ImportRun.everything.exists()


@pytest.mark.parametrize("role", ["stranger", "teen", "adult", "agreed"])
def test_files_of_anybody_else_are_thrown_away_unread(role: str, data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spool.Tray, "__init__", _never)
    client = enter(role)
    for address in (PAGE, "/", "/login/", "/agreement/", "/admin/login/"):
        client.post(address, sent(("one.txt", text(1))))
    assert not ImportRun.everything.exists()


def _never(*_: Any) -> None:
    raise AssertionError("somebody else's file was written to the disk")


def test_a_keeper_who_may_not_add_works_brings_nothing(
    keeper: Callable[..., Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(spool.Tray, "__init__", _never)
    client = keeper("view_work", "change_work", "view_importrun")
    assert client.get(PAGE).status_code == 403
    assert client.post(PAGE, sent(("one.txt", text(1)))).status_code == 403
    assert "Bring works" not in client.get("/admin/").content.decode()


def test_a_keeper_who_may_finds_the_way_on_the_desk(keeper: Callable[..., Client]) -> None:
    client = keeper("add_work")
    assert f'href="{PAGE}"' in client.get("/admin/").content.decode()
    assert client.get(PAGE).status_code == 200
    assert client.post(PAGE, sent(("one.txt", text(1)))).status_code == 302


def test_an_upload_needs_its_token(data: Path) -> None:
    User.objects.create_superuser("head", password="an-invented-password")
    client = Client(enforce_csrf_checks=True)
    assert client.login(username="head", password="an-invented-password")
    assert client.post(PAGE, sent(("one.txt", text(1)))).status_code == 403
    assert not ImportRun.everything.exists()


def test_the_page_says_when_no_worker_runs(head: Client) -> None:
    assert "No worker is running" in head.get(PAGE).content.decode()
    worker.beat()
    assert "No worker is running" not in head.get(PAGE).content.decode()


def test_what_lies_beside_a_work_in_a_folder_speaks_of_it(head: Client) -> None:
    names = ["x/unlit.txt", "x/unlit.txt.json", "y/unlit.txt"]
    files = [("0", text(1, Rating="")), ("1", side_car()), ("2", text(2, Rating=""))]
    head.post(PAGE, sent(*files, paths=json.dumps(names)))
    work_off()
    run = newest()
    assert (run.created, run.ignored, run.refused) == (2, 1, 0)
    assert dict(Work.everything.values_list("source_id", "rating_stated")) == {"2000001": "Explicit", "2000002": ""}
    assert set(SourceFile.everything.values_list("path", flat=True)) == set(names)


def test_a_calibre_library_is_brought_as_a_folder(head: Client, tmp_path: Path) -> None:
    shelf = Shelf(tmp_path / "Calibre Library")
    shelf.add("Unlit", {"TXT": text(1).encode()}, tags=["Slow Burn"])
    paths = sorted(path for path in shelf.root.rglob("*") if path.is_file())
    files = [(str(number), path.read_bytes()) for number, path in enumerate(paths)]
    head.post(PAGE, sent(*files, paths=json.dumps([str(path.relative_to(tmp_path)) for path in paths])))
    work_off()
    assert (newest().created, newest().refused) == (1, 0)
    assert Tagging.everything.filter(spelling="Slow Burn").exists()


def test_two_files_of_one_name_both_come_in(head: Client) -> None:
    head.post(PAGE, sent(("same.txt", text(1)), ("same.txt", text(2)), ("same.txt", "")))
    work_off()
    run = newest()
    assert (run.created, run.refused) == (2, 1)
    assert len(Spool(str(run.pk)).names) == 3


def test_files_that_were_refused_are_kept_for_another_try_and_no_others(head: Client) -> None:
    head.post(PAGE, sent(("good.txt", text(1)), ("bad.txt", "")))
    work_off()
    left = Spool(str(newest().pk))
    assert left.names == {2: "bad.txt"}


def test_what_was_kept_is_forgotten_after_thirty_days(head: Client) -> None:
    head.post(PAGE, sent(("bad.txt", "")))
    work_off()
    run = newest()
    place = Spool(str(run.pk)).place
    os.utime(place, (0, 0))
    assert intake.forget() == 0
    ImportRun.everything.update(finished_at=run.finished_at - intake.KEPT * 1.1)
    assert intake.forget() == 1
    assert not place.exists()
