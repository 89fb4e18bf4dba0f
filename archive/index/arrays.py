"""The arrays that a part is made of, by name, and the sizes at which it is laid out and asked in another way."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

Array = np.ndarray[Any, np.dtype[Any]]
Arrays = Mapping[str, Array]

NOTHING = -(2**31)
"""What a column holds for a work that does not state it."""


_DENSE = 16


def different(numbers: Array) -> Array:
    """The different numbers of an array, none of them negative, ascending."""
    if not len(numbers) or numbers.max() > _DENSE * len(numbers):
        return np.unique(numbers)
    return np.flatnonzero(np.bincount(numbers))


def narrowed(numbers: Array) -> Array:
    """The same numbers in 32 bits each if all have room in them, else in 64."""
    small = not len(numbers) or (numbers.max() < 2**31 and numbers.min() >= NOTHING)
    return numbers.astype(np.int32 if small else np.int64, copy=False)


def places(known: Array, wanted: Array) -> Array:
    """Where numbers stand among known ones (ascending, none negative), all of which are there."""
    if not len(known) or known[-1] > _DENSE * len(wanted):
        return np.searchsorted(known, wanted)
    table = np.zeros(known[-1] + 1, np.int32)
    table[known] = np.arange(len(known), dtype=np.int32)
    found: Array = table[wanted]
    return found


@dataclass(frozen=True, slots=True)
class Sizes:
    """From where on things are done another way. Tests make them small, so that small libraries try every way."""

    common: int = 256
    """Works from which on a tag has a bitmap of its own."""
    width: int = 16
    """Columns of a matrix of common tags, at most."""
    codes: int = 65_535
    """Tags of a kind in its matrix; at most that, since it holds 16 bits each."""
    few: int = 320
    """Works whose tags are gathered one by one."""
    share: int = 16
    """Up to the library by this, facets are counted from the matrices; above, by intersections while these pay."""
    cell: int = 3
    """What counting a cell of a matrix costs, in nanoseconds: the more, the longer intersections pay."""
    packed: int = 2_000
    """Works up to which closed facets are counted from packed columns; of more than `share`, by sets."""
    sparse: int = 64
    """Below the library by this, a result is sorted by its own keys; above, an order is walked."""


SIZES = Sizes()
