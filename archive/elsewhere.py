"""Works by their homes elsewhere: our copy of one, and the addresses of many."""

from collections.abc import Iterable, Iterator
from itertools import islice

from archive.access import Sight, listed
from archive.formats.homes import is_address
from archive.models import Work
from archive.visible import standings

MOST = 50_000
"""Addresses that are told at once."""
_AT_ONCE = 500
_NO_WORK = 0


def at(source: str, source_id: str) -> int:
    """The id of the work with this home, whoever may know of it; 0 when there is none."""
    rows = Work.everything.filter(identity=f"{source}:{source_id}")
    return rows.values_list("pk", flat=True).first() or _NO_WORK


def addresses(sight: Sight, ids: Iterable[int]) -> Iterator[str]:
    """The homes of these works in their order, of those that still stand on this reader's shelves and state one."""
    numbers = list(islice(ids, MOST))
    for start in range(0, len(numbers), _AT_ONCE):
        part = numbers[start : start + _AT_ONCE]
        found = dict(Work.everything.filter(pk__in=part).values_list("pk", "source_url"))
        # Judged after they were read: an import may have raised one meanwhile.
        stand = {one.work for one in standings(sight, part) if listed(sight, one)}
        yield from (found[number] for number in part if number in stand and is_address(found.get(number, "")))
