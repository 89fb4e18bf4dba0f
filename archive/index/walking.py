"""Some works of a result in the order of a column: the order is walked while the result is dense in it."""

from collections.abc import Iterable

import numpy as np
from pyroaring import BitMap

from archive.index import sets
from archive.index.arrays import Array
from archive.index.orders import Order

_STEPS = 2_048
_BLOCK = 1 << 16


def window(order: Order, found: BitMap, span: tuple[int, int], *, ascending: bool, sparse: int) -> Array:
    """The places of those works of a result that come from the first to before the second of `span` in an order."""
    start, stop = max(0, span[0]), min(span[1], len(found))
    if start >= stop:
        return np.empty(0, np.int32)
    if len(found) * sparse < len(order):
        return _picked(order, sets.places(found), (start, stop), ascending=ascending)
    near = 2 * stop * len(order) // len(found)
    if near <= _STEPS:
        walked = [place for place in order.works(0, near, ascending=ascending).tolist() if place in found]
        if len(walked) >= stop:
            return np.array(walked[start:stop], np.int32)
    return _walked(order, found, (start, stop), ascending=ascending)


def _picked(order: Order, places: Array, span: tuple[int, int], *, ascending: bool) -> Array:
    """From the works' own ranks, without sorting those that come later."""
    ranks = order.ranks(places, ascending=ascending)
    start, stop = span
    if stop < len(places) // 2:
        first = np.argpartition(ranks, stop - 1)[:stop]
        places, ranks = places[first], ranks[first]
    return places[np.argsort(ranks)[start:stop]]


def _walked(order: Order, found: BitMap, span: tuple[int, int], *, ascending: bool) -> Array:
    """Block by block, from whichever end is nearer."""
    start, stop = span
    if start > len(found) - stop:
        turned = len(found) - stop, len(found) - start
        return _from_end(order, found, turned, ascending=ascending)[::-1]
    return _from_start(order, found, span, ascending=ascending)


def _from_start(order: Order, found: BitMap, span: tuple[int, int], *, ascending: bool) -> Array:
    blocks = (order.works(at, at + _BLOCK, ascending=ascending) for at in range(0, len(order), _BLOCK))
    return _collected(blocks, found, len(order), span)


def _from_end(order: Order, found: BitMap, span: tuple[int, int], *, ascending: bool) -> Array:
    ends = range(len(order), 0, -_BLOCK)
    blocks = (order.works(max(0, end - _BLOCK), end, ascending=ascending)[::-1] for end in ends)
    return _collected(blocks, found, len(order), span)


def _collected(blocks: Iterable[Array], found: BitMap, size: int, span: tuple[int, int]) -> Array:
    """The members of a set from the first to before the second of `span`, among works that come in blocks."""
    start, stop = span
    mask = sets.mask(found, size)
    collected, passed = [], 0
    for block in blocks:
        here = mask[block]
        number = int(np.count_nonzero(here))
        if passed + number > start:
            collected.append(block[here][max(0, start - passed) : stop - passed])
        passed += number
        if passed >= stop:
            break
    return np.concatenate(collected)
