"""Building a part from the database: a whole snapshot in a folder, or a few works in memory."""

from collections.abc import Collection
from pathlib import Path

from archive.index.part import Part


def part(ids: Collection[int]) -> Part:
    """These works as they are now, in memory; ids that are no works are passed over. No ids: an empty part."""
    raise NotImplementedError


def snapshot(folder: Path) -> tuple[int, str]:
    """Write the whole library into a new folder, all of it read at one moment, and return that position in the log.

    Written beside it under another name and renamed when everything is on the disk: the folder is whole, or not there.
    """
    raise NotImplementedError
