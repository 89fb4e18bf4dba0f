"""An order that looks random and stays as it is: each work's place comes from its id and the seed of the question."""

from typing import Any

import numpy
from numpy.typing import NDArray

_MASK = (1 << 64) - 1
_STEP, _FIRST, _SECOND = 0x9E3779B97F4A7C15, 0xBF58476D1CE4E5B9, 0x94D049BB133111EB
"""The constants of splitmix64, which takes no two numbers to one."""


def place(seed: int, number: int) -> int:
    """Where a work stands in the order of this seed: smaller places come first when ascending.

    >>> place(0, 1) == place(0, 1) != place(1, 1)
    True
    """
    return _mixed(number + _mixed(seed & _MASK))


def places(seed: int, numbers: NDArray[Any]) -> NDArray[numpy.uint64]:
    """The places of many works: uint64, as `place` gives each of them; ids are not negative."""
    mixed = numbers.astype(numpy.uint64)
    mixed += numpy.uint64((_mixed(seed & _MASK) + _STEP) & _MASK)
    mixed ^= mixed >> numpy.uint64(30)
    mixed *= numpy.uint64(_FIRST)
    mixed ^= mixed >> numpy.uint64(27)
    mixed *= numpy.uint64(_SECOND)
    mixed ^= mixed >> numpy.uint64(31)
    return mixed


def _mixed(number: int) -> int:
    mixed = (number + _STEP) & _MASK
    mixed = ((mixed ^ mixed >> 30) * _FIRST) & _MASK
    mixed = ((mixed ^ mixed >> 27) * _SECOND) & _MASK
    return mixed ^ mixed >> 31
