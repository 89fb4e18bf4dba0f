"""Building a part from the database: a whole snapshot in a folder, or a few works in memory."""

import gc
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path

from archive.index import folder as folders
from archive.index import keys
from archive.index.arrays import SIZES, Sizes
from archive.index.folder import About
from archive.index.graph import graph
from archive.index.laying import lay_out, tags_of
from archive.index.part import Part
from archive.index.reading import rows
from archive.index.selecting import one_moment


def part(ids: Collection[int], sizes: Sizes = SIZES) -> Part:
    """These works as they are now, in memory; ids that are no works are passed over. No ids: an empty part."""
    with one_moment() as (number, token):
        read = rows(ids)
        tags = graph(tags_of(read), whole=False)
    return Part(*lay_out(read, tags, About(number, token, sizes)))


def snapshot(folder: Path, sizes: Sizes = SIZES) -> tuple[int, str]:
    """Write the whole library into a new folder, all of it read at one moment, and return that position in the log.

    Written beside it under another name and renamed when everything is on the disk: the folder is whole, or not there.
    """
    with _nothing_collected(), one_moment() as (number, token):
        read = rows()
        tags = graph(tags_of(read), whole=True)
        names = keys.read()
    arrays, about = lay_out(read, tags, About(number, token, sizes))
    folders.write(folder, arrays | keys.named(names, arrays), about)
    return number, token


@contextmanager
def _nothing_collected() -> Iterator[None]:
    """Rows come by the million and hold nothing but numbers and words: looking for circles among them is in vain."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()
