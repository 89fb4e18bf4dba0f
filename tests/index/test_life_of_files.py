"""Files brought in again, works joined, originals read anew, a library exported and back: index and search follow."""

from collections.abc import Callable, Iterator
from contextlib import suppress
from itertools import count
from pathlib import Path
from random import Random
from typing import Any

import pytest

from archive import duplicates
from archive.importing import import_files
from archive.index import checking, compacting, current
from archive.models import Work
from archive.search import following
from tests.importing.exports import write
from tests.importing.test_rereading import again as read_again
from tests.importing.test_rereading import better, retitled
from tests.search import test_finding as finding
from tests.test_exporting import again as there_and_back

__all__ = ["better"]

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("new_index")]

STEPS = ("bring", "bring", "again", "join", "join", "reread", "export", "compact")


def bring(draw: Random, folder: Path, number: int) -> None:
    """A new work, or an older one otherwise; every other one has no source, so that it may be joined."""
    labels = {
        "Rating": draw.choice(["General Audiences", "Mature", "Explicit"]),
        "Fandom": draw.choice(["Harbour Lights", "The Lighthouse Cycle"]),
        "Additional Tags": ", ".join(draw.sample(["Fluff", "Angst", "Slow Burn", "Sea"], 2)),
        "Work_ID": "" if number % 2 else str(number),
        "Author": draw.choice(["quillfeather", "Ada"]),
    }
    body = "\n\n".join(finding.prose(draw, 40) for _ in range(5))
    import_files([write(folder, number, body=body, **labels)], jobs=0)


def join(draw: Random) -> None:
    works = list(Work.everything.order_by("pk").values_list("pk", flat=True))
    if len(works) > 1:
        with suppress(duplicates.CannotJoin):
            duplicates.join(*draw.sample(works, 2))


def step(what: str, draw: Random, folder: Path, numbers: Iterator[int]) -> None:
    if what == "bring":
        bring(draw, folder, next(numbers))
    elif what == "again":
        bring(draw, folder, draw.choice([1, 2]))
    elif what == "join":
        join(draw)
    elif what == "reread":
        read_again()
    elif what == "export":
        before, after = there_and_back(folder)
        assert after == before
    else:
        compacting.compact(wait=False)


@pytest.mark.parametrize("seed", range(2))
def test_index_and_search_tell_what_plain_sql_and_reading_all_tell(
    seed: int, tmp_path: Path, better: Callable[[Any], None]
) -> None:
    draw, numbers = Random(seed), count(1)
    for _ in range(4):
        bring(draw, tmp_path, next(numbers))
    compacting.compact(wait=False)
    better(retitled)
    order = draw.sample(STEPS, len(STEPS))
    for turn, what in enumerate(order):
        step(what, draw, tmp_path, numbers)
        if draw.random() < 0.7:
            following.follow()
        assert current.state() is not None, what
        compared = checking.compared(8, 100 * seed + turn, 600)
        assert [str(one) for one in compared if one.outcome is not checking.Outcome.ALIKE] == [], order[: turn + 1]
        finding.exact()
    following.follow()
    finding.complete()
