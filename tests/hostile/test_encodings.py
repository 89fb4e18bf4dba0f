"""Encodings, signs and sizes that break programs: the text comes in as far as it is text, and fits on its pages."""

from pathlib import Path

import pytest

from archive.importing import import_files
from archive.models import RunEntry, Work
from tests.cast import enter
from tests.formats.books import pages, zipped
from tests.importing.exports import PROSE, text, write

pytestmark = pytest.mark.django_db

FILES = {
    "utf-16": text(1).encode("utf-16"),
    "utf-16 without a mark": text(1).encode("utf-16-le"),
    "utf-16 with half a sign": text(1).encode("utf-16") + b"\x00\xd8",
    "a mark in utf-8": text(1).encode("utf-8-sig"),
    "cp1252": text(1, body=f"“Truly”, said Émile – and left.\n\n{PROSE}").encode("cp1252"),
    "lone surrogates": text(1, Title="Work\ud800 1", body=f"\udfff{PROSE}").encode("utf-8", "surrogatepass"),
    "NUL": text(1, Title="Wo\0rk 1", body=PROSE.replace("lamp", "la\0mp")).encode(),
    "turned round": text(1, Title="\u202eWork 1\u2066", Author="\u202etxt.exe").encode(),
    "storms": text(1, Title="Work 1" + "\u0301" * 5000, body=PROSE + "Z" + "\u0301" * 100_000).encode(),
    "no signs of Unicode": text(1, body="\ufdd0\uffff\U0010ffff\x0b\x0c" + PROSE).encode(),
    "utf-7": b"<html><head><meta charset=utf-7><title>Work 1</title></head><body>"
    + b"<p>+ADw-script+AD4-alert(1)+ADw-/script+AD4-</p><p>Ada climbed the stairs, and counted each of them.</p>" * 5,
    "an encoding that unpacks": b'<html><head><meta charset="zlib_codec"><title>Work 1</title></head><body>'
    + b"<p>Ada climbed the stairs \xe9, and counted each of them as she went.</p>" * 5,
    "an encoding that escapes": b'<?xml version="1.0" encoding="unicode_escape"?>'
    + b"<html><head><title>Work 1</title></head><body>"
    + b"<p>Ada climbed the stairs \\x3cscript\\x3e, and counted each of them as she went.</p>" * 9,
}


@pytest.mark.parametrize("kind", FILES)
def test_a_text_comes_in_whatever_became_of_its_signs(kind: str, tmp_path: Path) -> None:
    (tmp_path / "work").write_bytes(FILES[kind])
    row = import_files([tmp_path], jobs=0).row
    assert row.created == 1, RunEntry.everything.values_list("reason", flat=True)
    work = Work.everything.get()
    assert len(work.title) <= 1000
    assert not {"\0", "\ud800", "\x0b", "\u2066"} & set(work.title)
    client = enter("agreed")
    client.post(f"/works/{work.pk}/agree/", {"next": f"/works/{work.pk}/"})
    for address in ("/", f"/works/{work.pk}/", f"/works/{work.pk}/all/"):
        response = client.get(address, follow=True)
        assert response.status_code == 200
        assert b"<script>alert" not in response.content


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (text(1).encode() + b"\xff\xfe\x80\x81", "its encoding cannot be told"),
        (text(1, body=PROSE.replace(" ", "\0 ")).encode(), "not text: the file is binary"),
        (bytes(range(256)) * 40, "not text: the file is binary"),
    ],
)
def test_what_is_no_text_is_refused_by_name(data: bytes, reason: str, tmp_path: Path) -> None:
    (tmp_path / "work.txt").write_bytes(data)
    import_files([tmp_path], jobs=0)
    assert RunEntry.everything.get().reason == reason


def test_numbers_of_any_length_are_no_numbers(tmp_path: Path) -> None:
    endless = "9" * 10_000
    write(tmp_path, 1, Words=endless, Chapters=f"{endless}/{endless}", Kudos=endless, Hits="1e999", Bookmarks="-1")
    write(tmp_path, 2, Work_ID=endless, Published=f"{endless}-01-01", Series=f"Part {endless} of Lamps")
    assert import_files([tmp_path], jobs=0).row.created == 2


def test_a_chapter_of_fifty_megabytes_is_read_or_refused_in_one_line(tmp_path: Path) -> None:
    """In a process of its own, with the bound for memory that every import has."""
    write(tmp_path, 1, body="Ada climbed the stairs. She counted them as she went.\n\n" * 900_000)
    write(tmp_path, 2)
    row = import_files([tmp_path], jobs=1).row
    assert row.created + row.refused == 2
    assert row.created >= 1
    assert all("memory" in reason for reason in RunEntry.everything.values_list("reason", flat=True))


def test_a_book_of_five_thousand_documents_is_one_work(tmp_path: Path) -> None:
    (tmp_path / "book.epub").write_bytes(zipped(pages({f"Lamp {n}": f"<p>Ada lit lamp {n}.</p>" for n in range(5000)})))
    assert import_files([tmp_path], jobs=0).row.created == 1
    assert Work.everything.get().chapters_posted == 5000
