"""Forgetting: entries of the change log that nobody will read again, so that it stays short."""

from collections.abc import Callable, Iterable, Iterator

from django.db.models import Max

from archive.index import snapshots
from archive.models import Change, DuplicateSearch
from archive.search.documents import Kind
from archive.search.store import store

MARGIN = 10_000
"""Entries that are kept for whoever has fallen behind: a process that was idle for long, a snapshot put back."""


def _searched() -> Iterator[int]:
    index = store()
    for each in (index, index.successor()):
        if each is not None:
            with each.reading() as here:
                yield from [here.mark(kind).number for kind in Kind]


READERS: tuple[Callable[[], Iterable[int]], ...] = (
    snapshots.positions,
    _searched,
    lambda: DuplicateSearch.everything.values_list("number", flat=True),
)
"""Whoever follows the log tells up to which entries it has come. That entry and all after it are kept."""


def forget_changes() -> int:
    """Delete what every reader of the log has behind it, but for a margin, and never the newest; returns how many."""
    newest = Change.everything.aggregate(newest=Max("number"))["newest"] or 0
    behind = min([newest, *(number for reader in READERS for number in reader())]) - MARGIN
    return Change.everything.filter(number__lt=behind).delete()[0]
