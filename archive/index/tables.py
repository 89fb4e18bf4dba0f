"""Tables from works to numbers: for each work a slice of one array, and the slices of many works gathered at once."""

from typing import NamedTuple

import numpy as np

from archive.index.arrays import Array, Arrays


class Pairs(NamedTuple):
    """Works, in their order, each with a number."""

    works: Array
    numbers: Array


def table(name: str, pairs: Pairs, size: int) -> dict[str, Array]:
    """The arrays of a table of `size` works."""
    starts = np.concatenate([[0], np.cumsum(np.bincount(pairs.works, minlength=size), dtype=np.int64)])
    return {f"{name}.starts": starts, f"{name}.numbers": pairs.numbers.astype(np.int32)}


def gathered(arrays: Arrays, name: str, places: Array) -> Array:
    """The numbers of some works, those of each work together."""
    return slices(arrays[f"{name}.starts"], arrays[f"{name}.numbers"], places)


def slices(starts: Array, numbers: Array, places: Array) -> Array:
    """Some slices of an array one after the other; `starts` says where each begins, and where the last one ends."""
    if len(places) == len(starts) - 1:
        return numbers
    begins = starts[places]
    lengths = starts[places + 1] - begins
    holding = np.flatnonzero(lengths)
    begins, lengths = begins[holding], lengths[holding]
    ends = np.cumsum(lengths)
    if not len(ends):
        return numbers[:0]
    steps = np.ones(ends[-1], np.int64)
    steps[0] = begins[0]
    steps[ends[:-1]] = begins[1:] - (begins[:-1] + lengths[:-1] - 1)
    found: Array = numbers[np.cumsum(steps)]
    return found
