"""Archives as people have them: each entry is a file, its name only a name, and what is made to do harm is stopped."""

import bz2
import gzip
import io
import lzma
import os
import stat
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive import finding
from archive.finding import limits, unpacking, zips
from archive.importing import Run, import_files
from archive.models import RunEntry, SourceFile, Tagging
from tests.importing.exports import text, write
from tests.importing.packing import EPUB, Entries, gzipped, put, tarred, zipped

pytestmark = pytest.mark.django_db

TWO = {"a.txt": text(1), "b/c.txt": text(2)}


def bring_in(*paths: Path) -> Run:
    return import_files(paths, jobs=0)


def found(*paths: Path) -> dict[str, str]:
    """What is found, by the end of its path: why it is left alone or refused, empty for what is to be read."""
    return {Path(one.path).name: one.reason for one in finding.find(paths)}


def refusals() -> dict[str, str]:
    return {Path(path).name: reason for path, reason in RunEntry.everything.values_list("path", "reason")}


@pytest.mark.parametrize(
    "data",
    [
        zipped(TWO),
        zipped(TWO, zipfile.ZIP_BZIP2),
        tarred(TWO),
        tarred(TWO, style=tarfile.GNU_FORMAT),
        tarred(TWO, style=tarfile.USTAR_FORMAT),
        tarred(TWO, "w:gz"),
        tarred(TWO, "w:bz2"),
        tarred(TWO, "w:xz"),
    ],
    ids=["zip", "zip with bzip2", "tar", "GNU tar", "old tar", "tar.gz", "tar.bz2", "tar.xz"],
)
def test_each_entry_of_an_archive_is_a_file_whatever_the_archive_is_called(tmp_path: Path, data: bytes) -> None:
    archive = put(tmp_path / "works.txt", data)
    row = bring_in(archive).row
    assert (row.created, row.refused, row.total, row.done) == (2, 0, 2, 2)
    assert set(SourceFile.everything.values_list("path", flat=True)) == {f"{archive}/a.txt", f"{archive}/b/c.txt"}
    again = bring_in(archive).row
    assert (again.unchanged, again.created, again.updated) == (2, 0, 0)


@pytest.mark.parametrize("end", ["gz", "bz2", "xz"])
def test_a_single_packed_file_is_the_file_in_it(tmp_path: Path, end: str) -> None:
    pack = {"gz": gzipped, "bz2": bz2.compress, "xz": lzma.compress}[end]
    write(tmp_path / "plain", 1)
    archive = put(tmp_path / f"unlit.txt.{end}", pack(text().encode()))
    assert bring_in(archive).row.created == 1
    assert SourceFile.everything.get().path == f"{archive}/unlit.txt"


def test_two_packed_files_in_one_are_one(tmp_path: Path) -> None:
    whole = text().encode()
    put(tmp_path / "unlit.txt.gz", gzipped(whole[:100]) + gzipped(whole[100:]))
    assert bring_in(tmp_path).row.created == 1
    assert SourceFile.everything.get().size == len(whole)


def test_archives_in_archives_are_opened_three_deep(tmp_path: Path) -> None:
    data = text(1).encode()
    for number in range(1, 5):
        data = zipped({f"{number}.zip" if number > 1 else "a.txt": data, f"side{number}.txt": text(10 + number)})
    outer = put(tmp_path / "5.zip", data)
    row = bring_in(outer).row
    assert (row.created, row.refused) == (3, 1)
    assert refusals() == {"2.zip": "an archive inside of 3 others: unpack it, and import the folder"}
    assert row.total == row.done == 4
    assert SourceFile.everything.filter(path=f"{outer}/4.zip/3.zip/side2.txt").exists()


def test_an_archive_in_a_packed_tar_and_a_tar_in_a_zip_are_opened_too(tmp_path: Path) -> None:
    inner = tarred({"a.txt": text(1)}, "w:gz")
    put(tmp_path / "outer.tar.xz", tarred({"deep/inner.tgz": inner, "b.zip": zipped({"b.txt": text(2)})}, "w:xz"))
    put(tmp_path / "outer.zip", zipped({"inner.tar": tarred({"c.txt": text(3)})}))
    assert bring_in(tmp_path).row.created == 3


