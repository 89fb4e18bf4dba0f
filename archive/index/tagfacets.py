"""Facets of tags: the commonest of each kind in a result, and how many there are; base and changes added exactly.

By the size of the result in the base: the tags of few works are gathered one by one; of more, rows of the matrix are
counted; in a large part of the library, whole sets are intersected, commoner tags first, until no later one can win.
"""

from collections.abc import Mapping
from functools import cached_property

import numpy as np

from archive.index import sets
from archive.index.answers import Counts, Facets
from archive.index.arrays import Array
from archive.index.changed import Changed, changed_by_kind
from archive.index.graph import KINDS
from archive.index.presence import present
from archive.index.results import Results
from archive.index.tallies import Tally, commonest, summed
from archive.index.tallying import Tallied, from_matrix, gathered_by_kind
from archive.index.winning import Budget, candidates


def counted(results: Results, most: Mapping[str, int]) -> Facets:
    """So many of the commonest tags of these kinds."""
    if not most:
        return {}
    counting = _Counting(results)
    return {kind: counting.told(KINDS.index(kind), number) for kind, number in most.items()}


class _Counting:
    """The facets of one result. What all kinds need is computed once, if it is needed."""

    def __init__(self, results: Results) -> None:
        self.base, delta = results
        self.part = self.base.part
        self.changed = changed_by_kind(self.part, delta)
        size, sizes = len(self.base.places), self.part.sizes
        self.few = size < sizes.few
        self.many = not self.few and size * sizes.share > len(self.part)
        self.budget = Budget.of(size, sizes)

    @cached_property
    def one_by_one(self) -> list[Tally]:
        return gathered_by_kind(self.base)

    @cached_property
    def rows(self) -> list[Tallied]:
        return from_matrix(self.base)

    @cached_property
    def present(self) -> Array:
        return present(self.base)

    def told(self, kind: int, number: int) -> Counts:
        """The facet of one kind."""
        changed = self.changed[kind]
        if self.few:
            return self._whole(self.one_by_one[kind], changed, number)
        if self.many and (tally := candidates(self.base, kind, number, changed, self.budget)) is not None:
            return self._won(tally, changed, kind, number)
        return self._from_rows(kind, changed, number)

    def _whole(self, tally: Tally, changed: Changed, number: int, single: int = 0) -> Counts:
        """From all tags of the result, but for some that a single work bears."""
        total = summed(tally, changed.known)
        values = commonest(self._by_id(total, changed), number)
        return Counts(tuple(values), len(total.tags) + len(changed.strangers.tags) + single - len(values))

    def _from_rows(self, kind: int, changed: Changed, number: int) -> Counts:
        tally, single = self.rows[kind]
        loners = self._loners(changed.known, tally)
        tally, single = summed(tally, loners), single - len(loners.tags)
        told = self._whole(tally, changed, number, single)
        if single and (len(told.values) < number or told.values[-1][1] <= 1):
            return self._whole(self.one_by_one[kind], changed, number)
        return told

    def _loners(self, known: Tally, tally: Tally) -> Tally:
        """Tags of changed works that a single work of the base bears too, if that one is in the result."""
        alone = known.tags[(self.part.tags.counts[known.tags] == 1) & ~np.isin(known.tags, tally.tags)]
        places = self.part.tags.works[self.part.tags.starts[alone]]
        there = alone[np.isin(places, sets.places(self.base.places))]
        return Tally(there, np.ones(len(there), np.int64))

    def _won(self, tally: Tally, changed: Changed, kind: int, number: int) -> Counts:
        """From the tags that can be among the commonest, changes added already."""
        values = commonest(self._by_id(tally, changed), number)
        start, end = self.part.arrays["kinds"][kind : kind + 2]
        there = self.present[start:end].copy() if len(changed.known.tags) else self.present[start:end]
        there[changed.known.tags - start] = True
        return Counts(tuple(values), int(np.count_nonzero(there)) + len(changed.strangers.tags) - len(values))

    def _by_id(self, tally: Tally, changed: Changed) -> Tally:
        """Tags by id, and those that the base does not know."""
        ids = self.part.tags.values[tally.tags]
        return Tally(
            np.concatenate([ids, changed.strangers.tags]), np.concatenate([tally.counts, changed.strangers.counts])
        )
