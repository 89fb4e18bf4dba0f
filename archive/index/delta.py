"""The delta: a base followed along the change log, with the works that have changed since beside it as they are now.

What is read of a changed work is kept, so that another change reads only what it names and lays the rest out again. A
delta that is full takes in no more of a bulk import: what changes then is hidden until the next snapshot, and pages
stay as fast as they were. It keeps some room for what keepers do by hand meanwhile.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

import numpy as np
from pyroaring import BitMap

from archive.index import log, sets
from archive.index.folder import About
from archive.index.graph import Graph, graph
from archive.index.laying import lay_out, tags_of
from archive.index.log import Entry, Position
from archive.index.part import Part
from archive.index.reading import Rows, rows
from archive.index.refolding import refolded
from archive.index.selecting import one_moment
from archive.index.splicing import extended, spliced
from archive.index.state import State

ROOM = 2_000
"""Works that the delta takes in; with so many, laying it out takes 15 ms, and a question two more."""
RESERVE = 1_000
"""Works beyond these that it takes in from entries that name few."""
FEW = 20
"""Works that one entry names when somebody has changed them by hand."""


@dataclass(frozen=True, slots=True)
class Followed:
    """A base, how far along the log it was followed, and what was read on the way. It is never changed."""

    state: State
    position: Position
    changed: BitMap
    """Ids of all works that were changed, made or deleted since the base was built."""
    inside: BitMap
    """Those of them that the delta has taken in, whether they are there still or not."""
    rows: Rows
    graph: Graph
    lags: bool = False
    """Whether tags of too many works have moved: they are folded as they were, until the next snapshot."""
    since: datetime | None = None
    """When the first work was changed that the delta had no room for."""

    @property
    def base(self) -> Part:
        """What is followed."""
        return self.state.base

    @property
    def hides(self) -> bool:
        """Whether works have changed that the delta has no room for. They are not found at all."""
        return len(self.inside) < len(self.changed)


def begun(base: Part) -> Followed:
    """A base that nothing has been read after."""
    read, none = rows(()), graph(np.empty(0, np.int64), whole=False)
    state = State(base, BitMap(), _part(read, none, base))
    return Followed(state, base.position, BitMap(), BitMap(), read, none)


def followed(before: Followed) -> Followed:
    """The same base at the newest entry of the log. Raises `log.Elsewhere` when the log has nothing to follow on.

    Entries and works are read as at one moment, so that nothing that was written meanwhile is missed.
    """
    with one_moment() as position:
        if position == before.position:
            return before
        if not (entries := log.after(before.position)):
            return before
        tags = {tag for entry in entries for tag in entry.tags}
        moved = refolded(before.base, tags) - before.inside
        inside = _taken_in(before.inside, entries)
        lags = len(inside | moved) > ROOM + RESERVE
        named = BitMap(work for entry in entries for work in entry.works)
        if not lags:
            inside, named = inside | moved, named | moved
        after = replace(
            before,
            position=entries[-1].position,
            changed=before.changed | named,
            inside=inside,
            lags=before.lags or lags,
            since=before.since or _first_left_out(entries, inside),
        )
        return _read(after, named, anew=bool(tags))


def _taken_in(inside: BitMap, entries: Iterable[Entry]) -> BitMap:
    """The works that the delta takes in: those that it has, and of each entry all that find room, or none."""
    for entry in entries:
        together = inside | BitMap(entry.works)
        if len(together) <= ROOM + (RESERVE if len(entry.works) <= FEW else 0):
            inside = together
    return inside


def _first_left_out(entries: Iterable[Entry], inside: BitMap) -> datetime | None:
    return next((entry.at for entry in entries if not inside.issuperset(BitMap(entry.works))), None)


def _read(after: Followed, named: BitMap, *, anew: bool) -> Followed:
    """Read works that were named, and lay the delta out, its tags looked up `anew` if some have moved."""
    base, delta, known, tags = after.base, after.state.delta, after.rows, after.graph
    hidden = after.state.hidden | BitMap(base.ids[sets.places(base.places(named))])
    if wanted := named & after.inside:
        known = spliced(known, sets.places(wanted).astype(np.int64), rows(list(wanted)))
    if wanted or anew:
        tags = graph(tags_of(known), whole=False) if anew else extended(tags, tags_of(known))
        delta = _part(known, tags, base)
    return replace(after, state=State(base, hidden, delta), rows=known, graph=tags)


def _part(read: Rows, tags: Graph, base: Part) -> Part:
    return Part(*lay_out(read, tags, About(sizes=base.sizes)))
