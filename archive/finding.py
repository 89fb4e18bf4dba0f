"""Finding: every file below the paths that were given, zips included, in an order that is always the same."""

import os
import stat
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from archive.formats import Source, belongs
from archive.parsed import Refused

ENTRIES = 200_000
"""The most entries of one zip."""
ENTRY_SIZE = 64 * 1024 * 1024
"""The largest entry of a zip, unpacked."""
RATIO = 200
"""How many times larger than in the zip an entry may be, once it is larger than `SMALL`."""
SMALL = 1024 * 1024

_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_ENCRYPTED = 1


@dataclass(frozen=True, slots=True)
class Found:
    """One file. Without a `source` it cannot be taken: `reason` says why, and `ignored` whether that is well."""

    path: str
    folder: str = ""
    """The name of the folder it lies in, below the path that was given."""
    source: Source | None = None
    on_disk: Path | None = None
    data: bytes | None = None
    """What is in it, for an entry of a zip."""
    reason: str = ""
    ignored: bool = False


def count(paths: Iterable[Path], leave: Path | None = None) -> int:
    """How many files there are; what is inside of zips is not counted."""
    return sum(1 for path in paths for _ in _files(path, leave))


def find(paths: Iterable[Path], leave: Path | None = None) -> Iterator[Found]:
    """Every file, and every entry of every zip, except below `leave`. Links below a folder are not followed."""
    for given in paths:
        root = given.resolve() if given.is_symlink() else given
        for path in _files(root, leave):
            yield from _opened(path, root if root.is_dir() else path.parent)


def _files(given: Path, leave: Path | None) -> Iterator[Path]:
    """Files below a folder in the order of their names; a folder that cannot be read stands for its files."""
    if not given.is_dir():
        yield given
        return
    unread: list[Path] = []
    for folder, folders, names in os.walk(given, onerror=lambda error: unread.append(Path(error.filename))):
        folders[:] = sorted(name for name in folders if Path(folder, name).absolute() != leave)
        links = {name for name in folders if Path(folder, name).is_symlink()}
        for name in sorted([*names, *links]):
            yield Path(folder) / name
        yield from unread
        unread.clear()
    yield from unread


def _opened(path: Path, root: Path) -> Iterator[Found]:
    shown, folder = _shown(path), _shown(path.parent.name) if path.parent != root else ""
    try:
        source = Source.open(path)
        if not source.head.startswith(_ZIP) or _is_book(path):
            yield _judged(Found(shown, folder, source, on_disk=path))
            return
        yield from _entries(path, shown)
    except Refused as refused:
        reason = belongs(shown, b"")
        yield Found(shown, folder, reason=reason or str(refused), ignored=bool(reason))


def _judged(found: Found) -> Found:
    """Files that go with a collection are set aside."""
    if found.source and (reason := belongs(found.path, found.source.head)):
        return Found(found.path, found.folder, reason=reason, ignored=True)
    return found


def _is_book(path: Path) -> bool:
    """Whether a zip is one thing, such as an EPUB, rather than a bundle of files."""
    try:
        with zipfile.ZipFile(path) as bundle:
            return "META-INF/container.xml" in bundle.NameToInfo or "mimetype" in bundle.NameToInfo
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return False


def _entries(path: Path, shown: str) -> Iterator[Found]:
    try:
        with zipfile.ZipFile(path) as bundle:
            entries = bundle.infolist()
            if len(entries) > ENTRIES:
                raise Refused(f"the zip has {len(entries):,} entries, and at most {ENTRIES:,} are read")
            if not entries:
                raise Refused("the zip is empty")
            for entry in entries:
                if not entry.is_dir():
                    yield _entry(bundle, entry, shown)
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise Refused("the zip is damaged") from error


def _entry(bundle: zipfile.ZipFile, entry: zipfile.ZipInfo, shown: str) -> Found:
    """One entry. Its name is only a name: nothing is ever written under it."""
    path = f"{shown}/{_shown(entry.filename)}"
    folder = PurePosixPath(_shown(entry.filename.replace("\\", "/"))).parent.name
    if reason := belongs(path, b""):
        return Found(path, folder, reason=reason, ignored=True)
    try:
        data = _unpacked(bundle, entry)
        if data.startswith(_ZIP):
            raise Refused("a zip inside of a zip; unpack it first")
    except Refused as refused:
        return Found(path, folder, reason=str(refused))
    return _judged(Found(path, folder, Source.from_bytes(path, data), data=data))


def _unpacked(bundle: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    if entry.flag_bits & _ENCRYPTED:
        raise Refused("encrypted")
    if stat.S_ISLNK(entry.external_attr >> 16):
        raise Refused("a link to another file; links are not followed")
    if entry.file_size > ENTRY_SIZE:
        raise Refused(f"too large: {entry.file_size:,} bytes, and at most {ENTRY_SIZE:,} are read")
    if entry.file_size > SMALL and entry.file_size > RATIO * entry.compress_size:
        raise Refused("packed far too tightly to be a text")
    try:
        with bundle.open(entry) as stream:
            data = stream.read(ENTRY_SIZE + 1)
    except (zipfile.BadZipFile, zlib.error, OSError, EOFError, ValueError, NotImplementedError, RuntimeError) as error:
        raise Refused("damaged in the zip") from error
    if len(data) > ENTRY_SIZE:
        raise Refused("larger than the zip says")
    return data


def _shown(name: str | Path) -> str:
    """A name fit to be written anywhere: bytes that are no text show as U+FFFD."""
    return os.fsencode(name).decode("utf-8", "replace").replace("\0", "\ufffd")
