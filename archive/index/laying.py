"""Laying out: from the rows of some works to all the arrays that a part is made of."""

from dataclasses import replace

import numpy as np

from archive.index import columns, orders, packing
from archive.index.arrays import Array, Sizes, different, places
from archive.index.folder import About
from archive.index.folding import FANDOM, RELATIONSHIP, Carried, folded, named
from archive.index.graph import Graph
from archive.index.postings import laid_out
from archive.index.reading import Rows
from archive.index.refolding import remembered
from archive.index.sorting import ascends, ordering

_NEVER = 2**62


def tags_of(rows: Rows) -> Array:
    """The ids of all tags that some work carries, ascending."""
    return different(rows.taggings[:, 1])


def carried(rows: Rows, graph: Graph) -> Carried:
    """The taggings of some works, by place."""
    works, tags, positions = rows.taggings.T
    works = places(rows.numbers["id"], works)
    if not ascends(works):  # as soon as a work was ever tagged anew
        order = ordering(works)
        works, tags, positions = works[order], tags[order], positions[order]
    return Carried(works, places(graph.tags, tags), positions.copy())


def lay_out(rows: Rows, graph: Graph, about: About) -> tuple[dict[str, Array], About]:
    """All arrays of a part, and what it knows of itself. The rows may be forgotten afterwards."""
    taggings = carried(rows, graph)
    arrays, about = of_works(rows, taggings, graph, about)
    return arrays | of_tags(taggings, graph, len(rows), about.sizes), about


def of_works(rows: Rows, taggings: Carried, graph: Graph, about: About) -> tuple[dict[str, Array], About]:
    """The arrays of what works state themselves and of who wrote them, and what the part knows of itself."""
    size, sizes = len(rows), about.sizes
    in_series = np.isin(rows.numbers["id"], rows.entries[:, 0])
    fandoms, relationships = (named(taggings, graph, kind, size) for kind in (FANDOM, RELATIONSHIP))
    arrays, words = columns.columns(rows, fandoms, relationships, in_series)
    arrays |= packing.packed(arrays)
    arrays |= columns.closed(arrays, rows.numbers["shown"], sizes.common)
    arrays |= orders.laid_out(arrays, rows.words)
    return arrays | _people(rows, sizes) | _series(rows), replace(about, words=words)


def of_tags(taggings: Carried, graph: Graph, size: int, sizes: Sizes) -> dict[str, Array]:
    """The arrays of the tags that `size` works carry."""
    return folded(taggings, graph, size, sizes) | remembered(graph)


def _people(rows: Rows, sizes: Sizes) -> dict[str, Array]:
    return laid_out("authors", *_pairs(rows.bylines, rows)[:3], sizes.common)


def _series(rows: Rows) -> dict[str, Array]:
    """Series never have bitmaps: beside each work stands its position."""
    values, ordinals, works, order = _pairs(rows.entries, rows)
    arrays = laid_out("series", values, ordinals, works, _NEVER)
    return arrays | {"series.positions": rows.entries[order, 2].astype(np.int64)}


def _pairs(borne: Array, rows: Rows) -> tuple[Array, Array, Array, Array]:
    """What works bear, ascending; pairs of an ordinal of it and a work's place, sorted; and what sorts them."""
    order = ordering(borne[:, 1], borne[:, 0])
    values, ordinals = np.unique(borne[order, 1], return_inverse=True)
    return values, ordinals, np.searchsorted(rows.numbers["id"], borne[order, 0]), order
