"""Facets of tags: the commonest of each kind in a result, and whether there are others; base and changes added exactly.

By the size of the result in the base: the tags of few works are gathered one by one; of more, rows of the matrices are
counted; in a large part of the library, whole sets are intersected, commoner tags first, until no later one can win.
"""

from collections.abc import Mapping
from functools import cached_property

from archive.index.answers import Counts, Facets
from archive.index.changed import changed_by_kind
from archive.index.graph import KINDS
from archive.index.results import Results
from archive.index.state import State
from archive.index.tallies import Tally, commonest, summed
from archive.index.tallying import from_rows, gathered_by_kind
from archive.index.winning import winners


def counted(state: State, results: Results, most: Mapping[str, int]) -> Facets:
    """So many of the commonest tags of these kinds."""
    counting = _Counting(state, results)
    return {kind: counting.told(KINDS.index(kind), number) for kind, number in most.items()}


class _Counting:
    """The facets of one result. What all kinds need is computed once, if it is needed."""

    def __init__(self, state: State, results: Results) -> None:
        self.base, delta = results
        self.part = self.base.part
        self.changed = changed_by_kind(state, delta)
        size, sizes = len(self.base.places), self.part.sizes
        self.few = size < sizes.few
        self.many = size * sizes.share > len(self.part)

    @cached_property
    def one_by_one(self) -> list[Tally]:
        return gathered_by_kind(self.base)

    def told(self, kind: int, number: int) -> Counts:
        """The facet of one kind."""
        changed = self.changed[kind]
        tally = None if self.few else self._most(kind, number, changed.known)
        if tally is None:
            tally = summed(self.one_by_one[kind], changed.known)
        by_id = Tally(self.part.tags.values[tally.tags], tally.counts).followed_by(changed.strangers)
        return Counts(tuple(commonest(by_id, number)), len(by_id.tags) > number)

    def _most(self, kind: int, number: int, known: Tally) -> Tally | None:
        """All tags that can be among the commonest; None when there is no saying which."""
        tally = winners(self.base, kind, number, known) if self.many else None
        return from_rows(self.base, kind, number, known) if tally is None else tally
