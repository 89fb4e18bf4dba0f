"""Files that lie beside a work: side-cars state more of it, and copies in other formats are left alone."""

import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from archive import originals
from archive.finding import find
from archive.formats.unread import CONVERT
from archive.importing import Run, import_files, rereading
from archive.models import RunEntry, SourceFile, Tagging, Work
from tests.importing.exports import text, write
from tests.importing.packing import Entries, put, tarred, zipped

pytestmark = pytest.mark.django_db

SIDE_CAR = {
    "author": "quillfeather", "formatname": "txt", "siteabbrev": "ao3", "title": "Work 1",
    "storyUrl": "https://archiveofourown.org/works/2000001", "warnings": "Major Character Death",
    "ships": "Ada/Tom", "rating": "Explicit",
}  # fmt: skip
MOBI = b"Unlit".ljust(60, b"\0") + b"BOOKMOBI"
PACKS = [zipped, tarred, lambda entries: tarred(entries, "w:gz")]


def side_car(**more: Any) -> str:
    return json.dumps(SIDE_CAR | more)


def bare(number: int = 1) -> str:
    return text(number, Rating="", Archive_Warning="")


def bring_in(*paths: Path) -> Run:
    return import_files(paths, jobs=0)


def ships() -> list[str]:
    return list(Tagging.everything.filter(tag__kind="relationship").values_list("spelling", flat=True))


def left_alone(*paths: Path) -> dict[str, str]:
    return {Path(one.path).name: one.reason for one in find(paths) if one.ignored}


@pytest.mark.parametrize("name", ["unlit.txt.json", "unlit.json", "Unlit.TXT.JSON"])
def test_what_fanficfare_writes_beside_a_work_is_a_statement_of_its_own(tmp_path: Path, name: str) -> None:
    put(tmp_path / "unlit.txt", bare().encode())
    put(tmp_path / name, side_car().encode())
    row = bring_in(tmp_path).row
    assert (row.created, row.ignored, row.refused, row.total) == (1, 1, 0, 2)
    assert set(SourceFile.everything.values_list("format", "path", "work")) == {
        ("text-export", f"{tmp_path}/unlit.txt", Work.everything.get().pk),
        ("fanficfare-json", f"{tmp_path}/{name}", Work.everything.get().pk),
    }
    assert originals.read(SourceFile.everything.get(format="fanficfare-json").sha256) == side_car().encode()
    assert ships() == ["Ada/Tom"]
    assert Work.everything.get().rating_stated == "Explicit"
    again = bring_in(tmp_path).row
    assert (again.unchanged, again.updated) == (1, 0)


@pytest.mark.parametrize("pack", PACKS)
@pytest.mark.parametrize("first", ["book", "side-car"])
def test_side_cars_in_archives_are_found_before_and_behind_their_work(
    tmp_path: Path, pack: Callable[[Entries], bytes], first: str
) -> None:
    entries = {"x/unlit.txt": bare(), "x/unlit.txt.json": side_car(), "y/unlit.txt": bare(2)}
    if first == "side-car":
        entries = dict(reversed(entries.items()))
    archive = put(tmp_path / "w", pack(entries))
    row = bring_in(archive).row
    assert (row.created, row.ignored) == (2, 1)
    assert SourceFile.everything.get(format="fanficfare-json").path == f"{archive}/x/unlit.txt.json"
    assert ships() == ["Ada/Tom"]


def test_a_side_car_that_changed_is_noticed_and_the_old_one_has_no_say(tmp_path: Path) -> None:
    put(tmp_path / "unlit.txt", bare().encode())
    put(tmp_path / "unlit.json", side_car().encode())
    bring_in(tmp_path)
    put(tmp_path / "unlit.json", side_car(ships="").encode())
    assert bring_in(tmp_path).row.updated == 1
    assert ships() == []
    put(tmp_path / "unlit.json", side_car(ships="Tom/Ada").encode())
    assert bring_in(tmp_path).row.updated == 1
    assert ships() == ["Tom/Ada"]


