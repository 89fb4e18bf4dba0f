"""Building a part from the database: a whole snapshot in a folder, or a few works in memory."""

import gc
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path

from archive.index import folder as folders
from archive.index import keys
from archive.index.arrays import SIZES, Array, Sizes
from archive.index.folder import About
from archive.index.folding import Carried
from archive.index.graph import Graph, graph
from archive.index.keys import PEOPLE, Keys
from archive.index.laying import carried, lay_out, of_tags, of_works, tags_of
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
    with _nothing_collected():
        arrays, about = _laid_out(sizes)
        folders.write(folder, arrays, about)
    return about.number, about.token


def _laid_out(sizes: Sizes) -> tuple[Iterator[tuple[str, Array]], About]:
    """The whole library, read at one moment and laid out as it is asked for. The rows are forgotten on return."""
    with one_moment() as position:
        read = rows()
        tags = graph(tags_of(read), whole=True)
        names = keys.read()
    taggings = carried(read, tags)
    arrays, about = of_works(read, taggings, tags, About(*position, sizes))
    return _arrays(arrays, taggings, tags, names, about), about


def _arrays(
    arrays: dict[str, Array], taggings: Carried, tags: Graph, names: dict[str, Keys], about: About
) -> Iterator[tuple[str, Array]]:
    """All arrays of a snapshot, those of works first: with a million, holding all at once would take a gigabyte."""
    size = len(arrays["ids"])
    yield from _emptied(arrays, {kind: names.pop(kind) for kind in PEOPLE})
    arrays = of_tags(taggings, tags, size, about.sizes)
    del taggings, tags
    yield from _emptied(arrays, names)


def _emptied(arrays: dict[str, Array], names: dict[str, Keys]) -> Iterator[tuple[str, Array]]:
    """Arrays, of which none is held any longer when the next one is taken, and then those of names that they count."""
    named = keys.named(names, arrays)
    while arrays:
        yield arrays.popitem()
    yield from named


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
