"""Folding: from the tags that works carry to the canonicals and metatags they are found and counted under."""

from dataclasses import dataclass

import numpy as np

from archive.index.arrays import Array, Sizes, different, narrowed, places
from archive.index.graph import KINDS, Graph
from archive.index.matrix import matrices
from archive.index.postings import laid_out
from archive.index.sorting import ordering, together
from archive.index.tables import Pairs, table

RELATIONSHIP = KINDS.index("relationship")
_NEVER = 2**62
"""Later than any position."""
FANDOM = KINDS.index("fandom")


@dataclass(frozen=True, slots=True)
class Carried:
    """Taggings of some works, which ascend, by place: the work's, the tag's in the graph, and its position."""

    works: Array
    tags: Array
    positions: Array


def folded(carried: Carried, graph: Graph, size: int, sizes: Sizes) -> dict[str, Array]:
    """Postings of raw, folded and first-named tags, the table from works to their tags, and the matrix."""
    raw = laid_out("raw", graph.tags, *together(carried.tags, carried.works), sizes.common)
    works, tags = _expanded(carried, graph)
    ids = different(tags)
    kinds = _kinds(ids, graph)
    works, tags = _once(works, places(ids, tags))
    ranks, starts = _ranks(ids, kinds, np.bincount(tags, minlength=len(ids)))
    by_rank = np.empty(len(ids), np.int64)
    by_rank[ranks] = ids
    tags = ranks[tags]
    arrays = raw | laid_out("tags", by_rank, *together(tags, works), sizes.common)
    arrays["kinds"] = starts
    arrays |= table("forward", Pairs(works, tags), size)
    arrays |= matrices(Pairs(works, tags), starts, size, sizes)
    return arrays | _primary(carried, graph, size, sizes)


def named(carried: Carried, graph: Graph, kind: int, size: int) -> Array:
    """How many tags of a kind each work names, spellings of one canonical counted as one."""
    here = graph.kinds[carried.tags] == kind
    works, _ = _once(carried.works[here], graph.heads[carried.tags[here]])
    return np.bincount(works, minlength=size)


def _expanded(carried: Carried, graph: Graph) -> tuple[Array, Array]:
    """A pair of work and canonical for every canonical that a tagging stands for."""
    order = ordering(graph.places)
    targets = narrowed(graph.folded[order])
    numbers = np.bincount(graph.places, minlength=len(graph.tags))
    starts = np.cumsum(numbers) - numbers
    each = numbers[carried.tags]
    if not len(each) or each.max() == 1:
        return carried.works, targets[starts[carried.tags]]
    ends = np.cumsum(each)
    within = np.arange(ends[-1]) - np.repeat(ends - each, each)
    return np.repeat(carried.works, each), targets[np.repeat(starts[carried.tags], each) + within]


def _kinds(ids: Array, graph: Graph) -> Array:
    """The kind of each canonical, which is that of any tag folded into it."""
    kinds = np.zeros(len(ids), np.int8)
    at = np.searchsorted(ids, graph.folded)
    known = at < len(ids)
    known[known] = ids[at[known]] == graph.folded[known]
    kinds[at[known]] = graph.kinds[graph.places[known]]
    return kinds


def _once(works: Array, tags: Array) -> Pairs:
    """Pairs sorted by work, then tag, each once. They are nearly so already, which makes a stable sort a fast one."""
    pairs = works.astype(np.int64)
    pairs <<= 32
    pairs |= tags
    pairs.sort(kind="stable")
    if len(pairs):
        pairs = pairs[np.concatenate([[True], pairs[1:] != pairs[:-1]])]
    return Pairs((pairs >> 32).astype(np.int32), (pairs & 0xFFFFFFFF).astype(np.int32))


def _ranks(ids: Array, kinds: Array, counts: Array) -> tuple[Array, Array]:
    """The ordinal of each canonical (by kind, commoner ones first, then by id), and where each kind begins."""
    order = ordering(kinds, -counts, ids)
    ranks = np.empty(len(ids), np.int32)
    ranks[order] = np.arange(len(ids), dtype=np.int32)
    return ranks, np.searchsorted(kinds[order], np.arange(len(KINDS) + 1)).astype(np.int64)


def _primary(carried: Carried, graph: Graph, size: int, sizes: Sizes) -> dict[str, Array]:
    """Postings of the relationship that each work names first, folded as all tags are."""
    here = np.flatnonzero(graph.kinds[carried.tags] == RELATIONSHIP)
    works, positions = carried.works[here], carried.positions[here]
    earliest = np.full(size, _NEVER)
    np.minimum.at(earliest, works, positions)
    first = here[positions == earliest[works]]
    of_first = Carried(carried.works[first], carried.tags[first], carried.positions[first])
    works, tags = _expanded(of_first, graph)
    ids = different(tags)
    return laid_out("primary", ids, *together(places(ids, tags), works), sizes.common)
