"""Sorting whole numbers by sixteen bits at a time, which costs a fraction of comparing them with each other."""

import numpy as np

from archive.index.arrays import Array

_BITS = 16
"""Numbers of so many bits numpy counts into their places instead of comparing them."""


def ordering(*keys: Array) -> Array:
    """The places of rows in ascending order of the first key, then of the next; rows that are alike stay as they stand.

    Keys are whole numbers of any kind. A last key that ascends already costs nothing.

    >>> ordering(np.array([2, 1, 2, 1]), np.array([5, 9, -3, 8])).tolist()
    [3, 1, 2, 0]
    """
    order = np.arange(len(keys[-1]))
    if ascends(keys[-1]):
        keys = keys[:-1]
    for key in reversed(keys):
        for shift in _shifts(key):
            order = order[np.argsort(_digits(key, shift)[order], kind="stable")]
    return order


def together(numbers: Array, others: Array) -> tuple[Array, Array]:
    """Numbers in ascending order, and others moved along; those beside equal numbers stay as they stand.

    With many millions, moving them after each pass is twice as fast as following an order.
    """
    for shift in _shifts(numbers):
        order = np.argsort(_digits(numbers, shift), kind="stable")
        numbers, others = numbers[order], others[order]
    return numbers, others


def ascends(numbers: Array) -> bool:
    """Whether none is smaller than the one before it."""
    return bool((numbers[1:] >= numbers[:-1]).all())


def _shifts(numbers: Array) -> range:
    """By how much to shift numbers for each sixteen bits in which they differ, the lowest first."""
    spread = int(numbers.max()) - int(numbers.min()) if len(numbers) else 0
    return range(0, spread.bit_length(), _BITS)


def _digits(numbers: Array, shift: int) -> Array:
    """Sixteen bits of how far each is above the smallest."""
    above = (numbers - numbers.min()).view(f"u{numbers.dtype.itemsize}")
    digits: Array = (above >> shift).astype(np.uint16)
    return digits
