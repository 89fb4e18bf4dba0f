"""Originals: the files that works came from, for those who may have them, with all that they hold."""

from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from archive import handing, keeping, originals
from archive.importing import import_files
from archive.models import SitePolicy, SourceFile, Withheld, Work
from tests.cast import enter
from tests.importing.exports import text, write

pytestmark = pytest.mark.django_db


def address(work: Work) -> str:
    return f"/works/{work.pk}/originals/{SourceFile.everything.get(work=work).sha256}/"


@pytest.fixture
def work(tmp_path: Path) -> Work:
    write(tmp_path, 1, Title='../Salt "and" Iron\u202e\r\n')
    import_files([tmp_path], jobs=0)
    return Work.everything.get()


def body(response: Any) -> bytes:
    return b"".join(response)


def test_a_member_downloads_a_file_as_it_came_in(work: Work, adult: Client, tmp_path: Path) -> None:
    response = adult.get(address(work))
    assert response.status_code == 200
    assert body(response) == (tmp_path / "1.txt").read_bytes()
    assert response["Content-Length"] == str((tmp_path / "1.txt").stat().st_size)
    assert response["Content-Type"] == "application/octet-stream"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"].startswith("sandbox;")
    assert response["Cache-Control"] == "private, no-store"
    assert response["Content-Disposition"].startswith("attachment; filename=")
    assert ".txt" in response["Content-Disposition"]
    assert not {"/", "\\", "\r", "\u202e"} & set(response["Content-Disposition"])


def test_the_page_of_the_work_offers_it(work: Work, adult: Client, stranger: Client) -> None:
    assert address(work) in adult.get(f"/works/{work.pk}/history/").content.decode()
    assert address(work) not in stranger.get(f"/works/{work.pk}/history/").content.decode()


@pytest.mark.parametrize(
    ("policy", "may"),
    [("keepers", {"keeper"}), ("members", {"keeper", "agreed"}), ("readers", {"keeper", "agreed", "stranger"})],
)
def test_the_site_says_who_may(work: Work, policy: str, may: set[str]) -> None:
    SitePolicy.everything.update(originals=policy)
    for role in ("keeper", "agreed", "stranger"):
        assert (enter(role).get(address(work)).status_code == 200) == (role in may)


def test_without_a_policy_nobody_but_keepers_may(work: Work, adult: Client) -> None:
    SitePolicy.everything.all().delete()
    assert adult.get(address(work)).status_code == 404


def test_a_head_request_reads_nothing_and_leaves_nothing_open(work: Work, adult: Client) -> None:
    response = adult.head(address(work))
    assert (response.status_code, body(response)) == (200, b"")
    response.close()


def test_an_original_that_is_lost_is_told_calmly(work: Work, adult: Client) -> None:
    sha256 = SourceFile.everything.get().sha256
    (originals.folder() / sha256[:2] / f"{sha256}.gz").unlink()
    response = adult.get(address(work))
    assert response.status_code == 404
    assert "The original is not here any more" in response.content.decode()


@pytest.mark.parametrize("wrong", ["0" * 64, "x" * 64, "A" * 64, "..", "0" * 63])
def test_what_is_no_original_of_the_work_is_not_found(work: Work, adult: Client, wrong: str) -> None:
    assert adult.get(f"/works/{work.pk}/originals/{wrong}/").status_code == 404


@pytest.fixture
def together(tmp_path: Path) -> tuple[Work, Work]:
    """Two works in one file, the second one for adults."""
    (tmp_path / "two.txt").write_text(
        text(1) + "\n\n\n" + text(2, body="Another lamp, another night.\n", Rating="Explicit"), encoding="utf-8"
    )
    import_files([tmp_path], jobs=0)
    one, other = Work.everything.order_by("source_id")
    assert SourceFile.everything.values("sha256").distinct().count() == 1
    return one, other


def test_a_file_of_several_works_goes_only_to_whom_each_of_them_is_open(together: tuple[Work, Work]) -> None:
    one, other = together
    for role, may in (("teen", False), ("adult", False), ("agreed", True)):
        client = enter(role)
        assert (client.get(address(one)).status_code == 200) == may
        assert (address(one) in client.get(f"/works/{one.pk}/history/").content.decode()) == may
    assert enter("stranger").get(address(other)).status_code in (200, 404)


@pytest.mark.parametrize("fate", ["hold", "bin", "remove"])
def test_a_file_with_a_work_that_nobody_may_see_goes_to_nobody(together: tuple[Work, Work], fate: str) -> None:
    one, other = together
    if fate == "hold":
        keeping.hold(other.pk, "A look first")
    else:
        keeping.bin(other.pk)
    if fate == "remove":
        keeping.remove(other.pk)
    assert enter("agreed").get(address(one)).status_code == 404


def test_a_work_that_is_refused_when_it_comes_keeps_its_file_in_the_house(tmp_path: Path) -> None:
    write(tmp_path, 2)
    import_files([tmp_path], jobs=0)
    keeping.bin(Work.everything.get().pk)
    keeping.remove(Work.everything.get().pk)
    (tmp_path / "2.txt").write_text(text(1) + "\n\n\n" + text(2, body="Come again.\n"), encoding="utf-8")
    import_files([tmp_path], jobs=0)
    one = Work.everything.get()
    assert Withheld.everything.get().identity == "archiveofourown.org:2000002"
    client = enter("agreed")
    assert client.get(address(one)).status_code == 404
    assert "Download" not in client.get(f"/works/{one.pk}/history/").content.decode()


def test_a_file_of_very_many_works_stays(work: Work, adult: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(handing, "MOST_WORKS", 0)
    assert adult.get(address(work)).status_code == 404


def test_a_file_that_was_not_read_to_its_end_stays(work: Work, adult: Client) -> None:
    SourceFile.everything.update(format_version=0)
    assert adult.get(address(work)).status_code == 404


@pytest.mark.parametrize(
    ("head", "ending"),
    [
        (b"PK\x03\x04" + b"\0" * 26 + b"mimetypeapplication/epub+zip", "epub"),
        (b"PK\x03\x04 a folder", "zip"),
        (b"\xef\xbb\xbf\r\n<!DOCTYPE html>", "html"),
        (b'{"title": 1}', "jsonl"),
        (b"MZ\x90", "txt"),
    ],
)
def test_the_ending_is_borne_out_by_the_first_bytes(head: bytes, ending: str) -> None:
    assert handing.file_name("Unlit.exe", [], head) == f"Unlit.exe.{ending}"
    assert handing.file_name("..", [], head) == f"work.{ending}"
    assert len(handing.file_name("x" * 10_000, ["y"], head)) < 130
