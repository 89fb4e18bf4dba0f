"""Tars, read from their headers alone: names and places first, then each file when it is asked for.

The headers are read here and not by `tarfile`, which holds each of them, and reads whatever length they claim.
Layout: POSIX.1-1988 ustar blocks, GNU long names, POSIX.1-2001 (pax) records; numbers in octal or base 256.
"""

import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from archive.finding.entries import DAMAGED, DEVICE, LINK, SPARSE, Entry, Stream
from archive.finding.limits import DAMAGE, Allowance, too_large
from archive.finding.names import plain
from archive.formats.source import HEAD
from archive.parsed import Refused

_BLOCK = 512
_FILES, _LINKS, _FOLDER, _SPARSE = b"\x0007", b"12", b"5", b"S"
_LONG_NAME, _LONG_LINK, _PAX, _GLOBAL = b"L", b"K", b"xX", b"g"
_LONGEST_RECORDS = 1024 * 1024
_LARGEST = 2**50
_LARGEST_KEPT, _MOST_KEPT = 256 * 1024, 16 * 1024 * 1024
"""Bytes of a side-car, and of all of them, packed, that are kept at hand for the works that stand before them."""


class Tar:
    """A tar that is open, packed or not. In a packed one it is slow to go back, so its entries are read in turn."""

    what = "tar"

    def __init__(self, stream: Stream, allowance: Allowance, *, packed: bool = False) -> None:
        self._stream = stream
        self.entries: list[Entry] = []
        self.damage = ""
        self._begun = 0, b""
        self._kept: dict[int, bytes] | None = {} if packed else None
        try:
            self._index(allowance)
        except Refused as refused:
            self.damage = str(refused)
        except DAMAGE:
            self.damage = "the tar is damaged or was cut off"
        if not self.entries and not self.damage:
            raise Refused("the tar is empty")

    def _index(self, allowance: Allowance) -> None:
        """Go through the headers; of a packed tar keep what may be asked for out of its turn."""
        left = _MOST_KEPT
        for entry in _entries(self._stream):
            allowance.take(0 if entry.unfit else entry.size)
            self.entries.append(entry)
            if self._kept is not None and _may_be_side_car(entry) and entry.size <= min(left, _LARGEST_KEPT):
                self._kept[entry.place] = zlib.compress(self._stream.read(entry.size), 1)
                left -= len(self._kept[entry.place])

    def head(self, entry: Entry) -> bytes:
        """The first bytes of an entry."""
        self._begun = entry.place, self._bytes(entry, entry.place, min(HEAD, entry.size))
        return self._begun[1]

    def read(self, entry: Entry) -> bytes:
        """An entry as a whole, going on behind its head if that was just read."""
        head = self._begun[1] if self._begun[0] == entry.place else b""
        return head + self._bytes(entry, entry.place + len(head), entry.size - len(head))

    def aside(self, entry: Entry) -> bytes:
        """A small entry as a whole, out of its turn."""
        if self._kept is None:
            return self._bytes(entry, entry.place, entry.size)
        if entry.place not in self._kept:
            raise Refused("too much lies beside other files in this tar")
        return zlib.decompress(self._kept[entry.place])

    def _bytes(self, entry: Entry, place: int, size: int) -> bytes:
        if entry.unfit:
            raise Refused(entry.unfit)
        try:
            self._stream.seek(place)
            data = self._stream.read(size)
        except DAMAGE as error:
            raise Refused(DAMAGED) from error
        if len(data) < size:
            raise Refused(DAMAGED)
        return data


def _may_be_side_car(entry: Entry) -> bool:
    return not entry.unfit and entry.name.lower().endswith(".json")


@dataclass(slots=True)
class _Ahead:
    """What stands before a header and speaks of it."""

    name: str = ""
    size: int | None = None
    sparse: bool = False


def is_tar(head: bytes) -> bool:
    """Whether a file begins with the header of a tar: its sum is right."""
    block = head[:_BLOCK]
    if len(block) < _BLOCK or not any(block[:100]):
        return False
    try:
        return _number(block[148:156]) == 256 + sum(block[:148]) + sum(block[156:])
    except ValueError:
        return False


def _entries(stream: Stream) -> Iterator[Entry]:
    """The files of a tar. Raises EOFError or ValueError where it is damaged."""
    stream.seek(0)
    ahead = _Ahead()
    while any(block := stream.read(_BLOCK)):
        if not is_tar(block):
            raise ValueError(block)
        kind, size = block[156:157], _number(block[124:136])
        if kind in _PAX + _LONG_NAME:
            _read_ahead(stream, kind, size, ahead)
            continue
        size = size if ahead.size is None else ahead.size
        if kind == _SPARSE:
            _pass_map(stream, block)
        place, name = stream.tell(), ahead.name or _name(block)
        if kind not in _FOLDER + _GLOBAL + _LONG_LINK and not (kind == b"\0" and name.endswith("/")):
            yield Entry(plain(name), size, place, _unfit(kind, size, ahead))
        _skip(stream, place, 0 if kind in _LINKS else size)
        ahead = ahead if kind in _GLOBAL + _LONG_LINK else _Ahead()


def _pass_map(stream: Stream, block: bytes) -> None:
    """Go behind the blocks that say where the holes of a file are."""
    more = block[482]
    while more:
        block = stream.read(_BLOCK)
        if len(block) < _BLOCK:
            raise EOFError
        more = block[504]


def _unfit(kind: bytes, size: int, ahead: _Ahead) -> str:
    if kind in _LINKS:
        return LINK
    if kind == _SPARSE or ahead.sparse:
        return SPARSE
    return too_large(size) if kind in _FILES else DEVICE


def _skip(stream: Stream, place: int, size: int) -> None:
    """Go to the header after a file, making sure that the file is there."""
    if size and stream.tell() < place + size:
        stream.seek(place + size - 1)
        if not stream.read(1):
            raise EOFError
    stream.seek(place + _padded(size))


def _read_ahead(stream: Stream, kind: bytes, size: int, ahead: _Ahead) -> None:
    if size > _LONGEST_RECORDS:
        raise ValueError(size)
    data = stream.read(_padded(size))[:size]
    if len(data) < size:
        raise EOFError
    if kind == _LONG_NAME:
        ahead.name = _text(data)
        return
    at = 0
    while at < size:
        length = int(data[at : at + 20].partition(b" ")[0])
        key, _, value = data[at : at + length].partition(b" ")[2].rstrip(b"\n").partition(b"=")
        if key == b"path":
            ahead.name = _text(value)
        elif key == b"size":
            ahead.size = _sound(int(value))
        elif key.startswith(b"GNU.sparse"):
            ahead.sparse = True
        at += max(length, 1)


def _name(block: bytes) -> str:
    name, prefix = _text(block[:100]), _text(block[345:500]) if block[257:263] == b"ustar\0" else ""
    return f"{prefix}/{name}" if prefix else name


def _text(data: bytes) -> str:
    return data.partition(b"\0")[0].decode("utf-8", "replace")


def _number(field: bytes) -> int:
    if field[0] in (0x80, 0xFF):
        return _sound(int.from_bytes(field[1:], "big"))
    return _sound(int(field.strip(b" \0") or b"0", 8))


def _sound(size: int) -> int:
    if not 0 <= size <= _LARGEST:
        raise ValueError(size)
    return size


def _padded(size: int) -> int:
    return -(-size // _BLOCK) * _BLOCK
