"""Archives made to do harm: each costs only itself, says why in one line, and writes nothing anywhere else."""

import io
import os
import struct
import warnings
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from archive.importing import import_files
from archive.models import RunEntry, Work
from tests.formats.books import pages
from tests.formats.books import zipped as booked
from tests.importing.exports import text
from tests.importing.packing import Entries, gzipped, put, tarred, zipped

pytestmark = pytest.mark.django_db

MEGABYTE = 1024 * 1024


def twice() -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as bundle, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        bundle.writestr("one.txt", text(1))
        bundle.writestr("one.txt", text(2))
    return data.getvalue()


def flipped(data: bytes, behind_local: int, behind_central: int, bits: int) -> bytes:
    changed = bytearray(data)
    changed[behind_local] ^= bits
    changed[data.index(b"PK\x01\x02") + behind_central] ^= bits
    return bytes(changed)


def overlapping(times: int = 1000) -> bytes:
    """A zip whose directory names the one entry so many times."""
    data = zipped({"one.txt": text(1)})
    start, end = data.index(b"PK\x01\x02"), data.index(b"PK\x05\x06")
    directory = data[start:end] * times
    return data[:start] + directory + struct.pack("<4sHHHHLLH", b"PK\5\6", 0, 0, times, times, len(directory), start, 0)


def nested(depth: int) -> bytes:
    data = text(1).encode()
    for level in range(depth):
        data = zipped({"in.zip" if level else "one.txt": data})
    return data


def linked() -> bytes:
    data, entry = io.BytesIO(), zipfile.ZipInfo("one.txt")
    entry.external_attr = 0o120777 << 16
    with zipfile.ZipFile(data, "w") as bundle:
        bundle.writestr(entry, "/etc/passwd")
    return data.getvalue()


PLAIN = zipped({"one.txt": text(1)})
REFUSED = {
    "a bomb": (zipped({"one.txt": b"A" * 2 * MEGABYTE}), "packed far too tightly"),
    "a bomb in a bomb": (zipped({"in.zip": zipped({"one.txt": b"A" * 2 * MEGABYTE})}), "packed far too tightly"),
    "a packed bomb": (gzipped(b"A" * 80 * MEGABYTE), "packed far too tightly"),
    "a book that is a bomb": (
        booked(pages({"One": "<p>A</p>" * 300_000})),
        "packed far too tightly",
    ),
    "entries over each other": (overlapping(), "its entries lie over each other"),
    "far too deep": (nested(5), "an archive inside of 3 others"),
    "encrypted": (flipped(PLAIN, 6, 8, 1), "encrypted"),
    "a wrong sum": (flipped(PLAIN, 14, 16, 255), "damaged in the archive"),
    "a link": (linked(), "a link to another file; links are not followed"),
    "cut off": (PLAIN[:-30], "the zip is damaged"),
    "empty": (b"PK\5\6" + bytes(18), "the zip is empty"),
    "four bytes": (b"PK\3\4", "the zip is damaged"),
}


@pytest.mark.parametrize("kind", REFUSED)
def test_a_hostile_archive_is_refused_in_one_line_beside_a_work_that_comes_in(kind: str, tmp_path: Path) -> None:
    data, reason = REFUSED[kind]
    put(tmp_path / "hostile", data)
    put(tmp_path / "sound.txt", text(99).encode())
    row = import_files([tmp_path], jobs=0).row
    assert (row.created, row.refused) == (1, 1)
    told = RunEntry.everything.get().reason
    assert reason in told
    assert "\n" not in told


LEADING_OUT = (
    "../../../../out.txt",
    "/out.txt",
    "..\\..\\out.txt",
    "C:\\out.txt",
    "a/../../out.txt",
    "out.txt/../../x",
)


@pytest.mark.parametrize("pack", [zipped, tarred], ids=["zip", "tar"])
def test_no_name_in_an_archive_becomes_a_file(pack: Callable[[Entries], bytes], tmp_path: Path, data: Path) -> None:
    archive = put(tmp_path / "works" / "archive", pack({name: text(at) for at, name in enumerate(LEADING_OUT)}))
    before = set(tmp_path.rglob("*")) | set(Path("/").glob("*"))
    assert import_files([archive], jobs=0).row.created == len(LEADING_OUT)
    assert set(tmp_path.rglob("*")) | set(Path("/").glob("*")) == before
    assert not [path for path in data.rglob("*") if "out" in path.name.split(".")]


def test_of_two_entries_with_one_name_both_come_in(tmp_path: Path) -> None:
    assert import_files([put(tmp_path / "twice.zip", twice())], jobs=0).row.created == 2


def test_a_zip_with_long_fields_is_read(tmp_path: Path) -> None:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as bundle, bundle.open("one.txt", "w", force_zip64=True) as entry:
        entry.write(text(1).encode())
    import_files([put(tmp_path / "long.zip", data.getvalue())], jobs=0)
    assert Work.everything.get().title == "Work 1"


def test_names_that_no_screen_can_bear_are_shown_on_one_line(tmp_path: Path) -> None:
    names = ["one\nline\x1b[31m.txt", "two\0.txt", "x" * 60_000, "<script>.txt", f"{os.sep}.txt"]
    import_files([put(tmp_path / "names.zip", zipped(dict.fromkeys(names, "")))], jobs=0)
    for path in RunEntry.everything.values_list("path", flat=True):
        assert path.isprintable()
