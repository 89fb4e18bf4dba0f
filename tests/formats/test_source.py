"""Files are opened safely: what cannot be read is refused with one line, and never more than one file is held."""

import hashlib
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.formats import Source, belongs, recognise, source, unread
from archive.formats.unread import CONVERT
from archive.parsed import ParsedWork, Refused
from tests.formats.books import zipped

WORK = b"Title: Unlit\nWork ID: 2000102\n\nTom counted.\n"


def reason(opened: Source) -> str:
    assert recognise(opened) is None
    return str(unread(opened))


def test_a_source_knows_its_size_digest_and_head(tmp_path: Path) -> None:
    path = tmp_path / "unlit.txt"
    path.write_bytes(WORK)
    opened = Source.open(path)
    assert (opened.size, opened.head, opened.bytes) == (len(WORK), WORK, WORK)
    assert opened.sha256 == hashlib.sha256(WORK).hexdigest()
    assert opened.path == str(path)


def test_a_link_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "real.txt").write_bytes(WORK)
    (tmp_path / "link.txt").symlink_to(tmp_path / "real.txt")
    with pytest.raises(Refused, match="a link to another file"):
        Source.open(tmp_path / "link.txt")


def test_a_pipe_is_refused_without_waiting(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    with pytest.raises(Refused, match="not an ordinary file"):
        Source.open(tmp_path / "pipe.txt")


def test_a_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="not an ordinary file"):
        Source.open(tmp_path)


def test_a_file_that_has_gone_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="cannot be opened: no such file"):
        Source.open(tmp_path / "gone.txt")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_an_unreadable_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "closed.txt"
    path.write_bytes(WORK)
    path.chmod(0)
    with pytest.raises(Refused, match="permission denied"):
        Source.open(path)


def test_a_file_that_changes_while_it_is_read_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "growing.txt"
    path.write_bytes(WORK)
    opened = Source.open(path)
    path.write_bytes(WORK * 2)
    with pytest.raises(Refused, match="changed while it was being read"):
        opened.bytes  # noqa: B018


def test_a_file_that_is_too_large_is_refused_but_has_a_digest(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(source, "LIMIT", 10)
    opened = Source.from_bytes("large.txt", WORK)
    assert reason(opened).startswith("too large: ")
    assert opened.sha256 == hashlib.sha256(WORK).hexdigest()


def test_lines_are_read_without_holding_the_file() -> None:
    assert list(Source.from_bytes("a", b"one\ntwo").lines()) == [b"one\n", b"two"]
    with pytest.raises(Refused, match="a line is longer"):
        list(Source.from_bytes("a", b"one\n" + b"x" * 20).lines(limit=10))


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"", "the file is empty"),
        (b" \n\t\r\n\xc2\xa0\n", "the file is empty"),
        (b"\xef\xbb\xbf", "the file is empty"),
        (b"\xff\xfe", "the file is empty"),
        (bytes(range(256)) * 40, "not text: the file is binary"),
        (b"\x7fELF\x02\x01\x01" + bytes(200), "a program"),
        (b"PK\x03\x04" + bytes(26) + b"mimetypeapplication/epub+zip", "the zip is damaged or was cut off"),
        (b"PK\x03\x04" + bytes(26) + b"works/unlit.txt", "the zip is damaged or was cut off"),
        (zipped({"notes/document.xml": "<w/>"}), "a zip that holds no book"),
        (b"{\\rtf1 Unlit}", f"an RTF document: {CONVERT}"),
        (b"Once there was a lamp.\n\nIt went out.\n", "hardly any text: fewer than 20 words"),
        (b"<x><y>Unlit</y></x>" + b" Rain." * 20, "source code, and no work"),
        (b"Retry later\n", "a page that asks to try later, saved instead of the work"),
    ],
)
def test_what_is_no_work_is_refused_by_name(data: bytes, expected: str) -> None:
    assert reason(Source.from_bytes("file.txt", data)) == expected


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"])
def test_a_text_is_the_same_in_every_encoding(encoding: str) -> None:
    text = "Title: Unlit\nWork ID: 2000102\n\nTom’s fête — “truly”.\n"
    assert Source.from_bytes("a", text.encode(encoding)).text == text


