"""A calibre library: each book once, with what calibre knows of it beside what its file states; nothing is written."""

import json
import os
import shutil
import sqlite3
from pathlib import Path
from typing import Any

import pytest

from archive import originals
from archive.finding import calibre, find
from archive.formats import calibre_row
from archive.importing import Run, import_files
from archive.models import SourceFile, Tagging, Work
from archive.vocabulary import ArchiveWarning, Rating
from tests.formats.books import pages
from tests.formats.books import zipped as booked
from tests.formats.golden import plain as golden
from tests.importing.calibre import Shelf
from tests.importing.exports import PROSE, text
from tests.importing.packing import put, tarred, zipped

pytestmark = pytest.mark.django_db

BARE = {"Rating": "", "Archive_Warning": "", "Fandom": ""}


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    return Shelf(tmp_path / "Calibre Library")


def bring_in(*paths: Path) -> Run:
    return import_files(paths, jobs=0)


def plain(number: int = 1, **labels: str) -> bytes:
    return text(number, **{**BARE, **labels}).encode()


def tags() -> set[tuple[str, str]]:
    return set(Tagging.everything.values_list("tag__kind", "spelling"))


def state(root: Path) -> dict[str, tuple[int, bytes]]:
    """Every file with its time and content."""
    return {str(path): (path.stat().st_mtime_ns, path.read_bytes()) for path in root.rglob("*") if path.is_file()}


def test_what_calibre_knows_is_a_statement_beside_that_of_the_file(shelf: Shelf) -> None:
    folder = shelf.add(
        "Unlit", {"TXT": plain()},
        authors=["Lamplighter| Ada", "Tom"], tags=["Slow Burn", "Fanworks", "Explicit", "F/M", "Underage"],
        series=["Ledgers"], series_index=2.0, languages=["eng"], publishers=["archiveofourown.org"],
        pubdate="2020-05-06 00:00:00+00:00", comments="<p>What calibre has of it.</p>",
        identifiers={"url": "https://archiveofourown.org/works/9", "isbn": "123"}, ratings=[8],
    )  # fmt: skip
    shelf.column("fandom", "Fandoms", "text", {1: ["Harbour Lights", "Night Ferry"]}, several=True)
    assert bring_in(shelf.root).row.created == 1
    own, row = SourceFile.everything.order_by("-format")
    assert (own.format, row.format) == ("text-export", "calibre")
    assert own.path == str(folder / "Unlit - file.txt")
    assert row.path == f"{shelf.root}/metadata.db/1"
    assert row.stated == {
        "title": "Unlit", "authors": ["Lamplighter, Ada", "Tom"], "freeforms": ["Slow Burn"],
        "series": [["Ledgers", 2]], "language": "eng", "published": "2020-05-06",
        "summary": "<p>What calibre has of it.</p>", "fandoms": ["Harbour Lights", "Night Ferry"],
        "extra": {"Publisher": "archiveofourown.org", "Identifiers": "isbn: 123", "Stars": "4 of 5"},
        "format": "calibre", "sha256": row.sha256, "chapters": [],
    }  # fmt: skip
    assert json.loads(originals.read(row.sha256))["uuid"] == "uuid-1"
    work = Work.everything.get()
    assert (work.source_id, work.title, work.rating, work.language) == ("2000001", "Work 1", Rating.NOT_STATED, "en")
    assert work.warnings == ArchiveWarning.NOT_STATED
    assert tags() == {("fandom", "Harbour Lights"), ("fandom", "Night Ferry"), ("freeform", "Slow Burn")}


def test_what_the_file_states_itself_stands(shelf: Shelf) -> None:
    shelf.add(
        "Other",
        {"TXT": text(1, Additional_Tags="Lamps").encode()},
        authors=["Somebody"],
        tags=["Ships", "harbour lights"],
    )
    shelf.column("rating", "Rating", "enumeration", {1: "Explicit"})
    bring_in(shelf.root)
    work = Work.everything.get()
    assert (work.title, work.rating) == ("Work 1", Rating.GENERAL)
    assert tags() == {("fandom", "Harbour Lights"), ("freeform", "Lamps")}


def test_a_tag_that_the_file_knows_as_a_fandom_is_no_freeform(shelf: Shelf) -> None:
    shelf.add("Unlit", {"TXT": text(1).encode()}, tags=["HARBOUR  LIGHTS", "Slow Burn"])
    bring_in(shelf.root)
    assert tags() == {("fandom", "Harbour Lights"), ("freeform", "Slow Burn")}


