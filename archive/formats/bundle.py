"""A zip read in memory and within limits: its names made plain, its entries unpacked one at a time, nothing written."""

import lzma
import re
import stat
import struct
import unicodedata
import zipfile
import zlib
from collections.abc import Iterable
from functools import cached_property
from io import BytesIO

from archive.parsed import Refused

ENTRIES = 20_000
"""The most entries of one zip that is a single thing, such as a book."""
ENTRY_SIZE = 64 * 1024 * 1024
"""The largest entry, unpacked."""
TOTAL_SIZE = 512 * 1024 * 1024
"""The most that all entries together may be, unpacked; they are never held together."""
RATIO = 200
"""How many times larger than in the zip an entry may be, once it is larger than `SMALL`."""
SMALL = 1024 * 1024

MAGIC = (b"PK\x03\x04", b"PK\x05\x06")
"""How a zip begins; the second is an empty one."""

_IN_DIRECTORY = b"PK\x01\x02"
_ENCRYPTED = 0x1 | 0x40 | 0x2000
_UTF8 = 0x800
_PACKINGS = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
_DAMAGE = (
    zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error,
    OSError, EOFError, ValueError, ArithmeticError, LookupError, NotImplementedError, RuntimeError,
)  # fmt: skip
"""All that `zipfile` raises over a zip that is not sound."""
_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")
_DRIVE = re.compile(r"^[A-Za-z]:")


class Bundle:
    """The entries of a zip. Each thing that makes it, or one entry, unfit to read is a `Refused` of one line.

    Names are as `plain_name` makes them, whatever the zip says: they are only ever looked up, never written to.
    """

    def __init__(self, data: bytes) -> None:
        if data.count(_IN_DIRECTORY) > ENTRIES:
            raise Refused(f"the zip has more than {ENTRIES:,} entries")
        try:
            self._zip = zipfile.ZipFile(BytesIO(data))
        except _DAMAGE as error:
            raise Refused("the zip is damaged or was cut off") from error
        self._entries: dict[str, list[zipfile.ZipInfo]] = {}
        for entry in self._zip.infolist():
            name = plain_name(decoded_name(entry))
            if name and not entry.is_dir() and not entry.filename.endswith("\\"):
                self._entries.setdefault(name, []).append(entry)
        if not self._entries:
            raise Refused("the zip is empty")
        if (total := sum(entry.file_size for entry in self._zip.infolist())) > TOTAL_SIZE:
            raise Refused(f"the zip holds {total:,} bytes, and at most {TOTAL_SIZE:,} are read")

    def __repr__(self) -> str:
        return f"Bundle({len(self._entries)} entries)"

    @property
    def names(self) -> Iterable[str]:
        """The plain names of all files, in the order of the zip; folders are left out."""
        return self._entries.keys()

    def has(self, name: str) -> bool:
        """Whether there is a file of this name, in this spelling."""
        return name in self._entries

    def find(self, name: str) -> str:
        """The name of the file that is meant: as it is, else in other letter case or Unicode form; empty if none."""
        return name if name in self._entries else self._folded.get(_folded(name), "")

    @cached_property
    def _folded(self) -> dict[str, str]:
        return {_folded(name): name for name in reversed(self._entries)}

    def size(self, name: str) -> int:
        """How many bytes a file has once it is unpacked, as the zip says; nothing for one that is not there."""
        return max((entry.file_size for entry in self._entries.get(name, ())), default=0)

    def read(self, name: str) -> bytes:
        """A file's bytes. Refused when it is missing, encrypted, a link, far too large or damaged, or there twice."""
        entries, shown = self._entries.get(name), _CONTROLS.sub(" ", name)[:100]
        if entries is None:
            raise Refused(f"{shown} is missing in the zip")
        entry = entries[-1]
        if any((other.CRC, other.file_size) != (entry.CRC, entry.file_size) for other in entries):
            raise Refused(f"{shown} is in the zip twice, each time otherwise")
        if reason := _unfit(entry):
            raise Refused(f"{shown} in the zip is {reason}")
        try:
            with self._zip.open(entry) as stream:
                return stream.read()
        except _DAMAGE as error:
            raise Refused(f"{shown} in the zip is damaged") from error


def plain_name(name: str) -> str:
    """A name with plain slashes and nothing that leads elsewhere; empty when nothing is left of it.

    >>> plain_name("OEBPS/../OEBPS/./one.xhtml"), plain_name("C:\\\\book\\\\one.xhtml"), plain_name("../../etc/passwd")
    ('OEBPS/one.xhtml', 'book/one.xhtml', 'etc/passwd')
    """
    parts: list[str] = []
    for part in _DRIVE.sub("", name.replace("\\", "/")).split("/"):
        if part == "..":
            del parts[-1:]
        elif part not in {"", "."}:
            parts.append(part)
    return "/".join(parts)


def decoded_name(entry: zipfile.ZipInfo) -> str:
    """The entry's name; many programs write UTF-8 without saying so."""
    if entry.flag_bits & _UTF8 or entry.filename.isascii():
        return entry.filename
    try:
        return entry.filename.encode("cp437").decode("utf-8")
    except UnicodeError:
        return entry.filename


def _folded(name: str) -> str:
    return unicodedata.normalize("NFC", name).casefold()


def _unfit(entry: zipfile.ZipInfo) -> str:
    """Why an entry is not unpacked at all; empty when it may be."""
    if entry.flag_bits & _ENCRYPTED:
        return "encrypted"
    if stat.S_ISLNK(entry.external_attr >> 16):
        return "a link to another file; links are not followed"
    if entry.compress_type not in _PACKINGS:
        return "packed in a way that is not read"
    if entry.file_size > ENTRY_SIZE:
        return f"too large: {entry.file_size:,} bytes, and at most {ENTRY_SIZE:,} are read"
    if entry.file_size > SMALL and entry.file_size > RATIO * entry.compress_size:
        return "packed far too tightly"
    return ""
