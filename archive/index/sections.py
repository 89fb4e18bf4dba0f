"""The sections of a directory from A to Z, as bounds in sorted keys."""

from bisect import bisect_left
from collections.abc import Sequence
from string import ascii_lowercase

SECTIONS = ("0", *ascii_lowercase, "other")
"""Digits and signs, the letters, and whatever sorts after them: names in other scripts."""
_LAST = "{"
"""What sorts after `z`."""


def starts_of(keys: Sequence[str]) -> tuple[int, ...]:
    """Where each section begins in sorted keys, and their number."""
    inner = (bisect_left(keys, first) for first in (*ascii_lowercase, _LAST))
    return (0, *inner, len(keys))
