"""Folders: the files on the disk, one folder after the other, in the order of their names."""

import os
from collections.abc import Iterator
from pathlib import Path


def folders(given: Path, leave: Path | None) -> Iterator[list[Path]]:
    """The files of each folder below a path, except below `leave`. A path that is no folder is its only file.

    Links are not followed: one that leads to a folder stands among the files. So does a folder that cannot be read.
    """
    if not given.is_dir():
        yield [given]
        return
    unread: list[Path] = []
    for folder, below, names in os.walk(given, onerror=lambda error: unread.append(Path(error.filename))):
        below[:] = sorted(name for name in below if Path(folder, name).absolute() != leave)
        links = [name for name in below if Path(folder, name).is_symlink()]
        yield [*(Path(folder, name) for name in sorted([*names, *links])), *unread]
        unread.clear()
    yield unread
