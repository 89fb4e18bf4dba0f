"""What is not read, and why: books of other formats, packed files, and pages that hold no work, each by name."""

import re

from archive.formats.bundle import MAGIC
from archive.formats.epub import unopened
from archive.formats.source import Source
from archive.formats.texts.reading_matter import unfit
from archive.formats.walls import wall
from archive.parsed import Refused

CONVERT = "convert it to EPUB with calibre, or download the EPUB again"
_UNPACK = "unpack it, and import the folder"

_BOOKS: tuple[tuple[int, bytes, str], ...] = (
    (60, b"TEXtREAd", "a PalmDOC book"),
    (0, b"TPZ", "a Kindle book (Topaz)"),
    (0, b"\xeaDRMION\xee", "a Kindle book with copy protection (KFX)"),
    (0, b"CONT\x02\0", "a Kindle book (KFX)"),
    (0, b"%PDF-", "a PDF"),
    (0, b"{\\rtf", "an RTF document"),
    (0, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Word document (DOC)"),
    (0, b"ITOLITLS", "a Microsoft Reader book (LIT)"),
    (0, b"ITSF", "a CHM book"),
    (0, b"L\0R\0F\0\0\0", "a Sony Reader book (LRF)"),
    (0, b"AT&TFORM", "a DjVu book"),
)
_MOBI, _AT_MOBI = b"BOOKMOBI", 60
_KF8 = 8
_ZIPPED: tuple[tuple[bytes, str], ...] = (
    (b"mimetypeapplication/vnd.oasis.opendocument", "an OpenDocument text (ODT)"),
    (b"word/", "a Word document (DOCX)"),
    (b"[Content_Types].xml", "an Office document"),
)
_PACKED: tuple[tuple[bytes, str], ...] = (
    (b"7z\xbc\xaf\x27\x1c", f"a 7-Zip file: {_UNPACK}"),
    (b"Rar!\x1a\x07", f"a RAR file: {_UNPACK}"),
    (b"\x28\xb5\x2f\xfd", "a file packed with zstd, to be unpacked first (zstd -d)"),
    (b"\x7fELF", "a program"),
    (b"MZ", "a program"),
)
_FICTION_BOOK = re.compile(rb"<FictionBook\b")


def unread_kind(head: bytes) -> str:
    """What a file is that begins so, if it is a book of a format that is not read; else empty.

    >>> unread_kind(b"%PDF-1.7"), unread_kind(b"Title: Unlit")
    ('a PDF', '')
    """
    if head.startswith(_MOBI, _AT_MOBI):
        return "a Kindle book (AZW3)" if _version(head) >= _KF8 else "a Kindle book (MOBI)"
    if head.startswith(MAGIC):
        return next((what for sign, what in _ZIPPED if sign in head), "")
    if _FICTION_BOOK.search(head, 0, 4096):
        return "a FictionBook (FB2)"
    return next((what for place, magic, what in _BOOKS if head.startswith(magic, place)), "")


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
    if what := _packed(source):
        return what
    text = source.text
    return wall(text) or unfit(text) or "markup of a kind that is not read"


def _packed(source: Source) -> str:
    """What a file is that is no text; empty when it may be one. Refused when it is a zip that is damaged."""
    head = source.head
    if what := unread_kind(head):
        return f"{what}: {CONVERT}"
    if head.startswith(MAGIC) and source.bundle:
        return "a zip that holds no book"
    return next((what for magic, what in _PACKED if head.startswith(magic)), "")


def _version(head: bytes) -> int:
    """The version of a MOBI file: 6 for MOBI itself, 8 for KF8. It stands in the header of the first record."""
    record = int.from_bytes(head[78:82], "big")
    return int.from_bytes(head[record + 36 : record + 40], "big") if head[record + 16 : record + 20] == b"MOBI" else 0
