"""A zip is read within limits: whatever is wrong with it is one line of reason, and no name leads anywhere."""

import struct
import zipfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.formats import Source, bundle
from archive.formats.bundle import Bundle, plain_name
from archive.parsed import Refused
from tests.formats.books import zipped


def opened(files: dict[str, str | bytes]) -> Bundle:
    return Bundle(zipped(files))


def test_a_bundle_has_names_and_what_is_under_them() -> None:
    read = opened({"mimetype": "application/epub+zip", "one/two.txt": "Unlit"})
    assert list(read.names) == ["mimetype", "one/two.txt"]
    assert read.has("one/two.txt")
    assert read.read("one/two.txt") == b"Unlit"
    with pytest.raises(Refused, match="three is missing in the zip"):
        read.read("three")


def test_a_source_that_is_no_zip_has_no_bundle() -> None:
    assert Source.from_bytes("a.epub", b"Title: Unlit\n").bundle is None
    zipfile_of_one = Source.from_bytes("a.txt", zipped({"one": "1"}))
    assert zipfile_of_one.bundle is zipfile_of_one.bundle is not None


def test_a_zip_has_no_text_and_nobody_looks_for_any() -> None:
    with pytest.raises(Refused, match="not text: the file is a zip"):
        Source.from_bytes("a.txt", zipped({"one": "1"})).text  # noqa: B018


@pytest.mark.parametrize(
    ("name", "plain"),
    [
        ("../../etc/passwd", "etc/passwd"),
        ("/etc/passwd", "etc/passwd"),
        ("C:\\books\\one.xhtml", "books/one.xhtml"),
        ("\\\\host\\share\\one.xhtml", "host/share/one.xhtml"),
        ("OEBPS/Text/../Images/a.png", "OEBPS/Images/a.png"),
        ("./a//b/.", "a/b"),
        ("..", ""),
        ("a..b/...", "a..b/..."),
    ],
)
def test_a_name_leads_nowhere_else(name: str, plain: str) -> None:
    assert plain_name(name) == plain
    if plain:
        assert opened({name: "here"}).read(plain) == b"here"


def test_a_name_is_found_in_another_case_and_unicode_form() -> None:
    read = opened({"OEBPS/Cafe\u0301.XHTML": "here"})
    assert read.find("oebps/café.xhtml") == "OEBPS/Cafe\u0301.XHTML"
    assert not read.find("oebps/other.xhtml")


def test_a_name_in_utf8_that_does_not_say_so_is_understood() -> None:
    data = zipped({"été.xhtml": "here"})
    flag = struct.pack("<H", 0x800)
    silent = data.replace(b"PK\x03\x04\x14\0" + flag, b"PK\x03\x04\x14\0\0\0").replace(
        b"PK\x01\x02\x14\x03\x14\0" + flag, b"PK\x01\x02\x14\x03\x14\0\0\0"
    )
    assert silent != data
    assert Bundle(silent).read("été.xhtml") == b"here"


def test_a_reason_is_one_line_whatever_the_name() -> None:
    with pytest.raises(Refused, match=r"^one  two is missing in the zip$"):
        opened({"a": "b"}).read("one\r\ntwo")


def test_zip64_is_read() -> None:
    written = BytesIO()
    with zipfile.ZipFile(written, "w") as made, made.open("one", "w", force_zip64=True) as entry:
        entry.write(b"Unlit")
    assert Bundle(written.getvalue()).read("one") == b"Unlit"


def test_a_damaged_directory_is_one_line() -> None:
    data = zipped({"one": "Unlit" * 100})
    for broken in (data[:-30], data[:40], b"PK\x03\x04", data.replace(b"PK\x01\x02", b"PK\x09\x09")):
        with pytest.raises(Refused, match=r"^the zip is (damaged or was cut off|empty)$"):
            Bundle(broken)


def test_an_empty_zip_is_refused() -> None:
    for files in ({}, {"folder/": ""}):
        with pytest.raises(Refused, match="the zip is empty"):
            opened(files)


