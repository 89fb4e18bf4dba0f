"""Names from the index: the best for letters that are typed, and all of a kind from A to Z."""

from bisect import insort
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, groupby
from operator import itemgetter
from typing import Any

import numpy as np

from archive.access import Sight
from archive.index import seeing
from archive.index.arrays import Array
from archive.index.graph import KINDS
from archive.index.keys import PEOPLE
from archive.index.matching import EXACT, LETTERS_WITHIN, STARTS, WITHIN, met
from archive.index.names import Names
from archive.index.part import Part
from archive.index.sections import starts_of
from archive.index.state import State
from archive.names.changed import Changed, changed
from archive.names.columns import Column
from archive.names.seen import Seen, postings_of

Ranked = tuple[int, int, int, int]
"""How well letters meet a name (see `matching`), how many listed works are under its head (negative, so that the best
come first), the rank of its kind, and the head."""

_MOST_COLUMNS = 8
_A_FEW = 64


class NoNames(Exception):
    """The snapshot has no names: plain SQL has to answer."""


def names_of(part: Part, kind: str) -> Names:
    """The names of one kind in a snapshot. Raises NoNames for one without."""
    try:
        return Names(part.arrays, kind)
    except KeyError:
        raise NoNames from None


def best(seen: Seen, kinds: Mapping[str, int], letters: str, most: int) -> list[Ranked]:
    """The best names for letters that are typed, of kinds with the rank of each among names that are equally good."""
    searches = [_Search(names_of(seen.state.base, kind), seen, kind, rank, letters) for kind, rank in kinds.items()]
    changed: list[Ranked] = []
    for search in searches:
        search.among_changed(changed, most)
    found: list[Ranked] = []
    for how in (EXACT, STARTS, WITHIN):
        ranked = sorted(one for one in changed if one[0] == how)
        for search in searches:
            search.among_others(how, ranked, most - len(found))
        found += ranked[: most - len(found)]
        if len(found) == most:
            break
    return found


class _Search:
    """One kind of names looked through for one reader's letters."""

    def __init__(self, names: Names, seen: Seen, kind: str, rank: int, letters: str) -> None:
        self._names, self._seen, self._kind, self._rank, self._letters = names, seen, kind, rank, letters
        self._changed = changed(seen.state, kind)
        self._done: set[int] = set()
        """Heads of names that have been met."""

    def among_changed(self, ranked: list[Ranked], most: int) -> None:
        """Add the best for each way of being met among the names of changed works; heavier ones come first there."""
        counts = {met: sorted(count for how, count, *_ in ranked if how == met) for met in (EXACT, STARTS, WITHIN)}
        for exactly in (True, False):
            having = self._changed.having(self._letters, exactly=exactly)
            for head, names in groupby(having, key=itemgetter(0)):
                bound = self._changed.bounds[head]
                if not exactly and _none_follows(counts[STARTS], most, bound):
                    break
                how = self._met(names)
                if head in self._done or how is None or _none_follows(counts[how], most, bound):
                    continue
                if count := self._seen.under(self._kind, head):
                    insort(counts[how], -count)
                    ranked.append((how, -count, self._rank, head))
                    self._done.add(head)

    def _met(self, names: Iterable[Changed]) -> int | None:
        """How well the letters meet one of these that stands for itself, or that a listed work carries."""
        best = None
        for name in names:
            how = met(name.key, self._letters)
            if how is None or (best is not None and how >= best):
                continue
            if name.id == name.head or self._seen.carrying(name.id):
                best = how
                if how < WITHIN:  # a head that is meant exactly was found by itself before
                    break
        return best

    def among_others(self, how: int, ranked: list[Ranked], wanted: int) -> None:
        """Add names of the base to the best so far. Heavier heads come first there: it ends when none can follow.

        What changed works bear is not among them, so that the base alone tells how many works there are.
        """
        names, elsewhere = self._names, self._changed.passed
        for places in chain.from_iterable(map(_by_turns, names.met(self._letters, how))):
            rows = (names.weights[places].tolist(), names.heads[places].tolist(), names.ids[places].tolist())
            for weight, head, own in zip(*rows, strict=True):
                if len(ranked) >= wanted and (how, -weight, self._rank, head) > ranked[wanted - 1]:
                    return
                if head in self._done or head in elsewhere or own in elsewhere:
                    continue
                if own == head or self._seen.in_base("raw", own):
                    self._done.add(head)
                    if count := self._seen.in_base(self._kind, head):
                        insort(ranked, (how, -count, self._rank, head))


def _by_turns(places: Array) -> Iterator[Array]:
    """A few first, since they are often enough."""
    return (some for some in (places[:_A_FEW], places[_A_FEW:]) if len(some))


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
    names = names_of(state.base, kind)
    counts, strangers = Seen(state, sight).counts(kind)
    new = sorted((name.key, name.id) for name in changed(state, kind).own() if name.id in strangers)
    keys, new_ids = [key for key, _ in new], np.array([pk for _, pk in new], np.int64)
    before = np.array([names.before(key) for key in keys], np.int64)
    ids = names.ids[names.alphabet]
    return Column.counted(
        np.insert(ids, before, new_ids),
        np.insert(counts[_ordinals(state.base, kind, names, ids)], before, [strangers[pk] for _, pk in new]),
        names.sections + np.array(starts_of(keys)),
    )


def _ordinals(base: Part, kind: str, names: Names, ids: Array) -> Array:
    """The ordinals of all heads in the order of their keys: those of tags come as names do, heavier ones first."""
    if kind in PEOPLE:
        return postings_of(base, kind).places(ids)
    return base.kinds[KINDS.index(kind)] + names.ranks()


def matching(state: State, kind: str, letters: str) -> set[int]:
    """The ids of all heads of a kind whose own names letters meet, whoever may know of them."""
    names = names_of(state.base, kind)
    how = WITHIN if len(letters) >= LETTERS_WITHIN else STARTS
    met_here = [names.ids[places][names.ids[places] == names.heads[places]] for places in names.met(letters, how)]
    found = set(np.concatenate([np.empty(0, np.int64), *met_here]).tolist())
    return found | {name.id for name in changed(state, kind).own() if met(name.key, letters) is not None}
