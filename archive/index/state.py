"""The index at one moment: a large base, the works in it that have changed since, and how they are now."""

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from pyroaring import BitMap

from archive.index.part import Part

_MOST = 4_096


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
    """What was looked up or computed once for this state: the tags that a term means, slots of the delta."""

    @property
    def parts(self) -> tuple[Part, Part]:
        """Base and delta."""
        return self.base, self.delta

    @cached_property
    def hidden_places(self) -> BitMap:
        """Where the hidden works stand in the base."""
        return self.base.places(self.hidden)

    def keep(self, key: Any, value: Any) -> None:
        """Keep what was looked up, so that it is looked up once a state; what readers type never fills the memory."""
        if len(self.kept) >= _MOST:
            self.kept.clear()
        self.kept[key] = value