def test_a_wrong_checksum_is_damage() -> None:
    data = zipped({"one": "Unlit lamps"}, zipfile.ZIP_STORED).replace(b"Unlit", b"Unlot")
    with pytest.raises(Refused, match="one in the zip is damaged"):
        Bundle(data).read("one")


def test_what_is_encrypted_is_refused_when_it_is_read() -> None:
    data = bytearray(zipped({"one": "Unlit", "two": "lamps"}, zipfile.ZIP_STORED))
    data[6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1
    read = Bundle(bytes(data))
    assert read.read("two") == b"lamps"
    with pytest.raises(Refused, match="one in the zip is encrypted"):
        read.read("one")


def test_a_link_is_not_followed() -> None:
    written = BytesIO()
    with zipfile.ZipFile(written, "w") as made:
        link = zipfile.ZipInfo("one")
        link.external_attr = 0o120777 << 16
        made.writestr(link, "/etc/passwd")
    with pytest.raises(Refused, match="one in the zip is a link to another file"):
        Bundle(written.getvalue()).read("one")


def test_an_entry_that_is_there_twice_must_be_the_same_both_times() -> None:
    def twice(one: str, other: str) -> Bundle:
        return Bundle(zipped({"a": "1", "./b": one, "b": other}))

    assert twice("same", "same").read("b") == b"same"
    with pytest.raises(Refused, match="b is in the zip twice"):
        twice("one", "other").read("b")


def test_a_bomb_is_not_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    tight = opened({"bomb": b"\0" * (bundle.SMALL * 2)})
    with pytest.raises(Refused, match="bomb in the zip is packed far too tightly"):
        tight.read("bomb")
    monkeypatch.setattr(bundle, "ENTRY_SIZE", 10)
    with pytest.raises(Refused, match="too large: 11 bytes"):
        opened({"large": b"12345678901"}).read("large")
    monkeypatch.setattr(bundle, "TOTAL_SIZE", 20)
    with pytest.raises(Refused, match="the zip holds 22 bytes"):
        opened({"one": b"12345678901", "two": b"12345678901"})
    monkeypatch.setattr(bundle, "ENTRIES", 2)
    with pytest.raises(Refused, match="more than 2 entries"):
        opened({"one": "1", "two": "2", "three": "3"})


def test_an_entry_that_is_larger_than_it_says_is_damage() -> None:
    data = bytearray(zipped({"one": b"Unlit" * 1000}))
    at = data.index(b"PK\x01\x02") + 24
    data[at : at + 4] = struct.pack("<I", 10)
    with pytest.raises(Refused, match="one in the zip is damaged"):
        Bundle(bytes(data)).read("one")


def test_packings_that_need_much_memory_are_not_unpacked() -> None:
    with pytest.raises(Refused, match="packed in a way that is not read"):
        Bundle(zipped({"one": "Unlit"}, zipfile.ZIP_LZMA)).read("one")


def test_nothing_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    read = opened({"../../outside": "x", "inside": "y"})
    assert [read.read(name) for name in read.names] == [b"x", b"y"]
    assert not list(tmp_path.iterdir())


@given(st.data())
def test_any_damage_is_read_or_refused(data: st.DataObject) -> None:
    sound = bytearray(zipped({"mimetype": "application/epub+zip", "one": "Unlit" * 20}))
    for _ in range(data.draw(st.integers(1, 6))):
        sound[data.draw(st.integers(0, len(sound) - 1))] = data.draw(st.integers(0, 255))
    cut = bytes(sound[: data.draw(st.integers(4, len(sound)))])
    for found in unpacked(cut):
        assert isinstance(found, bytes) or "\n" not in str(found)


def unpacked(data: bytes) -> Iterator[bytes | Refused]:
    try:
        read = Bundle(data)
    except Refused as refused:
        yield refused
        return
    for name in read.names:
        try:
            yield read.read(name)
        except Refused as refused:
            yield refused
