"""Refolding: which works of a base stand under other canonicals now than when it was built, because tags have moved.

A part remembers what its tags were folded into. When an edge of the tag graph comes or goes, both its ends are named in
the log; so a tag whose folding has changed was itself named, or was folded into one that is named.
"""

from collections.abc import Collection

import numpy as np
from pyroaring import BitMap

from archive.index import sets
from archive.index.arrays import Array
from archive.index.graph import Graph, graph
from archive.index.part import Part


def remembered(graph: Graph) -> dict[str, Array]:
    """What tags are folded into, as arrays of a part: pairs of a tag and a canonical, ascending by tag."""
    order = np.argsort(graph.places, kind="stable")
    return {
        "folding.tags": graph.tags[graph.places[order]].astype(np.int32),
        "folding.into": graph.folded[order].astype(np.int32),
    }


def refolded(base: Part, tags: Collection[int]) -> BitMap:
    """The ids of the works in a base that carry a tag whose folding has changed, where the log names these tags."""
    named = np.fromiter(tags, np.int64)
    named = named[(base.raw.places(named) >= 0) | (base.tags.places(named) >= 0)].astype(np.int32)
    if not len(named):  # as with all that an import brings: tags that nothing in the base has heard of
        return BitMap()
    carried, into = base.arrays["folding.tags"], base.arrays["folding.into"]
    concerned = np.unique(carried[np.isin(into, named) | np.isin(carried, named)])
    here = np.isin(carried, concerned)
    now = graph(concerned.astype(np.int64), whole=False)
    moved = {tag for tag, _ in _pairs(carried[here], into[here]) ^ _pairs(now.tags[now.places], now.folded)}
    return BitMap(base.ids[sets.places(base.raw.bearing(moved))])


def _pairs(tags: Array, into: Array) -> set[tuple[int, int]]:
    return set(zip(tags.tolist(), into.tolist(), strict=True))
