"""Folders: the files on the disk, one folder after the other, in the order of their names."""

import os
from collections.abc import Iterator
from pathlib import Path


def folders(given: Path, leave: Path | None) -> Iterator[tuple[Path, list[str]]]:
    """Each folder below a path, except below `leave`, with the names of its files.

    Of a path that is no folder: where it lies, with its name alone. Links are not followed: one that leads to a folder
    stands among the files, and so does a folder that cannot be read.
    """
    if not given.is_dir():
        yield given.parent, [given.name]
        return
    unread: list[Path] = []
    for folder, below, names in os.walk(given, onerror=lambda error: unread.append(Path(error.filename))):
        below[:] = sorted(name for name in below if Path(folder, name).absolute() != leave)
        names += [name for name in below if Path(folder, name).is_symlink()]
        names.sort()
        yield Path(folder), names
        while unread:
            yield unread[-1].parent, [unread.pop().name]
    while unread:
        yield unread[-1].parent, [unread.pop().name]
