"""The matrices of common tags, one a kind: each work's tags side by side, so that many rows are counted at once.

The commonest tags of a kind have codes, 1 and up, in the order of its ordinals; 0 stands for nothing. What has no room
in a row follows as pairs of work and code, in the order of works. Tags without a code are rare.
"""

from itertools import pairwise

import numpy as np

from archive.index.arrays import Array, Sizes
from archive.index.tables import Pairs

_WIDTHS = (1, 2, 4, 8, 16)
"""Rows of so many cells are gathered several times as fast as others."""
_FULL = 20
"""A row is as wide as all works but one in so many need."""


def matrices(pairs: Pairs, kinds: Array, size: int, sizes: Sizes) -> dict[str, Array]:
    """The arrays of all kinds, made of pairs of works and ordinals (sorted), and of where kinds begin."""
    arrays: dict[str, Array] = {}
    for kind, (start, end) in enumerate(pairwise(kinds.tolist())):
        inside = (pairs.numbers >= start) & (pairs.numbers < min(end, start + sizes.codes))
        codes = (pairs.numbers[inside] - (start - 1)).astype(np.uint16)
        arrays |= _matrix(kind, Pairs(pairs.works[inside], codes), size, sizes)
    return arrays


def _matrix(kind: int, pairs: Pairs, size: int, sizes: Sizes) -> dict[str, Array]:
    works, codes = pairs
    numbers = np.bincount(works, minlength=size)
    width = min(_width(numbers), sizes.width)
    column = np.arange(len(works)) - np.repeat(np.cumsum(numbers) - numbers, numbers)
    fits = column < width
    rows = np.zeros((size, width), np.uint16)
    rows[works[fits], column[fits]] = codes[fits]
    return {
        f"matrix.{kind}": rows,
        f"overflow.{kind}.works": works[~fits].astype(np.int32),
        f"overflow.{kind}.codes": codes[~fits],
    }


def _width(numbers: Array) -> int:
    if not len(numbers):
        return _WIDTHS[0]
    at = len(numbers) - 1 - len(numbers) // _FULL
    needed = int(np.partition(numbers, at)[at])
    return next((width for width in _WIDTHS if width >= needed), _WIDTHS[-1])
