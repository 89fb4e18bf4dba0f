"""What changed works add to the facets of the base: their tags, named as the base names them."""

from typing import NamedTuple

from archive.index.graph import KINDS
from archive.index.part import Part
from archive.index.results import Result
from archive.index.tallies import EMPTY, Tally
from archive.index.tallying import gathered_by_kind


class Changed(NamedTuple):
    """Tags of one kind on changed works."""

    known: Tally
    """Those that some work of the base bears, by their ordinal there, ascending."""
    strangers: Tally
    """Those that none does, by id."""


def changed_by_kind(base: Part, delta: Result) -> list[Changed]:
    """The tags of the changed works that were found, by kind."""
    if not delta.places:
        return [Changed(EMPTY, EMPTY)] * len(KINDS)
    return [_named(base, Tally(delta.part.tags.values[tags], counts)) for tags, counts in gathered_by_kind(delta)]


def _named(base: Part, tally: Tally) -> Changed:
    ordinals = base.tags.places(tally.tags)
    there = ordinals >= 0
    known = Tally(ordinals[there], tally.counts[there]).ordered()
    return Changed(known, Tally(tally.tags[~there], tally.counts[~there]))
