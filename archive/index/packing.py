"""Packed columns: closed fields together as one code a work, so that a result is counted once for several of them."""

import numpy as np

from archive.index.arrays import Array

PACKS = (
    ("rating", "complete", "oneshot", "series-part", "crossover", "format"),
    ("warning", "category"),
    ("language",),
)
"""Fields that share a code: few of all combinations occur."""


def packed(columns: dict[str, Array]) -> dict[str, Array]:
    """For each pack the code of every work, and what each code stands for: by field, a value a code."""
    arrays: dict[str, Array] = {}
    for at, fields in enumerate(PACKS):
        own = [columns[f"column.{field}"].astype(np.int64) for field in fields]
        widths = [int(column.max(initial=0)).bit_length() for column in own]
        numbers = np.zeros(len(own[0]), np.int64)
        for column, width in zip(own, widths, strict=True):
            numbers = numbers << width | column
        there = np.bincount(numbers) > 0
        codes = (np.cumsum(there) - 1)[numbers]
        different = np.flatnonzero(there)
        values = []
        for width in reversed(widths):
            values.append(different & (1 << width) - 1)
            different = different >> width
        arrays[f"pack.{at}"] = codes.astype(np.uint16 if len(there) <= 1 << 16 else np.int32)
        arrays[f"pack.{at}.values"] = np.stack(values[::-1]).astype(np.int32)
    return arrays
