"""Zips: their entries in the order of the zip; an EPUB or another single thing is a file, not a container."""

import stat
import struct
import zipfile
from typing import BinaryIO

from archive.finding.entries import DAMAGED, ENCRYPTED, LINK, LYING, Entry
from archive.finding.limits import DAMAGE, ENTRIES, ENTRY_SIZE, Allowance, too_large, too_many, too_tight
from archive.finding.names import plain
from archive.formats.bundle import decoded_name
from archive.formats.source import HEAD
from archive.parsed import Refused

_EPUB = b"mimetypeapplication/epub+zip"
_ONE_THING = {"mimetype", "META-INF/container.xml", "[Content_Types].xml"}
_SIDE_CAR = "metadata.opf"
"""Beside a book, never in one: calibre writes it into the book's folder."""
_ENCRYPTED = 0x1 | 0x40 | 0x2000
_PACKINGS = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2}
"""LZMA is left out: a zip may ask for any amount of memory to undo it."""
_END, _END_SIZE, _LONGEST_COMMENT = b"PK\x05\x06", 22, 65_535
_END_64, _ENDS_64 = b"PK\x06\x06", 76
_IN_DIRECTORY = b"PK\x01\x02"
_LARGEST_DIRECTORY = ENTRIES * 320


def opened(stream: BinaryIO, head: bytes, allowance: Allowance) -> "Zip | None":
    """The zip in a stream; None when it is one thing, such as a book. Raises Refused when it cannot be read."""
    if _EPUB in head[:200]:
        return None
    try:
        _check_directory(stream)
        stream.seek(0)
        bundle = zipfile.ZipFile(stream)
    except DAMAGE as error:
        raise Refused("the zip is damaged") from error
    if _is_one_thing(bundle):
        return None
    if all(map(zipfile.ZipInfo.is_dir, bundle.infolist())):
        raise Refused("the zip is empty")
    return Zip(bundle, allowance)


class Zip:
    """A zip that is open."""

    what = "zip"
    damage = ""

    def __init__(self, bundle: zipfile.ZipFile, allowance: Allowance) -> None:
        self._bundle = bundle
        self._infos = [info for info in bundle.infolist() if not info.is_dir() and not info.filename.endswith("\\")]
        self.entries = [
            Entry(plain(decoded_name(info)), info.file_size, place, _unfit(info))
            for place, info in enumerate(self._infos)
        ]
        if sum(info.compress_size for info in self._infos) > bundle.start_dir:
            raise Refused("the zip is damaged: its entries lie over each other")
        for entry in self.entries:
            allowance.take(0 if entry.unfit else entry.size)

    def head(self, entry: Entry) -> bytes:
        """The first bytes of an entry."""
        return self._bytes(entry, HEAD)

    def read(self, entry: Entry) -> bytes:
        """An entry as a whole."""
        data = self._bytes(entry, ENTRY_SIZE + 1)
        if len(data) > ENTRY_SIZE:
            raise Refused(LYING)
        return data

    aside = read

    def _bytes(self, entry: Entry, most: int) -> bytes:
        if entry.unfit:
            raise Refused(entry.unfit)
        try:
            with self._bundle.open(self._infos[entry.place]) as stream:
                return stream.read(most)
        except DAMAGE as error:
            raise Refused(DAMAGED) from error


def _is_one_thing(bundle: zipfile.ZipFile) -> bool:
    """Whether a zip is a book or a document: by its mimetype, its container, or a package file at its root."""
    names = bundle.NameToInfo
    packages = {name for name in names if name.lower().endswith(".opf") and "/" not in name}
    return not _ONE_THING.isdisjoint(names) or bool(packages - {_SIDE_CAR})


def _check_directory(stream: BinaryIO) -> None:
    """Refuse a zip whose directory is too large to be held, before it is."""
    size = stream.seek(0, 2)
    start = stream.seek(max(0, size - _END_SIZE - _LONGEST_COMMENT - _ENDS_64))
    tail = stream.read()
    at = tail.rindex(_END)
    [length] = struct.unpack_from("<L", tail, at + 12)
    if length == 0xFFFFFFFF and (record := tail.rfind(_END_64, 0, at)) >= 0:
        [length] = struct.unpack_from("<Q", tail, record + 40)
        at = record
    if length > _LARGEST_DIRECTORY:
        raise Refused(too_many())
    stream.seek(max(0, start + at - length))
    if stream.read(length).count(_IN_DIRECTORY) > ENTRIES:
        raise Refused(too_many())


def _unfit(info: zipfile.ZipInfo) -> str:
    if info.flag_bits & _ENCRYPTED:
        return ENCRYPTED
    if stat.S_ISLNK(info.external_attr >> 16):
        return LINK
    if info.compress_type not in _PACKINGS:
        return "packed in a way that is not read"
    return too_large(info.file_size) or too_tight(info.file_size, info.compress_size)
