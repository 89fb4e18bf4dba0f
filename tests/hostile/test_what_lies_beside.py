"""What lies beside a book may be made to do harm as well: it runs nothing, keeps nobody waiting and opens no gate."""

import json
from pathlib import Path

import pytest

from archive.finding import calibre
from archive.importing import import_files
from archive.models import SourceFile, Work
from archive.vocabulary import Rating
from tests.cast import enter
from tests.importing.calibre import Shelf
from tests.importing.exports import text, write
from tests.importing.packing import put

pytestmark = pytest.mark.django_db

ENDLESS = "WITH RECURSIVE n(id) AS (SELECT 1 UNION SELECT id + 1 FROM n)"


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    shelf = Shelf(tmp_path / "Calibre Library")
    for number in (1, 2, 3):
        shelf.add(f"Work {number}", {"TXT": text(number).encode()}, tags=["Slow Burn"], series=["Lamps"])
    return shelf


VIEWS = {
    "endless": f"CREATE VIEW comments AS {ENDLESS} SELECT 1 AS book, '' AS text FROM n WHERE id < 0",
    "far too large": "CREATE VIEW comments AS SELECT 1 AS book, zeroblob(999999999) AS text",
    "of a function": "CREATE VIEW comments AS SELECT 1 AS book, hex(randomblob(99)) AS text",
}


@pytest.mark.parametrize("view", VIEWS)
def test_no_view_of_a_database_is_asked(view: str, shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    monkeypatch.setattr(calibre.time, "monotonic", lambda: asked.append("") or 0.0)
    shelf.run(f"DROP TABLE comments; {VIEWS[view]}")
    assert import_files([shelf.root], jobs=0).row.created == 3
    assert not SourceFile.everything.filter(format="calibre").exists()
    assert len(asked) < 100


def test_a_trigger_never_fires_and_types_that_lie_are_words(shelf: Shelf) -> None:
    shelf.run(
        "CREATE TRIGGER harm AFTER INSERT ON books BEGIN DELETE FROM tags; END;"
        "UPDATE books SET title = x'ff00fe', uuid = 1e999, pubdate = x'ff', series_index = 'first';"
        "INSERT INTO custom_columns (label, name, datatype, is_multiple, normalized) VALUES (1, 2, 3, 'x', 'y')"
    )
    assert import_files([shelf.root], jobs=0).row.created == 3
    assert set(Work.everything.values_list("title", flat=True)) == {"Work 1", "Work 2", "Work 3"}


def test_a_library_whose_books_are_slow_takes_its_time_once_and_not_for_each_book(
    shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    shelf.run(
        f"DROP TABLE tags; CREATE TABLE tags (id INTEGER, name TEXT);"
        f"{ENDLESS} INSERT INTO tags SELECT 7, 't' FROM n LIMIT 5000;"
        f"{ENDLESS} INSERT INTO books_tags_link (book, tag) SELECT b.id, 7 FROM (SELECT id FROM n LIMIT 5000), books b"
    )
    monkeypatch.setattr(calibre, "_PATIENCE", 0.5)
    monkeypatch.setattr(calibre, "_PACE", 0.0)
    library = calibre.library_at(shelf.root / "metadata.db", "library", None)
    assert library is not None
    for book in range(3):
        assert library.book_at(f"unknown/work {book + 1} ({book + 1})") is None
    assert library._spare <= 0.0  # noqa: SLF001 (it is all that tells of time)
    library.close()


def test_nothing_beside_a_book_opens_its_gate(shelf: Shelf, tmp_path: Path) -> None:
    body = "These words stand for adult text.\n\nAda counted the ships, and wrote the number down.\n"
    folder = shelf.add("Work 9", {"TXT": text(9, body, Rating="Explicit").encode()}, tags=["Rating: General Audiences"])
    shelf.column("rating", "Rating", "text", {4: "General Audiences"})
    lie = {"rating": "General Audiences", "warnings": "No Archive Warnings Apply", "title": "Work 8", "author": "x",
           "siteabbrev": "ao3", "storyUrl": "https://archiveofourown.org/works/2000001"}  # fmt: skip
    write(tmp_path / "other", 8, "work.txt", body, Rating="Explicit")
    put(tmp_path / "other" / "work.json", json.dumps(lie).encode())
    (folder / "General Audiences.opf").write_text("<package><metadata>Rating: General Audiences</metadata></package>")
    import_files([tmp_path], jobs=0)
    gated = Work.everything.filter(source_id__in=("2000008", "2000009"))
    assert [work.rating for work in gated] == [Rating.EXPLICIT, Rating.EXPLICIT]
    assert Work.everything.get(source_id="2000001").title == "Work 1"
    stranger = enter("stranger")
    for work in gated:
        for place in ("", "all/", "chapters/1/", "history/"):
            assert b"stand for adult text" not in stranger.get(f"/works/{work.pk}/{place}", follow=True).content


@pytest.mark.parametrize("data", ["[" * 100_000, '{"title": ' * 50_000, "9" * 5000, "\ud7ff", '{"title": NaN}', "\0"])
def test_a_side_car_that_is_none_costs_its_work_nothing(data: str, tmp_path: Path) -> None:
    write(tmp_path, 1, "work.txt")
    put(tmp_path / "work.json", data.encode())
    assert import_files([tmp_path], jobs=0).row.created == 1
