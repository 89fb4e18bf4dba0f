"""The legend of the closed fields: what the codes of a part stand for, in the words of an answer."""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from archive.index.answers import Value
from archive.index.arrays import Array
from archive.index.columns import BITS, CLOSED, CODED, COMPLETE, NO, YES
from archive.index.packing import PACKS
from archive.index.part import Part

_YES_NO = ("oneshot", "series-part")


class Pack(NamedTuple):
    """What the codes of one packed column hold."""

    values: list[tuple[str, Value]]
    """Every field and value that some code holds."""
    holding: Array
    """A row for each code, a column for each of these values: 1 where the code holds the value.

    The numbers of works by code, times this, are the numbers by value of all its fields at once: a tenth of what it
    costs to count and to spell them field by field.
    """


class Legend(NamedTuple):
    """What the codes of one part stand for."""

    packs: list[Pack]
    sets: dict[str, list[tuple[int, Value]]]
    """By closed field, the ordinals of its postings that are told, each with its value."""


def legend(part: Part) -> Legend:
    """The legend of a part, read once."""
    known: Legend | None = part.remembered.get("legend")
    if known is None:
        sets = {
            field: [
                (ordinal, _value(part, field, code))
                for ordinal, code in enumerate(part.closed[field].values.tolist())
                if _is_told(field, code)
            ]
            for field in CLOSED
        }
        part.remembered["legend"] = known = Legend([_pack(part, at) for at in range(len(PACKS))], sets)
    return known


def _pack(part: Part, at: int) -> Pack:
    held = [
        (field, _value(part, field, code), holding)
        for field, codes in zip(PACKS[at], part.arrays[f"pack.{at}.values"], strict=True)
        for code, holding in _held(field, codes)
        if _is_told(field, code)
    ]
    values = [(field, value) for field, value, _ in held]
    return Pack(values, np.stack([holding for *_, holding in held], axis=1).astype(np.int64))


def _held(field: str, codes: Array) -> Iterator[tuple[int, Array]]:
    """Each value of a field and which of some codes hold it; of bits each by itself, and 0 stands for none of them."""
    if field in BITS:
        masks = [(0, codes == 0), *((1 << bit, codes >> bit & 1 != 0) for bit in range(8))]
        yield from ((value, mask) for value, mask in masks if mask.any())
    else:
        yield from ((value, codes == value) for value in np.unique(codes).tolist())


def _is_told(field: str, code: int) -> bool:
    """A work without a fandom is counted neither as a crossover nor as none."""
    return field != "crossover" or code != 0


def _value(part: Part, field: str, code: int) -> Value:
    if field in CODED:
        return part.word(field, code)
    if field == "complete":
        return COMPLETE[code]
    if field == "crossover":
        return {NO: False, YES: True}[code]
    return bool(code) if field in _YES_NO else code
