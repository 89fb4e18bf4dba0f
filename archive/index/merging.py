"""The order of a question over base and delta: works of both parts, merged where each belongs."""

import numpy as np
from pyroaring import BitMap

from archive.browse import BrowseQuery
from archive.index import sets, walking
from archive.index.arrays import NOTHING, Array
from archive.index.best import best
from archive.index.orders import SORTS
from archive.index.part import Part
from archive.index.results import Results, ids
from archive.index.shuffling import places as shuffled
from archive.index.state import State

_LAST = 2**62


def in_order(state: State, results: Results, query: BrowseQuery, start: int, stop: int) -> tuple[int, ...]:
    """The ids of the works of a result from place `start` to before `stop` of its order."""
    if query.sort == "best":
        opened = BitMap(np.concatenate([one.part.ids[sets.places(one.places & one.view.opened)] for one in results]))
        return tuple(best(query, ids(results).tolist(), opened)[start:stop])
    if query.sort in SORTS:
        return tuple(_by_column(state, results, query, (start, stop)).tolist())
    works = ids(results)
    if query.sort == "random":
        return tuple(_first(works, shuffled(query.seed, works), query, start, stop))
    return tuple(_by_part(works, _positions(results, query), query)[start:stop])


def _by_column(state: State, results: Results, query: BrowseQuery, span: tuple[int, int]) -> Array:
    """Base works near the span, and all that have changed, each in its slot: nothing before them can come between."""
    base, delta = results
    start = max(0, span[0] - len(delta.places))
    order = base.part.orders[query.sort]
    sparse = base.part.sizes.sparse
    near = walking.window(order, base.places, (start, span[1]), ascending=query.ascending, sparse=sparse)
    if not delta.places:
        return base.part.ids[near]
    changed = sets.places(delta.places)
    ranks = order.ranks(near, ascending=query.ascending)
    slots = _slots(state, query.sort, ascending=query.ascending)[changed]
    own = delta.part.orders[query.sort].ranks(changed, ascending=query.ascending)
    works = np.concatenate([base.part.ids[near], delta.part.ids[changed]])
    keys = np.concatenate([(2 * ranks + 1) << 32, (2 * slots << 32) + own])
    return works[np.argsort(keys)][span[0] - start : span[1] - start]


def _slots(state: State, sort: str, *, ascending: bool) -> Array:
    """Before which rank of the base each changed work belongs."""
    key = ("slots", sort, ascending)
    known: Array | None = state.kept.get(key)
    if known is None:
        base, delta = (part.orders[sort] for part in state.parts)
        known = base.slots(state.base.ids, delta, state.delta.ids)
        known = known if ascending else base.turned(known, delta.stating())
        state.keep(key, known)
    return known


def _first(works: Array, keys: Array, query: BrowseQuery, start: int, stop: int) -> list[int]:
    """Works by keys that all differ, without sorting those that come later."""
    keys = keys if query.ascending else ~keys
    if stop < len(keys) // 2:
        near = np.argpartition(keys, stop)[:stop]
        works, keys = works[near], keys[near]
    found: list[int] = works[np.argsort(keys)][start:stop].tolist()
    return found


def _positions(results: Results, query: BrowseQuery) -> Array:
    """The place of each work in the series that are asked for: in several, the lowest."""
    series = [int(term.value) for _, term in query if term.field == "series"]
    return np.concatenate([_positions_in(one.part, sets.places(one.places), series) for one in results])


def _positions_in(part: Part, places: Array, series: list[int]) -> Array:
    lowest = np.full(len(part), _LAST, np.int64)
    for ordinal in part.series.ordinals(series):
        span = part.series.span(ordinal)
        positions = part.arrays["series.positions"][span]
        members = part.series.members(ordinal)
        stated = positions != NOTHING
        lowest[members[stated]] = np.minimum(lowest[members[stated]], positions[stated])
    return lowest[places]


def _by_part(works: Array, positions: Array, query: BrowseQuery) -> list[int]:
    if query.ascending:
        order = np.lexsort((works, positions))
    else:
        order = np.lexsort((-works, np.where(positions == _LAST, _LAST, -positions)))
    found: list[int] = works[order].tolist()
    return found
