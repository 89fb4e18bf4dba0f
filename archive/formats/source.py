"""One file opened safely: its bytes, its digest and its text, each taken only when it is asked for."""

import hashlib
import os
import stat
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from functools import cached_property
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from archive.formats.bundle import MAGIC, Bundle
from archive.formats.decoding import decode
from archive.parsed import Refused

LIMIT = 64 * 1024 * 1024
"""The largest file that is read as a whole. A text of this size needs about half a gigabyte while it is read."""

HELD = 8 * 1024 * 1024
"""The largest file whose bytes are held once they were read; larger ones are read anew for each look."""

SMALL = 64 * 1024
"""Files up to this size are opened only once to be looked at."""

Bytes = bytes
"""The type, inside a class that has a property of this name."""

HEAD = 8192
"""How many bytes `Source.head` shows."""

OPENING = 20_000
"""Characters of which `Source.opening` holds the lines."""

_CHUNK = 1024 * 1024
_FLAGS = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0)


class Source:
    """One file that may hold works. `path` is what people read in reports; nothing is decided by it.

    Anything about the file that makes it unfit to read is a `Refused` with one line of reason. The file is
    not kept open; it is refused when it changes between two looks at it.
    """

    def __init__(self, path: str, size: int, opened: "_Opened") -> None:
        self.path = path
        self.size = size
        self._opened = opened

    @classmethod
    def open(cls, path: Path) -> "Source":
        """A file on the disk: an ordinary one, not a link, a pipe or a device, that may be read."""
        on_disk = _OnDisk(path)
        return cls(str(path), on_disk.identity[2], on_disk)

    @classmethod
    def from_bytes(cls, path: str, data: Bytes) -> "Source":
        """An entry of an archive, or anything else that is in memory already."""
        return cls(path, len(data), _InMemory(data))

    def __repr__(self) -> str:
        return f"Source({self.path!r}, {self.size} bytes)"

    @cached_property
    def head(self) -> Bytes:
        """The first bytes, enough to tell most formats apart. A small file is read as a whole at once."""
        if self.size <= SMALL or "_held" in self.__dict__:
            return self._held[:HEAD]
        with self._opened.stream() as stream:
            return stream.read(HEAD)

    @property
    def bytes(self) -> Bytes:
        """The whole file, when it is not too large to be read."""
        if self.size > LIMIT:
            raise Refused(f"too large: {self.size:,} bytes, and at most {LIMIT:,} are read")
        if self.size <= HELD:
            return self._held
        with self._opened.stream() as stream:
            return stream.read()

    @cached_property
    def _held(self) -> Bytes:
        with self._opened.stream() as stream:
            return stream.read()

    @cached_property
    def sha256(self) -> str:
        """The digest of the whole file in hex, whatever its size."""
        if self.size <= HELD:
            return hashlib.sha256(self._held).hexdigest()
        digest = hashlib.sha256()
        with self._opened.stream() as stream:
            while chunk := stream.read(_CHUNK):
                digest.update(chunk)
        return digest.hexdigest()

    @cached_property
    def text(self) -> str:
        """The whole file as text with `\\n` line ends, fit to be stored: no NUL, no lone surrogates."""
        if self.head.startswith(MAGIC):
            raise Refused("not text: the file is a zip")
        return decode(self.bytes)

    def spare(self) -> None:
        """Let go of the text of a large file; it is decoded anew if it is asked for once more."""
        if self.size > HELD:
            self.__dict__.pop("text", None)

    @cached_property
    def opening(self) -> list[str]:
        """The first lines of the text, which nobody may change: most formats of text are told apart by them."""
        return self.text[:OPENING].split("\n")

    @cached_property
    def bundle(self) -> Bundle | None:
        """The file as a zip; None when it does not begin like one. Refused when it is damaged or beyond the limits."""
        return Bundle(self.bytes) if self.head.startswith(MAGIC) else None

    @cached_property
    def encoding_failed(self) -> Refused | None:
        """Why the file has no text, if it has none."""
        try:
            self.text  # noqa: B018
        except Refused as refused:
            return refused
        return None

    def stream(self) -> AbstractContextManager[BinaryIO]:
        """The file as a stream, whatever its size, open as long as the context lasts."""
        return self._opened.stream()

    def lines(self, limit: int = LIMIT) -> Iterator[Bytes]:
        """The file line by line with little memory, whatever its size; a line beyond `limit` is refused."""
        with self._opened.stream() as stream:
            while line := stream.readline(limit + 1):
                if len(line) > limit:
                    raise Refused(f"a line is longer than {limit:,} bytes")
                yield line


class _InMemory:
    """Bytes that are here already."""

    def __init__(self, data: bytes) -> None:
        self._data = data

    @contextmanager
    def stream(self) -> Iterator[BinaryIO]:
        yield BytesIO(self._data)


class _OnDisk:
    """A file on the disk, opened for each look and known again by inode, size and time."""

    def __init__(self, path: Path) -> None:
        self._path = path
        descriptor = self._open()
        try:
            self.identity = _identity(descriptor)
        finally:
            os.close(descriptor)

    def _open(self) -> int:
        try:
            descriptor = os.open(self._path, _FLAGS)
        except (OSError, ValueError) as error:
            raise Refused(self._reason(error)) from error
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            os.close(descriptor)
            raise Refused("not an ordinary file")
        return descriptor

    def _reason(self, error: OSError | ValueError) -> str:
        if os.path.islink(self._path):
            return "a link to another file; links are not followed"
        words = getattr(error, "strerror", None) or "it has no usable name"
        return f"cannot be opened: {words[:1].lower()}{words[1:]}"

    @contextmanager
    def stream(self) -> Iterator[BinaryIO]:
        descriptor = self._open()
        with os.fdopen(descriptor, "rb") as stream:
            if _identity(descriptor) != self.identity:
                raise Refused("changed while it was being read")
            try:
                yield stream
            except OSError as error:
                raise Refused(f"cannot be read: {error.strerror}") from error
            if _identity(descriptor) != self.identity:
                raise Refused("changed while it was being read")


_Opened = _InMemory | _OnDisk


def _identity(descriptor: int) -> tuple[int, int, int, int]:
    state = os.fstat(descriptor)
    return state.st_dev, state.st_ino, state.st_size, state.st_mtime_ns
