"""Facets of few values: counted in packed columns of a small result, by the sets of their values in a large one."""

from collections.abc import Collection, Iterator

import numpy as np

from archive.index.answers import Counts, Facets, Value
from archive.index.legend import legend
from archive.index.results import Result, Results


def counted(results: Results, fields: Collection[str]) -> Facets:
    """These fields' values, each with the number of works found that have it."""
    totals: dict[str, dict[Value, int]] = {field: {} for field in fields}
    for one in results:
        if not one.places:
            continue
        size, sizes = len(one.places), one.part.sizes
        many = size > sizes.packed and size * sizes.share > len(one.part)
        for field, value, number in (_by_sets if many else _by_packs)(one, fields):
            if number:
                total = totals[field]
                total[value] = total.get(value, 0) + number
    return {field: Counts.of(total) for field, total in totals.items()}


_Numbers = Iterator[tuple[str, Value, int]]
"""Fields and values, each with its number of works."""


def _by_sets(result: Result, fields: Collection[str]) -> _Numbers:
    common, told = result.places.intersection_cardinality, legend(result.part).sets
    for field in fields:
        of = result.part.closed[field].of
        for ordinal, value in told[field]:
            yield field, value, common(of(ordinal))


def _by_packs(result: Result, fields: Collection[str]) -> _Numbers:
    for at, pack in enumerate(legend(result.part).packs):
        if any(field in fields for field, _ in pack.values):
            codes = result.part.arrays[f"pack.{at}"][result.array]
            numbers = (np.bincount(codes, minlength=len(pack.holding)) @ pack.holding).tolist()
            for (field, value), number in zip(pack.values, numbers, strict=True):
                if field in fields:
                    yield field, value, number
