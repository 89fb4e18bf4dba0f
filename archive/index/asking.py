"""What is asked of the index beside shelves: the works that are like one."""

from archive.access import Sight
from archive.index import plain
from archive.index.kept import _once as once


def like(sight: Sight, work: int) -> tuple[int, ...]:
    """The works that are likest to a work, best first; none when it is not listed."""
    return once(("like", work), sight, lambda: plain.like(sight, work))
