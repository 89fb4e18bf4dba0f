"""The index at one moment: a large base, the works in it that have changed since, and how they are now."""

from dataclasses import dataclass, field
from typing import Any

from pyroaring import BitMap

from archive.index.part import Part


@dataclass(frozen=True, eq=False)
class State:
    """The library at one position of the change log: base without `hidden`, and `delta`, merge exactly.

    A state is never changed; whoever follows the log makes a new one for every change, of tags as well as of works,
    because what a state has looked up in the tag graph it keeps.
    """

    base: Part
    hidden: BitMap
    """Ids of works that must not be answered from the base: all that changed or went since it was built."""
    delta: Part
    """The changed works as they are now; those in `hidden` that are not here are not found at all."""
    kept: dict[Any, Any] = field(default_factory=dict, repr=False)
    """What was looked up or computed once for this state: spellings, visible sets, places in an order."""