def test_a_side_car_never_says_which_work_it_is(tmp_path: Path) -> None:
    put(tmp_path / "unlit.txt", bare().encode())
    put(tmp_path / "unlit.json", side_car(storyUrl="https://archiveofourown.org/works/9", storyId="9").encode())
    write(tmp_path / "other", 7, Work_ID="9")
    bring_in(tmp_path)
    assert set(Work.everything.values_list("source_id", flat=True)) == {"2000001", "9"}
    assert SourceFile.everything.get(format="fanficfare-json").work.source_id == "2000001"


def test_beside_a_file_of_several_works_none_is_meant(tmp_path: Path) -> None:
    put(tmp_path / "many.txt", f"{bare(1)}\n\n\n{bare(2)}\n\n\n{bare(3)}".encode())
    put(tmp_path / "many.json", side_car().encode())
    assert bring_in(tmp_path).row.created == 3
    assert bring_in(tmp_path).row.unchanged == 3
    assert not SourceFile.everything.filter(format="fanficfare-json").exists()


@pytest.mark.parametrize(
    "data", [b"{}", b"[1]", b"{", b'{"title": "Unlit"}', b'{"storyUrl": 1, "formatname": 2}', b"\xff"]
)
def test_other_json_beside_a_work_states_nothing(tmp_path: Path, data: bytes) -> None:
    put(tmp_path / "unlit.txt", bare().encode())
    put(tmp_path / "unlit.json", data)
    assert bring_in(tmp_path).row.created == 1
    assert SourceFile.everything.count() == 1


def test_a_side_car_is_read_again_with_its_work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(tmp_path / "unlit.txt", bare().encode())
    put(tmp_path / "unlit.json", side_car().encode())
    bring_in(tmp_path)
    SourceFile.everything.filter(format="fanficfare-json").update(
        stated={"title": "x", "sha256": "0", "format": "x", "chapters": []}
    )
    row = rereading.reread(jobs=0).row
    assert (row.refused, row.created, row.total) == (0, 0, 1)
    assert SourceFile.everything.get(format="fanficfare-json").stated["relationships"] == ["Ada/Tom"]


def test_a_dry_run_sets_nothing_aside(tmp_path: Path) -> None:
    put(tmp_path / "works" / "unlit.txt", bare().encode())
    put(tmp_path / "works" / "unlit.json", side_car(ships="Nobody/Ever").encode())
    before = set(originals.folder().rglob("*"))
    assert import_files([tmp_path / "works"], jobs=0, dry_run=True).row.created == 1
    assert set(originals.folder().rglob("*")) == before


@pytest.mark.parametrize("pack", [None, *PACKS])
def test_copies_in_formats_that_are_not_read_are_left_alone_beside_one_that_is(
    tmp_path: Path, pack: Callable[[Entries], bytes] | None
) -> None:
    files = {"Unlit.txt": bare(), "unlit.mobi": MOBI, "Unlit.pdf": b"%PDF-1.4", "Unlit.rtf": b"{\\rtf1 Unlit}"}
    if pack:
        put(tmp_path / "w", pack(files))
    else:
        for name, data in files.items():
            put(tmp_path / name, data.encode() if isinstance(data, str) else data)
    assert left_alone(tmp_path) == {
        "unlit.mobi": "a Kindle book (MOBI) beside the same work in a form that is read",
        "Unlit.pdf": "a PDF beside the same work in a form that is read",
        "Unlit.rtf": "an RTF document beside the same work in a form that is read",
    }


def test_a_copy_is_no_copy_in_another_folder_or_of_another_name(tmp_path: Path) -> None:
    put(tmp_path / "a" / "Unlit.txt", bare().encode())
    put(tmp_path / "b" / "Unlit.mobi", MOBI)
    put(tmp_path / "a" / "Unlit 2.mobi", MOBI)
    assert not left_alone(tmp_path)


