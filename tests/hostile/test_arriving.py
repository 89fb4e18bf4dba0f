"""What arrives by upload and in the watched folder may be called and be anything: it costs only itself."""

import json
import os
import threading
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client

from archive.models import ImportRun, RunEntry, Work
from archive.watched import Watcher
from archive.worker import Worker
from tests.cast import enter
from tests.importing.exports import text, write

PAGE = "/admin/upload/"
NAMES = [
    ".", "..", "../..", "./.", "/", "\\", "C:", "C:\\..\\x", "a/../../b", "~/x", "$(touch x)", "-rf",
    "CON", "a\0b", "\ud800\udfff", "\u202etxt.exe", "\r\nSet-Cookie: a=b",
    "x" * 10_000, "a/" * 3_000, "'; DROP TABLE x",
    "<img src=x onerror=alert(1)>", "{{ 7*7 }}{% debug %}", "names.json", "1", "=HYPERLINK(1)", 7, None,
    [], {"a": 1}, 1e999,
]  # fmt: skip

ASTRAY = ("b", "x", "names.json", "CON", "-rf", "C:")
"""Where some of these names would lead, taken for paths. Other tests keep files of theirs beside the data."""


def sent(data: str, paths: str, name: str = "0") -> dict[str, Any]:
    return {"files": [SimpleUploadedFile(name, data.encode())], "paths": paths}


def worked() -> None:
    Worker(pause=0, chores=()).step()


@pytest.mark.django_db(transaction=True)
def test_no_name_of_an_upload_leads_anywhere_or_breaks_anything(data: Path) -> None:
    keeper = enter("keeper")
    inside = set(data.glob("*"))
    for number, name in enumerate(NAMES):
        assert keeper.post(PAGE, sent(text(number), json.dumps([name]))).status_code == 302, name
        worked()
        page = keeper.get(f"/admin/archive/importrun/{ImportRun.everything.latest('pk').pk}/change/")
        assert page.status_code == 200, name
        assert "<img src=x" not in page.content.decode()
        assert "Traceback" not in page.content.decode()
    assert Work.everything.count() == len(NAMES)
    assert {path.name for path in set(data.glob("*")) - inside} <= {"originals", "uploads", "runs", "pictures", "tmp"}
    assert not [name for name in ASTRAY if (data.parent / name).exists()]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    "paths", ["[" * 100_000, '{"a":' * 100_000, "9" * 5000, "[NaN]", '["\\ud800"]', "\ud7ff", "[1e999]"]
)
def test_a_list_of_names_that_is_none_breaks_nothing(paths: str) -> None:
    assert enter("keeper").post(PAGE, sent(text(1), paths)).status_code == 302
    worked()
    assert Work.everything.count() == 1


@pytest.mark.django_db(transaction=True)
def test_the_same_upload_twice_at_once_is_one_work() -> None:
    keepers, answers = [enter("keeper")], list[int]()
    keepers.append(Client())
    keepers[1].cookies = keepers[0].cookies
    both = threading.Barrier(2)

    def post(client: Client) -> None:
        try:
            both.wait(10)
            answers.append(client.post(PAGE, sent(text(1), '["one.txt"]')).status_code)
        finally:
            connection.close()

    threads = [threading.Thread(target=post, args=[client]) for client in keepers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert answers == [302, 302]
    worked()
    worked()
    assert Work.everything.count() == 1
    assert sorted(ImportRun.everything.values_list("created", "unchanged")) == [(0, 1), (1, 0)]


@pytest.mark.django_db
def test_nothing_odd_in_the_watched_folder_keeps_a_work_from_coming_in(tmp_path: Path) -> None:
    inbox, now = tmp_path / "inbox", [1000.0]
    write(inbox, 1)
    os.mkfifo(inbox / "pipe.txt")
    (inbox / "link.txt").symlink_to("/etc/passwd")
    (inbox / "loop").symlink_to(inbox)
    (inbox / "half.txt.part").write_text(text(2))
    (inbox / "empty.txt").write_text("")
    (inbox / os.fsdecode(b"no\xfftext.txt")).write_text(text(3))
    (inbox / "new\nline.txt").write_text(text(4))
    vanishing = write(inbox, 5)
    watcher = Watcher(inbox, moves=False, clock=lambda: now[0])
    for look in range(6):
        now[0] += 5
        watcher.look()
        if look == 0:
            vanishing.unlink()
    assert set(Work.everything.values_list("title", flat=True)) == {"Work 1", "Work 3", "Work 4"}
    reasons = RunEntry.everything.values_list("path", "reason")
    assert all(path.isprintable() and "\n" not in reason for path, reason in reasons), list(reasons)
    assert not any("root:" in str(row) for row in reasons)
