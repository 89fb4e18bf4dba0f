"""A file that was replaced in its place is no longer the newest word on its work, whatever it holds."""

import zlib
from pathlib import Path

import pytest

from archive.importing import import_file
from archive.models import SourceFile, Version, Work

pytestmark = pytest.mark.django_db(transaction=True)


def write(path: Path, body: str, rating: str = "Teen And Up Audiences") -> None:
    path.write_text(f"Title: Unlit\nWork ID: 2000102\nAuthor: quillfeather\nRating: {rating}\n\n{body}\n")


def brought(path: Path) -> dict[str, int]:
    row = import_file(path).row
    return {name: getattr(row, name) for name in ("created", "updated", "unchanged") if getattr(row, name)}


def text() -> str:
    return zlib.decompress(Work.everything.get().chapters.get().text.body).decode()


def test_a_shorter_text_in_the_same_place_is_an_update_and_the_longer_one_is_kept(tmp_path: Path) -> None:
    file = tmp_path / "unlit.txt"
    write(file, "Tom counted the ships twice, and then once more.")
    assert brought(file) == {"created": 1}
    write(file, "Tom counted the ships.")
    assert brought(file) == {"updated": 1}
    assert text() == "<p>Tom counted the ships.</p>"
    [older] = Version.everything.get().chapters.all()
    assert "once more" in zlib.decompress(older.text.body).decode()
    assert brought(file) == {"unchanged": 1}


def test_a_rating_that_was_lowered_in_the_same_place_is_lowered(tmp_path: Path) -> None:
    file = tmp_path / "unlit.txt"
    write(file, "Tom counted the ships.", rating="Explicit")
    brought(file)
    write(file, "Tom counted the ships.", rating="Teen And Up Audiences")
    assert brought(file) == {"updated": 1}
    assert Work.everything.get().rating_stated == "Teen And Up Audiences"


def test_a_file_that_comes_back_to_its_place_is_the_newest_word_again(tmp_path: Path) -> None:
    file = tmp_path / "unlit.txt"
    for body in ("First text.", "Second text.", "First text."):
        write(file, body)
        brought(file)
        assert text() == f"<p>{body}</p>"
    assert SourceFile.everything.count() == 2
    assert brought(file) == {"unchanged": 1}


def test_two_files_in_different_places_are_weighed_by_what_they_hold(tmp_path: Path) -> None:
    write(tmp_path / "a.txt", "Tom counted the ships twice, and then once more.")
    brought(tmp_path / "a.txt")
    write(tmp_path / "b.txt", "Tom counted the ships.")
    assert brought(tmp_path / "b.txt") == {"unchanged": 1}
    assert "once more" in text()
