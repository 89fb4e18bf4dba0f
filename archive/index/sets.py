"""Sets of places in a part as Roaring bitmaps, made from numpy arrays without visiting their members one by one."""

import array
import struct

import numpy as np
from pyroaring import BitMap

from archive.index.arrays import Array

_CHUNK = 1 << 16
_COOKIE = 12346
"""How a serialised bitmap without runs begins, in the format that all Roaring libraries share."""
_MOST_IN_ARRAY = 4096
_SPARSE = 64


def of(places: Array, size: int) -> BitMap:
    """The set of some places of a part with `size` works."""
    if len(places) * _SPARSE < size or len(places) < 2 * _SPARSE:
        return BitMap(array.array("I", np.asarray(places, "<u4").tobytes()))
    mask = np.zeros(size, bool)
    mask[places] = True
    return of_mask(mask)


def of_mask(mask: Array) -> BitMap:
    """The set of places at which a mask is true, written as a serialised bitmap: a hundred times faster than adding.

    The layout is that of the Roaring format specification: cookie, number of chunks, their keys and sizes, their
    offsets, then every chunk as a bitset of 8 KB or as a sorted array of 16-bit numbers.
    """
    words = np.zeros(-(-len(mask) // _CHUNK) * _CHUNK // 8, np.uint8)
    packed = np.packbits(mask, bitorder="little")
    words[: len(packed)] = packed
    chunks = words.reshape(-1, _CHUNK // 8)
    sizes = np.bitwise_count(chunks.view(np.uint64)).sum(axis=1, dtype=np.int64)
    keys = np.flatnonzero(sizes)
    bodies = [_body(mask, chunks, int(key), int(sizes[key])) for key in keys]
    head = struct.pack("<II", _COOKIE, len(keys))
    sized = np.stack([keys, sizes[keys] - 1], axis=1).astype("<u2").tobytes()
    starts = len(head) + 8 * len(keys) + np.cumsum([0, *map(len, bodies)])[:-1]
    return BitMap.deserialize(b"".join([head, sized, starts.astype("<u4").tobytes(), *bodies]))


def _body(mask: Array, chunks: Array, key: int, size: int) -> bytes:
    if size > _MOST_IN_ARRAY:
        return bytes(chunks[key])
    return np.flatnonzero(mask[key * _CHUNK : (key + 1) * _CHUNK]).astype("<u2").tobytes()


def places(found: BitMap) -> Array:
    """The members of a set, ascending."""
    return np.frombuffer(found.to_array(), np.uint32)


def mask(found: BitMap, size: int) -> Array:
    """A set as one truth value a work."""
    if len(found) * 2 > size:
        rest = BitMap(range(size)) - found
        there = np.ones(size, bool)
        there[places(rest)] = False
        return there
    there = np.zeros(size, bool)
    there[places(found)] = True
    return there


def found(sorted_ids: Array, wanted: Array) -> BitMap:
    """Where some numbers stand in a sorted array, for those that do."""
    at = np.minimum(np.searchsorted(sorted_ids, wanted), len(sorted_ids) - 1)
    return of(at[sorted_ids[at] == wanted], len(sorted_ids))