@pytest.mark.parametrize("name", ["mimetype", "META-INF/container.xml", "content.opf"])
@pytest.mark.parametrize("pack", [zipped, tarred, lambda entries: tarred(entries, "w:gz")])
def test_a_book_in_an_archive_is_a_book_and_no_archive(
    tmp_path: Path, name: str, pack: Callable[[Entries], bytes]
) -> None:
    book = zipped({name: EPUB[name], "chapter.html": "<p>The lamp was lit.</p>"})
    archive = put(tmp_path / "works", pack({"shelf/unlit.bin": book, "a.txt": text(1)}))
    paths = {one.path: one.source for one in finding.find([archive])}
    assert set(paths) == {f"{archive}/shelf/unlit.bin", f"{archive}/a.txt"}
    assert all(paths.values())


def test_a_book_on_the_disk_is_no_archive_and_a_zipped_page_is_one(tmp_path: Path) -> None:
    put(tmp_path / "book", zipped(EPUB))
    put(tmp_path / "page.zip", zipped({"Unlit_by_quillfeather-NtePoQrV.html": "<h1>Unlit</h1>"}))
    put(tmp_path / "exported.zip", zipped({"metadata.opf": "<package/>", "Unlit.txt": text(1)}))
    assert found(tmp_path) == {
        "book": "",
        "Unlit_by_quillfeather-NtePoQrV.html": "",
        "metadata.opf": "metadata of another program",
        "Unlit.txt": "",
    }


def test_names_that_lead_elsewhere_are_only_names(tmp_path: Path) -> None:
    write(tmp_path, 9)
    names = ("../../up.txt", "/etc/passwd", "C:\\a\\b.txt", "a/../../c.txt", "\u202enul.txt", "x" * 3000 + ".txt")
    hostile = {name: text(number) for number, name in enumerate(names)}
    put(tmp_path / "works.zip", zipped(hostile))
    put(tmp_path / "works.tar", tarred({name: text(20 + number) for number, name in enumerate(names)}))
    assert bring_in(tmp_path).row.created == 13
    assert sorted(path.name for path in tmp_path.iterdir()) == ["9.txt", "works.tar", "works.zip"]
    shown = set(SourceFile.everything.values_list("path", flat=True))
    for end in ("up.txt", "etc/passwd", "a/b.txt", "c.txt"):
        assert {f"{tmp_path}/works.zip/{end}", f"{tmp_path}/works.tar/{end}"} <= shown


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_two_entries_of_one_name_are_both_read(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "w.zip", "w") as bundle:
        bundle.writestr("a.txt", text(1))
        bundle.writestr("a.txt", text(2))
    put(tmp_path / "w.tar", tarred({"a.txt": text(3)})[:1024] + tarred({"a.txt": text(4)}))
    assert bring_in(tmp_path).row.created == 4


def test_covers_and_metadata_in_archives_are_left_alone_even_where_they_cannot_be_read(tmp_path: Path) -> None:
    entries = {
        "a.txt": text(1),
        "cover.png": b"\x89PNG\r\n\x1a\n" + b"\0" * 9,
        "x/style.css": b"p {}",
        ".DS_Store": b"?",
    }
    put(tmp_path / "w.zip", encrypted(zipped(entries), "x/style.css"))
    row = bring_in(tmp_path).row
    assert (row.created, row.ignored, row.refused) == (1, 3, 0)


def encrypted(data: bytes, name: str) -> bytes:
    """A zip in which one entry says that it is encrypted."""
    changed = bytearray(data)
    place = data.rindex(name.encode()) - 46
    assert data[place : place + 4] == b"PK\x01\x02"
    changed[place + 8] |= 1
    return bytes(changed)


def linked(name: str) -> zipfile.ZipInfo:
    """An entry that is a symbolic link."""
    info = zipfile.ZipInfo(name)
    info.external_attr = (stat.S_IFLNK | 0o777) << 16
    return info


