"""Facets of few values: counted in the columns of a small result, by the sets of their values in a large one."""

from collections import Counter
from collections.abc import Collection

import numpy as np

from archive.index import sets
from archive.index.answers import Counts, Facets, Value
from archive.index.columns import BITS, CODED, COMPLETE, NO, YES
from archive.index.part import Part
from archive.index.results import Result, Results

_SHARE = 64
_YES_NO: dict[int, bool] = {NO: False, YES: True}


def counted(results: Results, fields: Collection[str]) -> Facets:
    """These fields' values, each with the number of works found that have it."""
    return {field: Counts.of(_counted(results, field)) for field in fields}


def _counted(results: Results, field: str) -> Counter[Value]:
    total: Counter[Value] = Counter()
    for one in results:
        for code, number in _codes(one, field).items():
            if number and (field != "crossover" or code):
                total[_value(one.part, field, code)] += number
    return total


def _value(part: Part, field: str, code: int) -> Value:
    if field in CODED:
        return part.word(field, code)
    if field == "complete":
        return COMPLETE[code]
    if field == "crossover":
        return _YES_NO[code]
    return bool(code) if field in {"oneshot", "series-part"} else code


def _codes(result: Result, field: str) -> dict[int, int]:
    part, found = result.part, result.places
    if not found:
        return {}
    if len(found) * _SHARE >= len(part):
        postings = part.closed[field]
        values = enumerate(postings.values.tolist())
        return {value: found.intersection_cardinality(postings.of(ordinal)) for ordinal, value in values}
    numbers = np.bincount(part.column(field)[sets.places(found)])
    if field not in BITS:
        return {code: int(numbers[code]) for code in np.flatnonzero(numbers).tolist()}
    codes: Counter[int] = Counter()
    for code in np.flatnonzero(numbers).tolist():
        for bit in [1 << at for at in range(8) if code >> at & 1] or [0]:
            codes[bit] += int(numbers[code])
    return codes