def test_copies_among_files_that_were_given_one_by_one_are_left_alone(tmp_path: Path) -> None:
    book, copy = put(tmp_path / "Unlit.txt", bare().encode()), put(tmp_path / "Unlit.mobi", MOBI)
    assert set(left_alone(copy, book)) == {"Unlit.mobi"}
    assert not left_alone(copy)


def kindle(version: int) -> bytes:
    """The head of a MOBI file of a version."""
    record = b"\0" * 16 + b"MOBI" + b"\0" * 16 + version.to_bytes(4, "big")
    return b"Unlit".ljust(60, b"\0") + b"BOOKMOBI" + b"\0" * 10 + (100).to_bytes(4, "big") + b"\0" * 18 + record


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (kindle(6), "a Kindle book (MOBI)"),
        (kindle(8), "a Kindle book (AZW3)"),
        (b"CONT\x02\0" + bytes(90), "a Kindle book (KFX)"),
        (b"\xeaDRMION\xee" + bytes(90), "a Kindle book with copy protection (KFX)"),
        (b"TPZ0" + bytes(90), "a Kindle book (Topaz)"),
        (b"%PDF-1.4\n%\xe2\xe3", "a PDF"),
        (b"{\\rtf1 Unlit}", "an RTF document"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(90), "an old Word document (DOC)"),
        (zipped({"[Content_Types].xml": "<Types/>", "word/document.xml": "<w/>"}), "a Word document (DOCX)"),
        (
            zipped({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": "<o/>"}, zipfile.ZIP_STORED),
            "an OpenDocument text (ODT)",
        ),
        (b"ITOLITLS" + bytes(90), "a Microsoft Reader book (LIT)"),
        (b'<?xml version="1.0"?>\n<FictionBook xmlns="x"><body/></FictionBook>', "a FictionBook (FB2)"),
    ],
)
def test_a_book_that_is_not_read_is_named_with_the_way_out(tmp_path: Path, data: bytes, what: str) -> None:
    put(tmp_path / "unlit.epub", data)
    assert bring_in(tmp_path).row.refused == 1
    assert RunEntry.everything.get().reason == f"{what}: {CONVERT}"


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"7z\xbc\xaf\x27\x1c" + bytes(90), "a 7-Zip file: unpack it, and import the folder"),
        (b"Rar!\x1a\x07\x01\0" + bytes(90), "a RAR file: unpack it, and import the folder"),
    ],
)
def test_an_archive_that_is_not_opened_is_named_with_the_way_out(tmp_path: Path, data: bytes, reason: str) -> None:
    put(tmp_path / "works.zip", data)
    bring_in(tmp_path)
    assert RunEntry.everything.get().reason == reason


def test_a_work_is_read_whatever_its_name_and_a_page_about_a_collection_is_not(tmp_path: Path) -> None:
    put(tmp_path / "works.log", bare(1).encode())
    put(tmp_path / "w.zip", zipped({"readme.txt": bare(2), "index.html": "<ul><li>Unlit</ul>", "x.css": "p {}"}))
    row = bring_in(tmp_path).row
    assert (row.created, row.ignored) == (2, 2)


@pytest.mark.parametrize(
    "mark",
    [
        '<div id="preface">',
        '<body class="fff_titlepage">',
        "<a class='authorlink'>",
        "<p>Exported with the assistance of",
    ],
)
def test_a_page_called_index_is_a_work_when_it_holds_what_only_works_hold(tmp_path: Path, mark: str) -> None:
    put(tmp_path / "a" / "index.html", f"<html><body>{mark}<p>The lamp was lit.</p>".encode())
    put(tmp_path / "b" / "index.html", b"<html><body><ul><li>Unlit</ul>")
    assert [Path(path).parent.name for path in (one.path for one in find([tmp_path]) if one.ignored)] == ["b"]