def test_zips_that_are_damaged_or_dangerous_cost_only_themselves(tmp_path: Path) -> None:
    write(tmp_path, 1)
    put(tmp_path / "cut.zip", zipped({"a.txt": text(2)})[:60])
    put(tmp_path / "bomb.zip", zipped({"zeros.txt": b"\0" * (limits.SMALL + 1), "b.txt": text(3)}))
    put(tmp_path / "none.zip", zipped({}))
    put(tmp_path / "locked.zip", encrypted(zipped({"c.txt": text(4)}), "c.txt"))
    put(
        tmp_path / "wrong.zip",
        zipped({"d.txt": text(5), "e.txt": text(6)}, zipfile.ZIP_STORED).replace(b"Work 5", b"Work X"),
    )
    put(tmp_path / "strange.zip", zipped({"f.txt": text(7)}, zipfile.ZIP_LZMA))
    with zipfile.ZipFile(tmp_path / "link.zip", "w") as bundle:
        bundle.writestr(linked("g.txt"), "/etc/passwd")
    assert bring_in(tmp_path).row.created == 3
    assert refusals() == {
        "cut.zip": "the zip is damaged",
        "zeros.txt": "packed far too tightly to be a text",
        "none.zip": "the zip is empty",
        "c.txt": "encrypted",
        "d.txt": "damaged in the archive",
        "f.txt": "packed in a way that is not read",
        "g.txt": "a link to another file; links are not followed",
    }


