"""How many works of a result bear each of some tags: whole sets intersected, or the works of rare tags looked up."""

import numpy as np

from archive.index.arrays import Array
from archive.index.results import Result
from archive.index.tables import slices


def by_span(result: Result, start: int, stop: int, rare: int) -> Array:
    """For tags that follow each other: all before `rare`, which have bitmaps, or all after it."""
    tags = result.part.tags
    if start < rare:
        common, of = result.places.intersection_cardinality, tags.of
        return np.array([common(of(ordinal)) for ordinal in range(start, stop)], np.int64)
    begins = tags.starts[start : stop + 1]
    return _summed(result.mask[tags.works[begins[0] : begins[-1]]], begins[:-1] - begins[0])


def by_each(result: Result, ordinals: Array) -> Array:
    """For any tags, best for rare ones."""
    tags = result.part.tags
    ends = np.cumsum(tags.counts[ordinals], dtype=np.int64)
    return _summed(result.mask[slices(tags.starts, tags.works, ordinals)], ends - tags.counts[ordinals])


def _summed(there: Array, begins: Array) -> Array:
    """The sums of parts of an array, none of which is empty."""
    found: Array = np.add.reduceat(there, begins, dtype=np.int64) if len(begins) else np.empty(0, np.int64)
    return found
