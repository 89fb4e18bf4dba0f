"""The arrays that a part is made of, by name, and the sizes at which it is laid out and asked in another way."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

Array = np.ndarray[Any, np.dtype[Any]]
Arrays = Mapping[str, Array]

NOTHING = -(2**31)
"""What a column holds for a work that does not state it."""


@dataclass(frozen=True, slots=True)
class Sizes:
    """From where on things are done another way. Tests make them small, so that small libraries try every way."""

    common: int = 256
    """Works from which on a tag has a bitmap of its own."""
    width: int = 16
    """Columns of a matrix of common tags, at most."""
    codes: int = 65_535
    """Tags of a kind in its matrix; at most that, since it holds 16 bits each."""
    few: int = 600
    """Works whose tags are gathered one by one."""
    share: int = 24
    """Up to the library by this, facets are counted from the matrices; above, by intersections while these pay."""
    cell: int = 2
    """What counting a cell of a matrix costs, in nanoseconds: the more, the longer intersections pay."""
    sparse: int = 64
    """Below the library by this, a result is sorted by its own keys; above, an order is walked."""


SIZES = Sizes()