def test_an_entry_that_is_larger_than_its_zip_says_is_not_held(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    data = bytearray(zipped({"a.txt": text(1)}))
    place = data.rindex(b"PK\x01\x02")
    data[place + 24 : place + 28] = struct.pack("<L", 10)
    put(tmp_path / "lying.zip", bytes(data))
    bring_in(tmp_path)
    assert refusals() == {"a.txt": "damaged in the archive"}


def member(name: str, kind: bytes, size: int = 0, **more: Any) -> tarfile.TarInfo:
    """An entry of a tar that is no ordinary file."""
    info = tarfile.TarInfo(name)
    info.type, info.size, info.linkname = kind, size, "/etc/passwd"
    info.pax_headers = more
    return info


def test_links_devices_and_files_with_holes_in_tars_are_refused(tmp_path: Path) -> None:
    with tarfile.open(tmp_path / "w.tar", "w", format=tarfile.PAX_FORMAT) as bundle:
        for name, kind in (("l.txt", tarfile.SYMTYPE), ("h.txt", tarfile.LNKTYPE), ("d.txt", tarfile.CHRTYPE),
                           ("p.txt", tarfile.FIFOTYPE), ("folder", tarfile.DIRTYPE)):  # fmt: skip
            bundle.addfile(member(name, kind))
        bundle.addfile(member("s.txt", tarfile.REGTYPE, 4, **{"GNU.sparse.size": "99999999999"}), io.BytesIO(b"data"))
        bundle.addfile(member("o.txt", tarfile.GNUTYPE_SPARSE))
        whole = text(1).encode()
        bundle.addfile(member("whole.txt", tarfile.REGTYPE, len(whole)), io.BytesIO(whole))
    assert bring_in(tmp_path).row.created == 1
    assert refusals() == {
        "l.txt": "a link to another file; links are not followed",
        "h.txt": "a link to another file; links are not followed",
        "d.txt": "not an ordinary file",
        "p.txt": "not an ordinary file",
        "s.txt": "a file with holes; such files are not read",
        "o.txt": "a file with holes; such files are not read",
    }


@pytest.mark.parametrize("mode", ["w", "w:gz", "w:bz2", "w:xz"])
def test_of_a_tar_that_was_cut_off_what_is_there_is_read(tmp_path: Path, mode: str) -> None:
    noise = os.urandom(40_000)
    data = tarred({"a.txt": text(1), "noise.bin": noise, "b.txt": text(2)}, mode)
    put(tmp_path / "cut.tar", data[:20_000])
    row = bring_in(tmp_path).row
    if mode == "w:bz2":  # packed in large pieces, the first of which is not whole
        assert (row.created, refusals()) == (0, {"cut.tar": "the bzip2 file is damaged"})
        return
    assert row.created == 1
    assert refusals() == {"noise.bin": "damaged in the archive", "cut.tar": "the tar is damaged or was cut off"}


def test_a_tar_whose_header_was_changed_is_read_up_to_it(tmp_path: Path) -> None:
    data = bytearray(tarred(TWO))
    data[1024 + 3] ^= 1
    put(tmp_path / "w.tar", bytes(data))
    assert bring_in(tmp_path).row.created == 1
    assert refusals() == {"w.tar": "the tar is damaged or was cut off"}


def test_a_packed_file_that_is_a_bomb_is_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(unpacking, "_FREE", 1024 * 1024)
    zeros = b"\0" * (8 * 1024 * 1024)
    for number, pack in enumerate((gzip.compress, bz2.compress, lzma.compress)):
        put(tmp_path / f"{number}.bin", pack(zeros))
        put(tmp_path / f"{number}.tar", pack(tarred({"a.txt": text(number), f"zeros{number}.txt": zeros})))
    assert bring_in(tmp_path).row.created == 3
    bomb = "packed far too tightly to hold texts"
    for number in range(3):
        assert refusals()[f"{number}.bin"] == refusals()[f"{number}.tar"] == bomb


def test_xz_that_asks_for_very_much_memory_is_refused(tmp_path: Path) -> None:
    packer = lzma.LZMACompressor(filters=[{"id": lzma.FILTER_LZMA2, "dict_size": 4096}])
    data = bytearray(packer.compress(text(1).encode()) + packer.flush())
    data[15] = 36  # the size of the dictionary, as the header of a block has it: 1 GiB
    data[20:24] = struct.pack("<L", zlib.crc32(data[12:20]))
    put(tmp_path / "unlit.txt.xz", bytes(data))
    bring_in(tmp_path)
    assert refusals() == {"unlit.txt.xz": "the xz file is damaged"}


@pytest.mark.parametrize("pack", [zipped, tarred])
def test_an_archive_with_far_too_many_entries_is_not_gone_through(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, pack: Callable[[Entries], bytes]
) -> None:
    put(tmp_path / "w", pack({f"{number}.txt": text(number) for number in range(12)}))
    for module in (limits, zips):
        monkeypatch.setattr(module, "ENTRIES", 10)
    bring_in(tmp_path)
    assert refusals() == {"w": "it has more than 10 entries: unpack it, and import the folder"}


def test_the_entries_of_archives_in_archives_count_together(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    inner = zipped({f"{number}.txt": text(number) for number in range(6)})
    put(tmp_path / "w.zip", zipped({"a.zip": inner, "b.zip": inner}))
    monkeypatch.setattr(limits, "ENTRIES", 10)
    assert bring_in(tmp_path).row.created == 6
    assert list(refusals()) == ["b.zip"]


def test_a_zip_that_holds_more_than_a_disk_could_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "TOTAL", 100)
    put(tmp_path / "w.zip", zipped(TWO))
    bring_in(tmp_path)
    assert refusals() == {"w.zip": "it holds more than 100 bytes"}


@pytest.mark.parametrize("pack", [zipped, tarred])
def test_an_entry_that_is_too_large_is_refused_unread(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, pack: Callable[[Entries], bytes]
) -> None:
    monkeypatch.setattr(limits, "ENTRY_SIZE", 1000)
    put(tmp_path / "w", pack({"a.txt": text(1), "b.txt": text(2, "The lamp was lit.\n\n" * 100)}))
    assert bring_in(tmp_path).row.created == 1
    assert "too large" in refusals()["b.txt"]


def test_folders_in_archives_name_fandoms_and_so_does_the_folder_of_the_archive(tmp_path: Path) -> None:
    put(
        tmp_path / "given" / "Night Ferry" / "w.zip",
        zipped({"Lamps/a.txt": text(1, Fandom=""), "b.txt": text(2, Fandom="")}),
    )
    import_files([tmp_path / "given"], jobs=0, fandom_from_folder=True)
    assert set(Tagging.everything.values_list("spelling", flat=True)) == {"Lamps", "Night Ferry"}


def test_a_zip_that_changes_while_it_is_read_is_told(tmp_path: Path) -> None:
    archive = put(tmp_path / "w.zip", zipped(TWO))
    files = finding.find([archive])
    assert next(files).source
    put(archive, zipped({**TWO, "d.txt": text(3)}))
    assert [one.reason for one in files][-1] == "changed while it was being read"


@given(
    st.binary(max_size=3000), st.sampled_from([b"PK\x03\x04", b"\x1f\x8b\x08\0", b"BZh9", b"\xfd7zXZ\0", b"PK\x05\x06"])
)
def test_no_bytes_make_the_search_fail(tmp_path: Path, noise: bytes, magic: bytes) -> None:
    assert len(list(finding.find([put(tmp_path / "noise", magic + noise)]))) == 1


@given(st.integers(0, 4000), st.integers(0, 255), st.sampled_from(["zip", "w", "w:gz", "w:xz"]))
def test_no_damage_makes_the_search_fail(tmp_path: Path, place: int, byte: int, kind: str) -> None:
    data = bytearray(zipped(TWO) if kind == "zip" else tarred(TWO, kind))
    data[place % len(data)] = byte
    assert list(finding.find([put(tmp_path / "damaged", bytes(data))]))
