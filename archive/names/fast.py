"""Names from the index: the best for letters that are typed, and all of a kind from A to Z."""

from bisect import insort
from collections.abc import Collection, Iterable, Sequence
from itertools import groupby
from operator import itemgetter
from typing import Any

import numpy as np

from archive.access import Sight
from archive.index import seeing
from archive.index.matching import EXACT, LETTERS_WITHIN, STARTS, WITHIN, met
from archive.index.names import Names
from archive.index.part import Part
from archive.index.sections import starts_of
from archive.index.state import State
from archive.names.changed import Changed, changed, there
from archive.names.columns import Column
from archive.names.seen import Seen, postings_of

Best = dict[int, tuple[int, int]]
"""By id of a head: how well letters meet it (see `matching`), and how many listed works are under it."""


_MOST_COLUMNS = 8


class NoNames(Exception):
    """The snapshot has no names: plain SQL has to answer."""


def names_of(part: Part, kind: str) -> Names:
    """The names of one kind in a snapshot. Raises NoNames for one without."""
    try:
        return Names(part.arrays, kind)
    except KeyError:
        raise NoNames from None


def best(seen: Seen, kind: str, letters: str, most: int) -> Best:
    """The best names of a kind for letters that are typed."""
    search = _Search(names_of(seen.state.base, kind), seen, kind, letters)
    others = search.changed(most)
    found: Best = {}
    for how in (EXACT, STARTS, WITHIN):
        if (wanted := most - len(found)) > 0:
            ranked = sorted((-count, head) for head, (met, count) in others.items() if met == how)
            for count, head in search.ranked(how, ranked[:wanted], found.keys(), wanted):
                found[head] = how, -count
    return found


_Ranked = list[tuple[int, int]]
"""Negative counts and heads, the best first."""


class _Search:
    """One kind of names looked through for one reader's letters."""

    def __init__(self, names: Names, seen: Seen, kind: str, letters: str) -> None:
        self._names, self._seen, self._kind, self._letters = names, seen, kind, letters
        self._changed = changed(seen.state, kind)

    def changed(self, most: int) -> Best:
        """The best for each way of being met among the names of changed works; heavier ones are looked at first."""
        found: Best = {}
        counts: dict[int, list[int]] = {EXACT: [], STARTS: [], WITHIN: []}
        for exactly in (True, False):
            having = self._changed.having(self._letters, exactly=exactly)
            for head, names in groupby(having, key=itemgetter(0)):
                bound = self._changed.bounds[head]
                if not exactly and _none_follows(counts[STARTS], most, bound):
                    break
                how = self._met(names)
                if head in found or how is None or _none_follows(counts[how], most, bound):
                    continue
                if count := self._seen.under(self._kind, head):
                    insort(counts[how], -count)
                    found[head] = how, count
        return found

    def _met(self, names: Iterable[Changed]) -> int | None:
        """How well the letters meet one of these that stands for itself, or that a listed work carries."""
        best = None
        for name in names:
            how = met(name.key, self._letters)
            if how is None or (best is not None and how >= best):
                continue
            if name.id == name.head or self._carried(name.id):
                best = how
                if how < WITHIN:  # a head that is meant exactly was found by itself before
                    break
        return best

    def ranked(self, how: int, ranked: _Ranked, passed: Collection[int], wanted: int) -> _Ranked:
        """The best so far with those of the base. Heavier heads come first there: it ends when none can follow."""
        done, elsewhere = set(passed), self._changed.passed
        names = self._names
        for places in names.met(self._letters, how):
            rows = (names.weights[places].tolist(), names.heads[places].tolist(), names.ids[places].tolist())
            for weight, head, own in zip(*rows, strict=True):
                if len(ranked) >= wanted and (-weight, head) > ranked[wanted - 1]:
                    return ranked[:wanted]
                if head in done or head in elsewhere or own in elsewhere:
                    continue
                if own == head or self._carried(own):
                    done.add(head)
                    if count := self._seen.under(self._kind, head):
                        insort(ranked, (-count, head))
        return ranked[:wanted]

    def _carried(self, tag: int) -> bool:
        return bool(self._seen.carrying(tag))


def _none_follows(counts: Sequence[int], most: int, bound: int) -> bool:
    """Whether none that has at most so many works comes among the best of these (negative, ascending)."""
    return len(counts) >= most and bound < -counts[most - 1]


def column(state: State, sight: Sight, kind: str) -> Column:
    """All names of a kind with their listed works; a few are kept with the state, since each takes a moment."""
    key = (kind, *seeing.shelf(sight))
    known: dict[Any, Column] = state.kept.setdefault("columns", {})
    if (found := known.get(key)) is None:
        found = _column(state, sight, kind)
        if len(known) >= _MOST_COLUMNS:
            known.clear()
        known[key] = found
    return found


def _column(state: State, sight: Sight, kind: str) -> Column:
    names, base, delta = names_of(state.base, kind), postings_of(state.base, kind), postings_of(state.delta, kind)
    in_base, in_delta = Seen(state, sight).counts(kind)
    ids = names.ids[names.alphabet]
    counts = there(in_base, base.places(ids)) + there(in_delta, delta.places(ids))
    heads = changed(state, kind).own()
    absent = base.places(np.array([name.id for name in heads], np.int64)) < 0
    new = sorted((name.key, name.id) for name, none in zip(heads, absent, strict=True) if none)
    keys, new_ids = [key for key, _ in new], np.array([pk for _, pk in new], np.int64)
    before = np.array([names.before(key) for key in keys], np.int64)
    return Column.counted(
        np.insert(ids, before, new_ids),
        np.insert(counts, before, there(in_delta, delta.places(new_ids))),
        names.sections + np.array(starts_of(keys)),
    )


def matching(state: State, kind: str, letters: str) -> set[int]:
    """The ids of all heads of a kind whose own names letters meet, whoever may know of them."""
    names = names_of(state.base, kind)
    how = WITHIN if len(letters) >= LETTERS_WITHIN else STARTS
    met_here = [names.ids[places][names.ids[places] == names.heads[places]] for places in names.met(letters, how)]
    found = set(np.concatenate([np.empty(0, np.int64), *met_here]).tolist())
    return found | {name.id for name in changed(state, kind).own() if met(name.key, letters) is not None}
