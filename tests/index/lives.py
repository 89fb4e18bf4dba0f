"""What the processes of a test do in a library of their own: they are told one thing a line, and answer with one."""

import json
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import django

django.setup()

from django.db import connection  # noqa: E402

from archive import changes, keeping, wrangling  # noqa: E402
from archive.access import Reader, Sight  # noqa: E402
from archive.browse import BrowseQuery  # noqa: E402
from archive.index import checking, current, kept, plain  # noqa: E402
from archive.models import Tag, Work  # noqa: E402
from archive.vocabulary import Rating  # noqa: E402
from tests.rows import row_of_work  # noqa: E402

__all__ = ["by_index", "differs", "found", "in_threads", "keeping", "make", "merge", "rate", "shelf", "works"]

EVERYBODY = Sight(Reader(welcome=True, ceiling=Rating.EXPLICIT, adult=True))
CHILD = Sight(Reader(welcome=True, ceiling=Rating.TEEN))


def make(first: int, last: int) -> None:
    """Works of these numbers, each with two tags, some in one transaction."""
    for start in range(first, last, 100):
        with changes.recorded() as recording:
            rows = Work.everything.bulk_create(row_of_work(number) for number in range(start, min(start + 100, last)))
            recording.works.update(row.pk for row in rows)
            wrangling.retag({row.pk: {"freeform": [f"Tag {row.pk % 7}", f"Rare {row.pk // 3}"]} for row in rows})


def rate(work: int) -> None:
    """A work turns out to be for adults."""
    with changes.recorded():
        row = Work.everything.get(pk=work)
        row.rating = Rating.EXPLICIT
        row.save()


def merge(one: str, other: str) -> None:
    """A keeper says that one tag is a spelling of another."""
    tags = {tag.name: tag for tag in Tag.everything.filter(name__in=[one, other])}
    wrangling.make_synonym(tags[one], tags[other])


def works() -> list[int]:
    """The ids of all works."""
    return list(Work.everything.order_by("pk").values_list("pk", flat=True))


def shelf(child: bool = False) -> list[int]:
    """What plain SQL finds."""
    return sorted(plain.ids(CHILD if child else EVERYBODY, BrowseQuery()))


def found(child: bool = False) -> list[int]:
    """What is found by whichever answers."""
    return sorted(kept.ids(CHILD if child else EVERYBODY, BrowseQuery()))


def by_index() -> bool:
    """Whether the index stands for this process."""
    return current.state() is not None


def differs(seed: int, number: int = 8) -> list[str]:
    """Random questions to which the index and plain SQL do not answer alike."""
    return [str(one) for one in checking.compared(number, seed, 600) if one.outcome is not checking.Outcome.ALIKE]


def in_threads(ask: Callable[[], Any], number: int = 8) -> list[Any]:
    """Ask in many threads at once."""

    def asked(_: int) -> Any:
        try:
            return ask()
        finally:
            connection.close()

    with ThreadPoolExecutor(number) as threads:
        return list(threads.map(asked, range(number)))


if __name__ == "__main__":
    for line in sys.stdin:
        sys.stdout.write(json.dumps(eval(json.loads(line))) + "\n")
        sys.stdout.flush()
