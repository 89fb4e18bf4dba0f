"""Files that go with a collection and are no works: covers, metadata, side-cars, other copies of the same work."""

import re
from pathlib import PurePath

from archive.formats.bundle import MAGIC
from archive.formats.tables import ao3scraper, json_lines

_PICTURE = "a picture"
_FONT = "a font"
_SYSTEM = "a file of the operating system"
_METADATA = "metadata of another program"

_MAGIC: tuple[tuple[int, bytes, str], ...] = (
    (0, b"\x89PNG\r\n\x1a\n", _PICTURE),
    (0, b"\xff\xd8\xff", _PICTURE),
    (0, b"GIF87a", _PICTURE),
    (0, b"GIF89a", _PICTURE),
    (8, b"WEBP", _PICTURE),
    (0, b"II*\0", _PICTURE),
    (0, b"MM\0*", _PICTURE),
    (0, b"\0\0\1\0", _PICTURE),
    (4, b"ftypavif", _PICTURE),
    (4, b"ftypheic", _PICTURE),
    (0, b"wOFF", _FONT),
    (0, b"wOF2", _FONT),
    (0, b"OTTO\0", _FONT),
    (0, b"\0\1\0\0\0", _FONT),
    (0, b"SQLite format 3\0", "a database of another program"),
    (0, b"\0\0\0\1Bud1", _SYSTEM),
)
_BITMAP = re.compile(rb"BM.{4}\0\0\0\0", re.DOTALL)

_NAMES = {
    "thumbs.db": _SYSTEM,
    "ehthumbs.db": _SYSTEM,
    "desktop.ini": _SYSTEM,
    "icon\r": _SYSTEM,
    "metadata.opf": _METADATA,
    "metadata.db": _METADATA,
    "metadata_db_prefs_backup.json": _METADATA,
    "metadata.calibre": _METADATA,
}
_FOLDERS = {
    ".caltrash": "what calibre has thrown away",
    ".calnotes": _METADATA,
    "__macosx": _SYSTEM,
    "$recycle.bin": _SYSTEM,
    "system volume information": _SYSTEM,
    "@eadir": _SYSTEM,
}

_BY_ENDING = {
    ".css": "a style sheet",
    ".js": "a script",
    ".log": "a log",
    ".opf": _METADATA,
    ".ncx": _METADATA,
    ".json": "a side-car of another program",
    ".yaml": "a side-car of another program",
    ".yml": "a side-car of another program",
    ".ini": "settings of another program",
    ".url": "a bookmark",
    ".webloc": "a bookmark",
    ".csv": "a list",
    ".tsv": "a list",
    ".part": "a download that was not finished",
    ".crdownload": "a download that was not finished",
    ".tmp": "a temporary file",
}
ABOUT = "a page about the collection"
"""The reason for `readme.txt`, `index.html` and the like."""
_WORK_PAGE = re.compile(rb"""id=["']preface["']|["']fff_\w|class=["']authorlink["']|Exported with the assistance""")
"""What only pages hold that are works: those of AO3, FanFicFare and FicHub."""
_PACKED = (*MAGIC, b"\x1f\x8b", b"BZh", b"\xfd7zXZ\0")
_ABOUT = re.compile(
    r"(?:read[ _-]?me|index|contents|licen[cs]e|copying|changelog)(?:\.(?:txt|md|rst|html?))?", re.IGNORECASE
)
_HEADER = re.compile(
    rb"^(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)?\s*(?:T\0?i\0?t\0?l\0?e|W\0?o\0?r\0?k\0? \0?I\0?D)\s*:", re.IGNORECASE
)
_MARKUP = re.compile(
    rb"^(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]{0,200}\?>\s*)?(?:<!--.{0,2000}?-->\s*|<!DOCTYPE[^>]{0,500}>\s*)*", re.DOTALL
)


def belongs(path: str, head: bytes) -> str | None:
    """Why a file is left alone, in a few words; None when it may be a work, or should be refused by name.

    What a file holds counts more than what it is called: a text that opens with a header of labels is never left
    alone for its ending. Hidden files and those of operating systems are known by their names.
    """
    return _by_place(path) or _by_content(head) or (None if _may_be_work(head) else _by_name(path))


def _by_place(path: str) -> str | None:
    parts = re.split(r"[/\\]+", path)
    for part in parts[:-1]:
        if part.casefold() in _FOLDERS:
            return _FOLDERS[part.casefold()]
        if part.casefold().endswith(".sdr"):
            return "KOReader's notes on a book"
    name = parts[-1].casefold()
    if name.startswith("."):
        return "a hidden file"
    return _NAMES.get(name)


def _by_content(head: bytes) -> str | None:
    for place, magic, what in _MAGIC:
        if head.startswith(magic, place):
            return what
    if _BITMAP.match(head):
        return _PICTURE
    start = _MARKUP.match(head)
    rest = head[start.end() : start.end() + 200].lower() if start else b""
    if rest.startswith(b"<svg"):
        return _PICTURE
    if rest.startswith((b"<package", b"<ncx")):
        return _METADATA
    return None


def _may_be_work(head: bytes) -> bool:
    if head.startswith(_PACKED) or _HEADER.match(head) or _WORK_PAGE.search(head):
        return True
    if head.lstrip().startswith((b'{"id"', b'{"source"', b'{"title"')):
        return True
    return ao3scraper.begins(head) or json_lines.begins(head)


def _by_name(path: str) -> str | None:
    name = PurePath(path.replace("\\", "/")).name
    if _ABOUT.fullmatch(name):
        return ABOUT
    return _BY_ENDING.get(PurePath(name).suffix.casefold())
