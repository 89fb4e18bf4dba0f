"""What tests of the index's life do again and again: make works, build a snapshot, ask both."""

import threading
from pathlib import Path

from archive import changes
from archive.access import Reader, Sight
from archive.browse import BrowseQuery
from archive.index import answering, compacting, current, doubting, plain
from archive.models import Work
from archive.vocabulary import Rating
from tests.rows import row_of_work

EVERYBODY = Sight(Reader(welcome=True, ceiling=Rating.EXPLICIT, adult=True))
CHILD = Sight(Reader(welcome=True, ceiling=Rating.TEEN))


def make(number: int, **stated: object) -> int:
    with changes.recorded():
        row = row_of_work(number)
        for name, value in stated.items():
            setattr(row, name, value)
        row.save()
    return int(row.pk)


def make_many(numbers: range) -> list[int]:
    """As an import does: many works in one transaction."""
    with changes.recorded() as recording:
        rows = Work.everything.bulk_create(row_of_work(number) for number in numbers)
        recording.works.update(row.pk for row in rows)
    return [row.pk for row in rows]


def found(sight: Sight = EVERYBODY) -> list[int]:
    """What the index finds; it must stand."""
    state = current.state()
    assert state is not None
    return sorted(answering.ids(state, sight, BrowseQuery()))


def shelf(sight: Sight = EVERYBODY) -> list[int]:
    return sorted(plain.ids(sight, BrowseQuery()))


def compact() -> Path:
    built = compacting.compact(wait=False)
    assert built is not None
    return built.folder


def settle() -> None:
    """Wait until no snapshot is doubted any more, or it is known to be damaged."""
    for thread in threading.enumerate():
        if thread.name == doubting.READING:
            thread.join()