def test_nothing_is_read_twice_until_something_changes(shelf: Shelf) -> None:
    shelf.add("Unlit", {"TXT": plain()}, tags=["Slow Burn"])
    bring_in(shelf.root)
    again = bring_in(shelf.root).row
    assert (again.unchanged, again.updated) == (1, 0)
    shelf.tag(1, "Quick Burn")
    changed = bring_in(shelf.root).row
    assert (changed.unchanged, changed.updated) == (0, 1)
    assert tags() == {("freeform", "Quick Burn")}
    shelf.tag(1)
    bring_in(shelf.root)
    assert tags() == set()
    shelf.tag(1, "Slow Burn")
    assert bring_in(shelf.root).row.updated == 1
    assert tags() == {("freeform", "Slow Burn")}
    assert bring_in(shelf.root).row.unchanged == 1
    assert SourceFile.everything.filter(format="calibre").count() == 3


def test_what_is_known_beside_needs_no_reading(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    shelf.add("Unlit", {"TXT": plain()}, tags=["Slow Burn"])
    bring_in(shelf.root)

    def fail(*_: Any) -> None:
        raise AssertionError("it was read again")

    monkeypatch.setattr("archive.crew.works_of", fail)
    assert bring_in(shelf.root).row.unchanged == 1


@pytest.mark.parametrize("second", ["MOBI", "PDF", "HTML", "ZIP"])
def test_of_several_formats_the_best_is_read_and_the_others_are_left_alone(shelf: Shelf, second: str) -> None:
    others = {
        "MOBI": b"\0" * 60 + b"BOOKMOBI",
        "PDF": b"%PDF-1.7",
        "HTML": b"<p>Unlit",
        "ZIP": zipped({"a.html": "<p>"}),
    }
    folder = shelf.add(
        "Unlit", {second: others[second], "TXT": plain(), "EPUB": booked(pages({"One": "<p>Lamp.</p>"}))}
    )
    put(folder / "cover.jpg", b"\xff\xd8\xff\xe0")
    put(folder / "metadata.opf", b"<package/>")
    put(shelf.root / ".caltrash" / "b" / "2" / "gone.txt", plain(9))
    read = [one for one in find([shelf.root]) if not one.ignored]
    assert [Path(one.path).suffix for one in read] == [".epub"]
    assert [len(one.beside) for one in read] == [1]


def test_a_book_that_is_a_zipped_page_has_what_calibre_knows_of_it(shelf: Shelf) -> None:
    page = {
        "index.html": f"<title>Unlit</title><p>{PROSE * 20}</p>",
        "metadata.opf": "<package/>",
        "style.css": "p {}",
    }
    folder = shelf.add("Unlit", {"HTMLZ": zipped(page)}, tags=["Slow Burn"])
    row = bring_in(shelf.root).row
    assert (row.created, row.refused) == (1, 0)
    own, row_of_calibre = SourceFile.everything.order_by("-format")
    assert own.path == str(folder / "Unlit - file.htmlz" / "index.html")
    assert row_of_calibre.format == "calibre"
    assert tags() == {("freeform", "Slow Burn")}
    assert bring_in(shelf.root).row.unchanged == 1


def test_a_book_that_cannot_be_read_in_any_of_its_formats_is_refused_by_name(shelf: Shelf) -> None:
    shelf.add("Unlit", {"AZW3": b"\0" * 60 + b"BOOKMOBI", "PDF": b"%PDF-1.7"})
    assert bring_in(shelf.root).row.refused == 2


def test_files_that_calibre_does_not_know_are_files_like_others(shelf: Shelf) -> None:
    folder = shelf.add("Unlit", {"TXT": plain()})
    put(folder / "extra.txt", plain(2))
    put(shelf.root / "loose.txt", plain(3))
    assert bring_in(shelf.root).row.created == 3
    assert SourceFile.everything.filter(format="calibre").count() == 1


def test_a_folder_of_calibre_names_no_fandom(shelf: Shelf) -> None:
    shelf.add("Unlit", {"TXT": plain()})
    import_files([shelf.root], jobs=0, fandom_from_folder=True)
    assert tags() == set()


@pytest.mark.parametrize("given", [".", "Calibre Library", "../Calibre Library"])
def test_a_library_is_known_from_wherever_one_stands(shelf: Shelf, monkeypatch: pytest.MonkeyPatch, given: str) -> None:
    shelf.add("Unlit", {"TXT": plain()})
    monkeypatch.chdir(shelf.root if given != "Calibre Library" else shelf.root.parent)
    assert [each.path for one in find([Path(given)]) for each in one.beside] == [str(Path(given) / "metadata.db" / "1")]


def test_nothing_in_a_library_is_written_and_nothing_appears_beside_it(shelf: Shelf) -> None:
    shelf.add("Unlit", {"TXT": plain()})
    before = state(shelf.root)
    bring_in(shelf.root)
    assert state(shelf.root) == before


def test_a_library_that_is_being_written_to_is_read_as_it_is_now(shelf: Shelf, tmp_path: Path) -> None:
    shelf.add("Unlit", {"TXT": plain()}, tags=["Slow Burn"])
    shelf.run("PRAGMA journal_mode = WAL")
    with shelf.open() as database:
        database.execute("UPDATE tags SET name = 'Quick Burn'")
        database.commit()
        assert (shelf.root / "metadata.db-wal").stat().st_size
        before = state(shelf.root)
        copies = tmp_path / "data" / "tmp"
        copies.mkdir(parents=True)
        beside = [one.beside for one in find([shelf.root], tmp_path / "data") if one.beside]
        assert state(shelf.root) == before
    assert b"Quick Burn" in beside[0][0].data
    assert not list(copies.iterdir())


def test_a_library_that_may_not_be_written_to_is_read(shelf: Shelf) -> None:
    shelf.add("Unlit", {"TXT": plain()}, tags=["Slow Burn"])
    (shelf.root / "metadata.db").chmod(0o400)
    shelf.root.chmod(0o500)
    try:
        bring_in(shelf.root)
    finally:
        shelf.root.chmod(0o700)
    assert tags() == {("freeform", "Slow Burn")}


@pytest.mark.parametrize("pack", [zipped, tarred, lambda entries: tarred(entries, "w:gz")])
@pytest.mark.parametrize("below", ["", "Books/Calibre Library/"])
def test_a_library_in_an_archive_is_a_library(shelf: Shelf, tmp_path: Path, pack: Any, below: str) -> None:
    shelf.add("Unlit", {"TXT": plain(), "PDF": b"%PDF-1.7"}, tags=["Slow Burn"])
    shelf.run("PRAGMA journal_mode = WAL")
    files = sorted((path for path in shelf.root.rglob("*") if path.is_file()), reverse=True)
    entries = {f"{below}{path.relative_to(shelf.root)}": path.read_bytes() for path in files}
    archive = put(tmp_path / "library", pack(entries))
    row = bring_in(archive).row
    assert (row.created, row.ignored, row.refused) == (1, 2, 0)
    assert tags() == {("freeform", "Slow Burn")}
    assert SourceFile.everything.filter(path=f"{archive}/{below}metadata.db/1").exists()


@pytest.mark.parametrize(
    "damage",
    [
        "DROP TABLE books",
        "DROP TABLE data",
        "DROP TABLE custom_columns; CREATE TABLE custom_columns (id)",
        "ALTER TABLE books RENAME TO b; CREATE VIEW books AS SELECT 1 AS id, load_extension('x') AS path FROM b",
        "ALTER TABLE books RENAME TO b; CREATE VIEW books AS SELECT id, zeroblob(999999999) AS path FROM b",
    ],
)
def test_a_database_that_is_damaged_foreign_or_hostile_only_says_nothing(shelf: Shelf, damage: str) -> None:
    shelf.add("Unlit", {"TXT": plain()}, tags=["Slow Burn"])
    shelf.run(damage)
    row = bring_in(shelf.root).row
    assert (row.created, row.ignored, row.refused) == (1, 1, 0)
    assert not SourceFile.everything.filter(format="calibre").exists()


def test_a_database_that_never_ends_is_left(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    shelf.add("Unlit", {"TXT": plain()})
    shelf.run(
        "ALTER TABLE books RENAME TO b; CREATE VIEW books AS WITH RECURSIVE n(id) AS (SELECT 1 UNION ALL SELECT id + 1"
        " FROM n) SELECT id, '' AS path FROM n WHERE id < 0"
    )
    monkeypatch.setattr(calibre, "_PATIENCE", 0.2)
    assert bring_in(shelf.root).row.created == 1


@pytest.mark.parametrize("keep", [10, 100, 5000])
def test_a_database_that_was_cut_off_only_says_nothing(shelf: Shelf, keep: int) -> None:
    shelf.add("Unlit", {"TXT": plain()})
    database = shelf.root / "metadata.db"
    database.write_bytes(database.read_bytes()[:keep])
    assert bring_in(shelf.root).row.created == 1


def test_a_database_that_is_a_link_or_a_pipe_is_not_opened(shelf: Shelf, tmp_path: Path) -> None:
    shelf.add("Unlit", {"TXT": plain()})
    shutil.move(shelf.root / "metadata.db", tmp_path / "elsewhere.db")
    (shelf.root / "metadata.db").symlink_to(tmp_path / "elsewhere.db")
    assert bring_in(shelf.root).row.created == 1
    (shelf.root / "metadata.db").unlink()
    os.mkfifo(shelf.root / "metadata.db")
    bring_in(shelf.root)
    assert not SourceFile.everything.filter(format="calibre").exists()


def test_a_book_without_a_file_and_a_column_without_a_table_do_no_harm(shelf: Shelf) -> None:
    folder = shelf.add("Unlit", {"TXT": plain(), "EPUB": b"never there"}, tags=["Slow Burn"])
    (folder / "Unlit - file.epub").unlink()
    shelf.column("fandom", "Fandoms", "text", {1: "Harbour Lights"})
    shelf.run("DROP TABLE custom_column_1")
    bring_in(shelf.root)
    assert tags() == {("freeform", "Slow Burn")}


COLUMNS = [
    ("rating", "text", "Mature", {"ratings": ["Mature"]}),
    ("rating", "enumeration", "K+", {"ratings": ["K+"]}),
    ("rating", "text", "Loved it", {"extra": {"Heading": "Loved it"}}),
    ("rating", "rating", 8, {"extra": {"Heading": "4 of 5"}}),
    ("rating", "int", 5, {"extra": {"Heading": "5"}}),
    ("warnings", "text", "Underage, Swearing", {"warnings": ["Underage", "Swearing"]}),
    ("category", "text", "F/F, Gen", {"categories": ["F/F", "Gen"]}),
    ("category", "text", "Novels", {"extra": {"Heading": "Novels"}}),
    ("ships", "text", "Ada/Tom", {"relationships": ["Ada/Tom"]}),
    ("characters", "text", "Ada, Tom", {"characters": ["Ada", "Tom"]}),
    ("words", "int", 12000, {"words": 12000}),
    ("words", "float", 12000.0, {"words": 12000}),
    ("kudos", "int", 77, {"kudos": 77}),
    ("comments", "comments", "<p>Mine</p>", {"extra": {"Heading": "Mine"}}),
    ("comments", "int", 3, {"comments": 3}),
    ("status", "text", "In-Progress", {"complete": False}),
    ("status", "text", "Shelved", {"extra": {"Heading": "Shelved"}}),
    ("complete", "bool", 1, {"complete": True}),
    ("updated", "datetime", "2021-04-05 00:00:00+00:00", {"updated": "2021-04-05"}),
    ("savedon", "datetime", "2021-04-05 00:00:00+00:00", {"extra": {"Heading": "2021-04-05"}}),
    ("read", "bool", 0, {"extra": {"Heading": "No"}}),
    ("score", "float", 3.5, {"extra": {"Heading": "3.5"}}),
    ("notes", "comments", "<p>I wept</p>", {"extra": {"Heading": "I wept"}}),
    ("shelf", "series", ("Best", 3.0), {"extra": {"Heading": "Best [3]"}}),
    ("shown", "composite", "{title}", {}),
    ("title", "text", "Another", {"extra": {"Heading": "Another"}}),
]


@pytest.mark.parametrize(("label", "sort", "value", "expected"), COLUMNS)
def test_a_column_of_the_readers_own_is_known_by_its_label(
    shelf: Shelf, label: str, sort: str, value: Any, expected: dict[str, Any]
) -> None:
    shelf.add("Unlit", {"TXT": plain()})
    shelf.column(label, "Heading", sort, {1: value})
    [companion] = [each for one in find([shelf.root]) for each in one.beside]
    stated = calibre_row.read(companion.data)
    assert stated
    assert golden(stated) == {"title": "Unlit", **expected}


@pytest.mark.parametrize("data", [b"", b"[]", b"{}", b"{", b'{"title": "x"}', b"\xff", b"[" * 100_000])
def test_bytes_that_are_no_row_state_nothing(data: bytes) -> None:
    assert calibre_row.read(data) is None


def test_only_sqlite_is_asked_and_never_one_that_can_be_written(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []
    connect = sqlite3.connect

    def watched(address: str, **options: Any) -> sqlite3.Connection:
        opened.append(address)
        return connect(address, **options)

    shelf.add("Unlit", {"TXT": plain()})
    monkeypatch.setattr(calibre.sqlite3, "connect", watched)
    list(find([shelf.root]))
    assert [address.partition("?")[2] for address in opened] == ["mode=ro&immutable=1"]
