"""The change log as the index follows it: what every entry after a position names."""

from dataclasses import dataclass
from datetime import datetime

from archive.models import Change

Position = tuple[int, str]
"""Number and token of an entry of the change log."""
START: Position = (0, "")
"""Before the first entry."""
_COLUMNS = ("number", "token", "works", "tags", "at")


class Elsewhere(Exception):
    """The log does not hold a position: the database was restored, or that entry is no longer kept."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One transaction: the ids of the works and of the tags that it touched."""

    position: Position
    works: tuple[int, ...]
    tags: tuple[int, ...]
    at: datetime
    """When it was written."""


def after(position: Position) -> list[Entry]:
    """All entries after a position, oldest first; raises Elsewhere when the log does not hold that one itself."""
    rows = Change.everything.filter(number__gte=position[0]).order_by("number")
    found = [
        Entry((number, token), tuple(works), tuple(tags), at)
        for number, token, works, tags, at in rows.values_list(*_COLUMNS).iterator(chunk_size=500)
    ]
    if not found or found[0].position != position:
        raise Elsewhere
    return found[1:]


def holds(position: Position) -> bool:
    """Whether the log holds a position. It never holds the start: nothing was ever read there."""
    return Change.everything.filter(number=position[0], token=position[1]).exists()
