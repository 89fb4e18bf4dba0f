"""The matrix of common tags: each work's tags among the most used, side by side, so that many rows are read at once.

Tags in it have codes, 1 and up; 0 stands for nothing. Those of a kind follow each other in the order of its ordinals.
What has no room in a row stands in the table `overflow`. Tags outside are rare: those that only one work bears are
merely counted, as `singles` by kind; the others stand in the table `rest`.
"""

from itertools import pairwise

import numpy as np

from archive.index.arrays import Array, Sizes
from archive.index.tables import Pairs, table


def matrix(pairs: Pairs, counts: Array, kinds: Array, size: int, sizes: Sizes) -> dict[str, Array]:
    """The arrays made of pairs of works and ordinals, of the ordinals' counts, and of where kinds begin."""
    inside = np.zeros(len(counts), bool)
    inside[np.argsort(-counts.astype(np.int64), kind="stable")[: sizes.codes]] = True
    codes = np.cumsum(inside)
    starts = np.concatenate([[0], codes])[kinds]
    works, tags = pairs
    coded, single = inside[tags], counts[tags] == 1
    rest = ~coded & ~single
    arrays = _rows(Pairs(works[coded], codes[tags[coded]]), size, sizes)
    arrays |= table("rest", Pairs(works[rest], tags[rest]), size)
    return arrays | {"codes.kinds": starts, "singles": _singles(works, tags, ~coded & single, kinds, size)}


def _rows(pairs: Pairs, size: int, sizes: Sizes) -> dict[str, Array]:
    works, codes = pairs
    column = np.arange(len(works)) - np.searchsorted(works, works)
    rows = np.zeros((size, sizes.width), np.uint16)
    fits = column < sizes.width
    rows[works[fits], column[fits]] = codes[fits]
    return {"matrix": rows, **table("overflow", Pairs(works[~fits], codes[~fits]), size)}


def _singles(works: Array, tags: Array, single: Array, kinds: Array, size: int) -> Array:
    """How many tags of each kind only this work bears, by kind and work."""
    singles = np.zeros((len(kinds) - 1, size), np.uint16)
    for kind, (start, end) in enumerate(pairwise(kinds.tolist())):
        here = works[single & (tags >= start) & (tags < end)]
        singles[kind] = np.minimum(np.bincount(here, minlength=size), 65_535)
    return singles
