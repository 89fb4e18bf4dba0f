"""Searching: folder after folder and archive after archive, each file with what lies beside it."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, field, replace
from functools import partial
from io import BytesIO
from pathlib import Path

from archive.finding import calibre
from archive.finding.archives import Archive, archive_of, is_packed
from archive.finding.entries import Entry
from archive.finding.folders import folders
from archive.finding.found import Companion, Found
from archive.finding.limits import DEPTH, Allowance
from archive.finding.names import folder_of, shown
from archive.finding.places import Libraries, Place
from archive.formats import Source, belongs
from archive.parsed import Refused

_MOST_LIBRARIES = 3
"""Calibre libraries that are opened in one archive: each may mean going through all of it once more."""


def count(paths: Iterable[Path], leave: Path | None = None) -> int:
    """How many files there are; what is inside of archives is not counted."""
    return sum(len(names) for path in paths for _, names in folders(path, leave))


def find(paths: Iterable[Path], leave: Path | None = None, only: Collection[Path] | None = None) -> Iterator[Found]:
    """Every file, and every entry of every archive, except below `leave`. Links below a folder are not followed.

    In `leave`, the folder of our own library, copies may be made that do not outlast the search. With `only`, no other
    files are taken, though they are looked at for what they say of those beside them.
    """
    given = [path.resolve() if path.is_symlink() else path for path in paths]
    loose = [path for path in given if not path.is_dir()]
    for root in given:
        with closing(Libraries()) as libraries:
            for folder, names in folders(root, leave):
                if root.is_dir():
                    _open_library(folder, names, libraries, leave)
                beside = names if root.is_dir() else [path.name for path in loose if path.parent == folder]
                before = "" if folder == Path() else f"{shown(folder)}/"
                place = Place(beside, libraries, partial(_bytes, folder), before, f"{folder.absolute()}/")
                below = shown(folder.name) if folder not in (root, root.parent) else ""
                for name in names:
                    if only is None or folder / name in only:
                        yield from _opened(folder / name, name, shown(folder / name), below, place)


def find_named(files: Mapping[str, Path], leave: Path | None = None) -> Iterator[Found]:
    """The same for files that lie anywhere on the disk and are known by other names: by these they are judged."""
    scratch = leave / "tmp" if leave else None
    with closing(Libraries()) as libraries:
        for name, file in files.items():
            if name.rpartition("/")[2] == calibre.NAME and (library := calibre.library_at(file, name, scratch)):
                libraries.add(name.rpartition("/")[0], library)
        place = Place(list(files), libraries, lambda name: Source.open(files[name]).bytes, "")
        for name, file in files.items():
            yield from _opened(file, name, name, folder_of(name), place)


def _open_library(folder: Path, names: list[str], libraries: Libraries, leave: Path | None) -> None:
    """Open the library that begins in a folder, and close those that do not reach there."""
    libraries.leave(str(folder.absolute()))
    if calibre.NAME in names:
        path, scratch = folder / calibre.NAME, leave / "tmp" if leave else None
        if library := calibre.library_at(path, shown(path), scratch):
            libraries.add(str(folder.absolute()), library)


def _opened(path: Path, name: str, known: str, folder: str, place: Place) -> Iterator[Found]:
    """A file on the disk, or what is in it. By `name` it is known in its place, and by `known` in reports."""
    try:
        source = Source.open(path)
        source.path = known
        found = place.judged(Found(known, folder, source, on_disk=path), name)
        if found.ignored or not is_packed(source.head):
            yield found
            return
        allowance = Allowance()
        with source.stream() as stream:
            if archive := archive_of(stream, source.head, known, allowance):
                yield from _Packed(archive, found, allowance).files()
                return
        yield found
    except Refused as refused:
        yield _refused(known, folder, refused)


@dataclass(frozen=True)
class _Packed:
    """An archive under way: where it lies, what lies beside it, and how deep it is."""

    archive: Archive
    found: Found
    allowance: Allowance
    depth: int = 1
    libraries: Libraries = field(default_factory=Libraries)

    def files(self) -> Iterator[Found]:
        """Each entry, or what is in it; the first tells how many there are."""
        more = len(self.archive.entries) + bool(self.archive.damage) - 1
        for found in self._files():
            yield replace(found, more=found.more + more) if more else found
            more = 0

    def _files(self) -> Iterator[Found]:
        entries = self.archive.entries
        small = {entry.name: entry for entry in entries if entry.name.endswith((".json", ".JSON"))}
        with closing(self.libraries):
            self._open_libraries(entries)
            place = Place(
                [entry.name for entry in entries],
                self.libraries,
                lambda name: self.archive.aside(small[name]),
                f"{self.found.path}/",
            )
            beside = self.found.beside if place.lone_work() else ()
            for entry in entries:
                yield from self._entry(entry, place, beside)
        if self.archive.damage:
            yield Found(self.found.path, self.found.folder, reason=self.archive.damage)

    def _open_libraries(self, entries: Iterable[Entry]) -> None:
        databases = [entry for entry in entries if entry.name.rpartition("/")[2] == calibre.NAME and not entry.unfit]
        for entry in databases[:_MOST_LIBRARIES]:
            try:
                library = calibre.library_of(self.archive.read(entry), f"{self.found.path}/{entry.name}")
            except Refused:
                continue
            if library:
                self.libraries.add(entry.name.rpartition("/")[0], library)

    def _entry(self, entry: Entry, place: Place, beside: tuple[Companion, ...]) -> Iterator[Found]:
        """One entry. Its name is only a name: nothing is ever written under it."""
        path, folder = f"{self.found.path}/{entry.name}", folder_of(entry.name) or self.found.folder
        try:
            head = self.archive.head(entry)
            judged = place.judged(Found(path, folder, Source.from_bytes(path, head)), entry.name)
            if judged.ignored:
                yield judged
                return
            data = self.archive.read(entry)
            source = Source.from_bytes(path, data)
            found = Found(path, judged.folder, source, data=data, beside=judged.beside or beside)
            inner = archive_of(BytesIO(data), head, entry.name, self.allowance) if is_packed(head) else None
            if inner is None:
                yield found
                return
            if self.depth >= DEPTH:
                raise Refused(f"an archive inside of {DEPTH} others: unpack it, and import the folder")
            yield from _Packed(inner, found, self.allowance, self.depth + 1).files()
        except Refused as refused:
            yield _refused(path, folder, refused)


def _refused(path: str, folder: str, refused: Refused) -> Found:
    """A file that cannot be read, unless its name says that it may be left alone."""
    reason = belongs(path, b"")
    return Found(path, folder, reason=reason or str(refused), ignored=bool(reason))


def _bytes(folder: Path, name: str) -> bytes:
    return Source.open(folder / name).bytes
