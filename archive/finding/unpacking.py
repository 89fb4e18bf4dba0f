"""Unpacking: gzip, bzip2 and xz as a stream that can be stopped, and the single file that may be in it."""

import bz2
import gzip
import io
import lzma
from collections.abc import Callable
from pathlib import PurePosixPath
from typing import BinaryIO

from archive.finding.entries import DAMAGED, Entry
from archive.finding.limits import DAMAGE, ENTRY_SIZE, RATIO, Allowance
from archive.finding.names import plain
from archive.formats.source import HEAD
from archive.parsed import Refused

_CHUNK = 1024 * 1024
_FREE = ENTRY_SIZE
"""Bytes that are unpacked before it is asked how tightly they were packed."""
_MEMORY = 128 * 1024 * 1024
"""What undoing xz may need; its best preset needs 65 MiB."""
_ENDINGS = {".gz", ".bz2", ".xz"}


class _Xz(io.RawIOBase):
    """The unpacked bytes of an xz file, with a bound for the memory that it may ask for."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._part = self._next()

    def _next(self) -> lzma.LZMADecompressor:
        return lzma.LZMADecompressor(lzma.FORMAT_XZ, memlimit=_MEMORY)

    def readable(self) -> bool:
        return True

    def readinto(self, into: "memoryview[int]") -> int:  # type: ignore[override]
        data = b""
        while not data:
            rest = self._part.unused_data.lstrip(b"\0") if self._part.eof else b""
            fresh = rest or (self._stream.read(_CHUNK) if self._part.needs_input or self._part.eof else b"")
            if self._part.eof:
                if not fresh.strip(b"\0"):
                    return 0
                self._part = self._next()
            elif self._part.needs_input and not fresh:
                raise EOFError
            data = self._part.decompress(fresh, len(into))
        into[: len(data)] = data
        return len(data)


_KINDS: dict[bytes, tuple[str, Callable[[BinaryIO], io.BufferedIOBase]]] = {
    b"\x1f\x8b": ("gzip", lambda stream: gzip.GzipFile(fileobj=stream)),
    b"BZh": ("bzip2", bz2.BZ2File),
    b"\xfd7zXZ\0": ("xz", lambda stream: io.BufferedReader(_Xz(stream), _CHUNK)),
}


def kind_of(head: bytes) -> bytes:
    """By which magic bytes a file is known as packed; empty when it is not."""
    return next((magic for magic in _KINDS if head.startswith(magic)), b"")


class Unpacked:
    """What is packed in a stream, as a stream. Going back means beginning anew. Refused when it is a bomb."""

    def __init__(self, stream: BinaryIO, kind: bytes) -> None:
        self.what, self._open = _KINDS[kind]
        self._stream = stream
        self._begin()

    def _begin(self) -> None:
        self._stream.seek(0)
        self._inner, self._at = self._open(self._stream), 0

    def begin(self, size: int) -> bytes:
        """Its first bytes."""
        try:
            data = self.read(size)
            self._begin()
        except DAMAGE as error:
            raise Refused(f"the {self.what} file is damaged") from error
        return data

    def read(self, size: int, /) -> bytes:
        """So many bytes, fewer only at the end."""
        data = self._inner.read(size)
        self._at += len(data)
        if self._at > _FREE and self._at > RATIO * self._stream.tell():
            raise Refused("packed far too tightly to hold texts")
        return data

    def seek(self, place: int, /) -> int:
        """Go to a place, or to the end when it lies behind that."""
        if place < self._at:
            self._begin()
        while self._at < place and self.read(min(_CHUNK, place - self._at)):
            pass
        return self._at

    def tell(self) -> int:
        """Where it stands in what is unpacked."""
        return self._at


class Single:
    """A packed file that is no tar: an archive of one entry."""

    damage = ""

    def __init__(self, unpacked: Unpacked, name: str, allowance: Allowance) -> None:
        self.what = f"{unpacked.what} file"
        path = PurePosixPath(plain(name))
        self.entries = [Entry(path.stem if path.suffix.lower() in _ENDINGS else path.name, 0, 0)]
        self._unpacked = unpacked
        allowance.take(0)

    def head(self, entry: Entry) -> bytes:
        """The first bytes."""
        return self._bytes(entry, HEAD)

    def read(self, entry: Entry) -> bytes:
        """All of it."""
        data = self._bytes(entry, ENTRY_SIZE + 1)
        if len(data) > ENTRY_SIZE:
            raise Refused(f"too large: at most {ENTRY_SIZE:,} bytes are read")
        return data

    aside = read

    def _bytes(self, entry: Entry, size: int) -> bytes:
        try:
            self._unpacked.seek(entry.place)
            return self._unpacked.read(size)
        except DAMAGE as error:
            raise Refused(DAMAGED) from error
