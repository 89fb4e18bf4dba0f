"""Originals: every file that came in, byte for byte, under its digest, compressed, outside of every web root."""

import errno
import gzip
import os
import secrets
import shutil
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Executor
from pathlib import Path
from typing import Any, BinaryIO

from django.conf import settings
from django.db.models import QuerySet
from isal import isal_zlib

from archive.formats import Source
from archive.formats.source import HELD

DAY = 24 * 60 * 60
HANDS = 8
"""So many files are forced to the disk at a time."""
_SUFFIX = ".gz"
_PART = ".part"
_PACKED = 2
_GZIP = 31
"""Ordinary gzip in the terms of zlib, at a quarter of zlib's cost."""
_HEAD, _PIECE = 512, 64 * 1024


class CannotKeep(Exception):
    """The data folder takes no more: the disk is full, or not ours to write to. Its message is one line."""


def folder() -> Path:
    """Where the originals of this library lie."""
    return Path(settings.DATA) / "originals"


def set_aside(source: Source, house: Path) -> str:
    """Write a file aside in `house`, packed; returns the name, for `secure`. What is there already is left alone.

    A file that is there is only made young again, so that no `sweep` takes it before its row is written.
    """
    return put_aside(_place(house, source.sha256), lambda file: _pack(source, file))


def put_aside(place: Path, write: Callable[[BinaryIO], object]) -> str:
    """Have a file written beside the place where it is to stand; returns its name, empty when the place is taken."""
    try:
        if place.exists():
            os.utime(place)
            return ""
        try:
            return str(_written(place, write))
        except FileNotFoundError:  # the first of its shard, as happens only 256 times
            place.parent.mkdir(parents=True, exist_ok=True)
            return str(_written(place, write))
    except OSError as error:
        raise CannotKeep(cannot_write(error)) from error


def secure(aside: Mapping[str, str], crew: Executor) -> None:
    """Force files that were set aside (digest by name) to the disk, and give them their names, before any row is
    written that refers to them: the digest, and of their present suffixes all but the last. Many at once are hardly
    slower than one."""
    parts = {part: digest for name, digest in aside.items() if (part := Path(name)).exists()}
    try:
        _force_all(list(parts), crew)
        shards = {part.parent for part in parts}
        for part, digest in parts.items():
            part.replace(part.with_name(digest + "".join(part.suffixes[:-1])))
        _force_all(list(shards), crew)
    except OSError as error:
        raise CannotKeep(cannot_write(error)) from error


def read(sha256: str) -> bytes:
    """An original as it came in. Raises FileNotFoundError when it is not there."""
    return gzip.decompress(_place(folder(), sha256).read_bytes())


class Pieces:
    """An original in pieces, for whoever passes it on. Raises FileNotFoundError when it is not there."""

    def __init__(self, sha256: str) -> None:
        self._file = gzip.open(_place(folder(), sha256))  # noqa: SIM115 (`close` closes it)
        try:
            self.head = self._file.read(_HEAD)
        except BaseException:
            self.close()
            raise

    def __iter__(self) -> Iterator[bytes]:
        yield self.head
        while piece := self._file.read(_PIECE):
            yield piece

    def close(self) -> None:
        """It need not have been read to its end."""
        self._file.close()


def size(sha256: str) -> int:
    """About how many bytes an original has, unpacked. Raises FileNotFoundError when it is not there."""
    place = _place(folder(), sha256)
    with place.open("rb") as packed:
        packed.seek(-4, os.SEEK_END)  # gzip ends with the size, modulo 2**32: a larger file cannot be smaller packed
        return max(int.from_bytes(packed.read(4), "little"), place.stat().st_size)


def unpack(sha256: str, path: Path) -> None:
    """Write an original out, as it came in."""
    with gzip.open(_place(folder(), sha256)) as packed, path.open("xb") as file:
        shutil.copyfileobj(packed, file)


def sweep(older_than: float = DAY) -> int:
    """Remove originals that nothing refers to, such as a run left them that was cut off; returns how many."""
    from archive.models import SourceFile  # noqa: PLC0415 (the rest of this module works without a database)

    return sweep_house(folder(), lambda digests: SourceFile.everything.filter(sha256__in=digests), older_than)


def sweep_house(house: Path, known: Callable[[set[str]], QuerySet[Any]], older_than: float) -> int:
    """Remove every old file of a house whose digest stands in no row; returns how many.

    `known` gives the rows that have one of so many digests.
    """
    before, swept = time.time() - older_than, 0
    for shard in sorted(path for path in house.glob("*") if path.is_dir()):
        old = [path for path in shard.iterdir() if path.stat().st_mtime < before]
        digests = {path.name.removesuffix(_SUFFIX) for path in old}
        digests -= set(known(digests).values_list("sha256", flat=True))
        for path in old:
            if path.name.removesuffix(_SUFFIX) in digests and path.stat().st_mtime < before:
                path.unlink(missing_ok=True)
                swept += 1
    return swept


def cannot_write(error: OSError) -> str:
    """One line on why nothing can be written."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return "the disk that holds the library is full"
    if error.errno in (errno.EROFS, errno.EACCES, errno.EPERM):
        return f"the library's folder cannot be written to ({error.strerror}: {error.filename})"
    return f"the library's folder fails ({error.strerror or error})"


def _place(house: Path, sha256: str) -> Path:
    return house / sha256[:2] / f"{sha256}{_SUFFIX}"


def _written(place: Path, write: Callable[[BinaryIO], object]) -> Path:
    part = place.with_name(f"{secrets.token_hex(8)}{place.suffix}{_PART}")
    descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            write(file)
    except BaseException:
        part.unlink(missing_ok=True)
        raise
    return part


def _pack(source: Source, file: BinaryIO) -> None:
    packer = isal_zlib.compressobj(level=_PACKED, wbits=_GZIP)
    file.writelines(packer.compress(piece) for piece in _pieces(source))
    file.write(packer.flush())


def _pieces(source: Source) -> Iterator[bytes]:
    """A small file whole, since it is in memory already; a large one in pieces."""
    if source.size <= HELD:
        yield source.bytes
    else:
        yield from source.lines()


def _force_all(paths: Sequence[Path], crew: Executor) -> None:
    """Each hand takes its share at once: to hand out one path after the other costs as much as to force it."""
    list(crew.map(_force, (paths[hand::HANDS] for hand in range(HANDS))))


def _force(paths: Iterable[Path]) -> None:
    """To the disk: a file with what is in it, a folder with its names."""
    for path in paths:
        descriptor = os.open(path, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
