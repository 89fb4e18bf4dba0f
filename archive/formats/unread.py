"""Why a file that no format recognises cannot be read, in one line that names what it is."""

import re

from archive.formats.epub import unopened
from archive.formats.reading_matter import unfit
from archive.formats.source import Source
from archive.formats.walls import wall
from archive.parsed import Refused

_MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"PK\x03\x04", "a zip"),
    (b"\x1f\x8b", "a gzip file"),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip file"),
    (b"Rar!\x1a\x07", "a RAR file"),
    (b"BZh", "a bzip2 file"),
    (b"\xfd7zXZ\0", "an xz file"),
    (b"\x28\xb5\x2f\xfd", "a file packed with zstd, to be unpacked first (zstd -d)"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Word document"),
    (b"{\\rtf", "an RTF document"),
    (b"\x7fELF", "a program"),
    (b"MZ", "a program"),
    (b"ITSF", "a CHM book"),
    (b"AT&TFORM", "a DjVu book"),
)
_FICTION_BOOK = re.compile(r"<FictionBook\b")


def unread(source: Source) -> Refused:
    """The reason for a file that `recognise` did not know."""
    try:
        return Refused(_reason(source))
    except Refused as refused:
        return refused


def _reason(source: Source) -> str:
    if not source.head:
        return "the file is empty"
    if broken := unopened(source):
        raise broken
    if what := next((what for magic, what in _MAGIC if source.head.startswith(magic)), ""):
        return f"{what}: this format is not read yet"
    text = source.text
    if reason := wall(text):
        return reason
    if _FICTION_BOOK.search(text, 0, 4096):
        return "a FictionBook: this format is not read yet"
    return unfit(text) or "markup of a kind that is not read"
