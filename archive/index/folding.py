"""Folding: from the tags that works carry to the canonicals and metatags they are found and counted under."""

from dataclasses import dataclass

import numpy as np

from archive.index.arrays import Array, Sizes
from archive.index.graph import KINDS, Graph
from archive.index.matrix import matrices
from archive.index.postings import laid_out
from archive.index.tables import Pairs, table

RELATIONSHIP = KINDS.index("relationship")
FANDOM = KINDS.index("fandom")


@dataclass(frozen=True, slots=True)
class Carried:
    """Taggings of some works, by place: the work's, the tag's in the graph, and its position."""

    works: Array
    tags: Array
    positions: Array


def folded(carried: Carried, graph: Graph, size: int, sizes: Sizes) -> dict[str, Array]:
    """Postings of raw, folded and first-named tags, the table from works to their tags, and the matrix."""
    order = _order(carried.tags, carried.works)
    raw = laid_out("raw", graph.tags, carried.tags[order], carried.works[order], sizes.common)
    works, tags = _expanded(carried, graph)
    ids, tags = np.unique(tags, return_inverse=True)
    kinds = _kinds(ids, graph)
    works, tags = _once(works, tags)
    ranks, starts = _ranks(ids, kinds, np.bincount(tags, minlength=len(ids)))
    by_rank = np.empty(len(ids), np.int64)
    by_rank[ranks] = ids
    tags = ranks[tags]
    order = _order(tags, works)
    arrays = raw | laid_out("tags", by_rank, tags[order], works[order], sizes.common)
    arrays["kinds"] = starts
    arrays |= table("forward", Pairs(works, tags), size)
    arrays |= matrices(Pairs(works, tags), starts, size, sizes)
    return arrays | _primary(carried, graph, sizes)


def named(carried: Carried, graph: Graph, kind: int, size: int) -> Array:
    """How many tags of a kind each work names, spellings of one canonical counted as one."""
    here = graph.kinds[carried.tags] == kind
    works, _ = _once(carried.works[here], graph.heads[carried.tags[here]])
    return np.bincount(works, minlength=size)


def _order(first: Array, second: Array) -> Array:
    """What sorts pairs of places: by the first, then by the second."""
    return np.argsort(first.astype(np.int64) << 32 | second, kind="stable")


def _expanded(carried: Carried, graph: Graph) -> tuple[Array, Array]:
    """A pair of work and canonical for every canonical that a tagging stands for."""
    order = np.argsort(graph.places, kind="stable")
    targets = graph.folded[order]
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


def _once(works: Array, tags: Array) -> tuple[Array, Array]:
    """Pairs sorted by work, then tag, each once."""
    pairs = np.sort(works.astype(np.int64) << 32 | tags)
    if len(pairs):
        pairs = pairs[np.concatenate([[True], pairs[1:] != pairs[:-1]])]
    return pairs >> 32, pairs & 0xFFFFFFFF


def _ranks(ids: Array, kinds: Array, counts: Array) -> tuple[Array, Array]:
    """The ordinal of each canonical (by kind, commoner ones first, then by id), and where each kind begins."""
    order = np.lexsort((ids, -counts, kinds))
    ranks = np.empty(len(ids), np.int64)
    ranks[order] = np.arange(len(ids))
    return ranks, np.searchsorted(kinds[order], np.arange(len(KINDS) + 1)).astype(np.int64)


def _primary(carried: Carried, graph: Graph, sizes: Sizes) -> dict[str, Array]:
    """Postings of the relationship that each work names first, folded as all tags are."""
    here = np.flatnonzero(graph.kinds[carried.tags] == RELATIONSHIP)
    order = here[np.lexsort((carried.positions[here], carried.works[here]))]
    works, positions = carried.works[order], carried.positions[order]
    begins = np.searchsorted(works, works)
    first = order[positions == positions[begins]]
    of_first = Carried(carried.works[first], carried.tags[first], carried.positions[first])
    works, tags = _expanded(of_first, graph)
    ids, tags = np.unique(tags, return_inverse=True)
    order = _order(tags, works)
    return laid_out("primary", ids, tags[order], works[order], sizes.common)
