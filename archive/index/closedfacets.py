"""Facets of few values: counted in packed columns of a small result, by the sets of their values in a large one."""

from collections import Counter
from collections.abc import Collection

import numpy as np

from archive.index.answers import Counts, Facets, Value
from archive.index.columns import BITS, CODED, COMPLETE, NO, YES
from archive.index.packing import PACKS
from archive.index.part import Part
from archive.index.results import Result, Results

_YES_NO: dict[int, bool] = {NO: False, YES: True}


def counted(results: Results, fields: Collection[str]) -> Facets:
    """These fields' values, each with the number of works found that have it."""
    totals: dict[str, Counter[Value]] = {field: Counter() for field in fields}
    for one in results:
        if not one.places:
            continue
        size, sizes = len(one.places), one.part.sizes
        many = size > sizes.packed and size * sizes.share > len(one.part)
        for field, codes in (_by_sets(one, fields) if many else _by_packs(one, fields)).items():
            for code, number in codes.items():
                if number and (field != "crossover" or code):
                    totals[field][_value(one.part, field, code)] += number
    return {field: Counts.of(total) for field, total in totals.items()}


def _value(part: Part, field: str, code: int) -> Value:
    if field in CODED:
        return part.word(field, code)
    if field == "complete":
        return COMPLETE[code]
    if field == "crossover":
        return _YES_NO[code]
    return bool(code) if field in {"oneshot", "series-part"} else code


_Codes = dict[str, dict[int, int]]
"""By field, the number of works that have each code."""


def _by_sets(result: Result, fields: Collection[str]) -> _Codes:
    common = result.places.intersection_cardinality
    found: _Codes = {}
    for field in fields:
        postings = result.part.closed[field]
        values = enumerate(postings.values.tolist())
        found[field] = {value: common(postings.of(ordinal)) for ordinal, value in values}
    return found


def _by_packs(result: Result, fields: Collection[str]) -> _Codes:
    found: _Codes = {}
    for at, pack in enumerate(PACKS):
        if wanted := [place for place, field in enumerate(pack) if field in fields]:
            numbers = np.bincount(result.part.arrays[f"pack.{at}"][result.array])
            there = np.flatnonzero(numbers)
            values = result.part.arrays[f"pack.{at}.values"][:, there]
            for place in wanted:
                own = np.bincount(values[place], numbers[there])
                found[pack[place]] = _spelled(pack[place], {int(code): int(own[code]) for code in np.flatnonzero(own)})
    return found


def _spelled(field: str, numbers: dict[int, int]) -> dict[int, int]:
    """Bits by themselves; 0 stands for none of them."""
    if field not in BITS:
        return numbers
    codes: Counter[int] = Counter()
    for code, number in numbers.items():
        for bit in [1 << at for at in range(8) if code >> at & 1] or [0]:
            codes[bit] += number
    return codes
