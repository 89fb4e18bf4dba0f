"""The tag graph as arrays: the kind of every tag, and all the canonicals that a work is found under by it."""

from dataclasses import dataclass

import numpy as np

from archive.index.arrays import Array
from archive.index.listed import integers
from archive.vocabulary import TagKind

KINDS = tuple(kind.value for kind in TagKind)
_METATAGS = ("archive_metatagging", ("tag_id", "metatag_id"))


@dataclass(frozen=True, slots=True)
class Graph:
    """Of some tags, ascending: their kind as its place in `KINDS`, and pairs of a tag's place and a canonical's id."""

    tags: Array
    kinds: Array
    places: Array
    heads: Array
    """The canonical of each tag, its own id if it is none's synonym."""
    folded: Array
    """For each of `places`, one canonical: the tag's own and all metatags above that, at any depth."""


def graph(tags: Array, *, whole: bool) -> Graph:
    """What the graph says of these tags (ascending, each once). `whole` reads all of it, instead of naming each tag."""
    kinds, heads = _tags(tags, whole=whole)
    above = _closure(_pairs(integers(*_METATAGS, None)) if whole else _metatags_above(set(heads.tolist())))
    places, folded = [np.arange(len(tags))], [heads]
    if above:
        under = np.flatnonzero(np.isin(heads, list(above)))
        for place in under.tolist():
            higher = above[int(heads[place])]
            places.append(np.full(len(higher), place))
            folded.append(np.fromiter(higher, np.int64))
    return Graph(tags, kinds, np.concatenate(places), heads, np.concatenate(folded))


def _tags(tags: Array, *, whole: bool) -> tuple[Array, Array]:
    """The kind and the head of each tag."""
    numbers = " ".join(f"WHEN '{kind}' THEN {place}" for place, kind in enumerate(KINDS))
    selected = ("id", f"CASE kind {numbers} END", "coalesce(canonical_id, id)")
    known = integers("archive_tag", selected, None if whole else tags.tolist())
    here = known[np.isin(known[:, 0], tags, assume_unique=True)]
    return here[:, 1].astype(np.int8), here[:, 2].astype(np.int64)


def _metatags_above(heads: set[int]) -> dict[int, set[int]]:
    """The metataggings that lead up from some tags, level by level."""
    found: dict[int, set[int]] = {}
    level = heads
    while level:
        pairs = _pairs(integers(*_METATAGS, level, "tag_id"))
        found |= pairs
        level = {metatag for metatags in pairs.values() for metatag in metatags} - found.keys()
    return found


def _pairs(rows: Array) -> dict[int, set[int]]:
    found: dict[int, set[int]] = {}
    for tag, metatag in rows.tolist():
        found.setdefault(tag, set()).add(metatag)
    return found


def _closure(metatags: dict[int, set[int]]) -> dict[int, set[int]]:
    """For each tag all that stand above it; a circle, which wrangling never makes, ends where it began."""
    closed: dict[int, set[int]] = {}
    for tag, direct in metatags.items():
        above: set[int] = set()
        level = direct
        while level:
            above |= level
            level = {higher for one in level for higher in metatags.get(one, ())} - above
        closed[tag] = above - {tag}
    return closed