@pytest.mark.parametrize(("encoding", "line"), [
    ("cp1251", "Она каждый вечер поднималась на маяк и считала ступени лестницы."),
    ("shift_jis", "彼女は毎晩、灯台の階段を数えながら登った。海は静かだった。"),
    ("gb18030", "她每天晚上都一边数着台阶，一边登上灯塔。大海很安静。"),
])  # fmt: skip
def test_an_encoding_that_nobody_names_is_guessed(encoding: str, line: str) -> None:
    text = "Title: Unlit\nWork ID: 2000102\n\n" + f"{line}\n\n" * 8
    assert Source.from_bytes("a", text.encode(encoding)).text == text


def test_line_ends_are_all_the_same() -> None:
    assert Source.from_bytes("a", b"one\r\ntwo\rthree\nfour").text == "one\ntwo\nthree\nfour"


def test_a_name_says_nothing_about_the_content() -> None:
    found = recognise(Source.from_bytes("cover.jpg", WORK))
    assert found is not None
    assert found.name == "text-export"


@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    for start in (b"", b"Title: Unlit\nWork ID: 5\n\n"):
        opened = Source.from_bytes("any.bin", start + data)
        found = recognise(opened)
        results = list(found.read(opened)) if found else [unread(opened)]
        assert results
        for result in results:
            assert isinstance(result, ParsedWork | Refused)
            assert "\n" not in str(result) or isinstance(result, ParsedWork)
            if isinstance(result, ParsedWork):
                result.chapters[0].body.encode("utf-8")
                assert "\0" not in repr(result)


PNG = b"\x89PNG\r\n\x1a\n" + bytes(20)


@pytest.mark.parametrize(
    ("path", "head"),
    [
        ("a/cover.jpg", b"\xff\xd8\xff\xe0"),
        ("a/unlit.txt", PNG),
        ("a/picture.svg", b'<?xml version="1.0"?><svg xmlns="x">'),
        ("a/metadata.opf", b"<?xml version='1.0'?><package>"),
        ("a/strange.name", b"<?xml version='1.0'?>\n<package version='2.0'>"),
        ("metadata.db", b"SQLite format 3\0"),
        ("Unlit.sdr/metadata.epub.lua", b"-- notes"),
        (".DS_Store", b"\0\0\0\1Bud1"),
        ("__MACOSX/._unlit.txt", b"\0\5\x16\7"),
        (".hidden.txt", WORK),
        ("Thumbs.db", b"\xd0\xcf\x11\xe0"),
        ("style.css", b"p { margin: 0 }"),
        ("font.woff2", b"wOF2\0\1"),
        ("unlit.json", b'{"rating": "Teen"}'),
        ("fetch.log", b"2021-05-06 fetched"),
        ("README.txt", b"These are my saved works."),
        ("index.html", b"<html><ul><li>Unlit"),
    ],
)
def test_what_goes_with_a_collection_is_left_alone(path: str, head: bytes) -> None:
    assert belongs(path, head)


@pytest.mark.parametrize(
    ("path", "head"),
    [
        ("unlit.txt", WORK),
        ("README.txt", WORK),
        ("unlit.json", WORK),
        ("BMW.txt", b"BMW\nTitle: Unlit"),
        ("works.json", b'{"id": 5, "title": "Unlit"}'),
        ("unlit.epub", b"PK\x03\x04"),
        ("unlit.html", b"<html>"),
        ("unlit.txt", b""),
    ],
)
def test_what_may_be_a_work_is_not_left_alone(path: str, head: bytes) -> None:
    assert belongs(path, head) is None
