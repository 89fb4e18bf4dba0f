"""Checking: what the index answers beside what plain SQL answers, and the bytes on the disk beside their checksums."""

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import chain, islice
from random import Random
from typing import Any

from archive import changes
from archive.access import Sight
from archive.browse import BrowseQuery
from archive.index import answering, current, folder, plain, snapshots
from archive.index.asking import questions
from archive.index.patience import GivenUp, at_most
from archive.index.selecting import one_moment
from archive.index.state import State

PAGE, FACETS = KINDS = ("page", "facets")
"""What is compared of each question: a page with its total, and all facets."""
SHARE = 6
"""No answer in plain SQL may take more than the whole time by this."""
_TRIES = 5

Asked = tuple[Sight, BrowseQuery]


class NoIndex(Exception):
    """No index stands that could be asked."""


class Outcome(StrEnum):
    """How it went with one answer."""

    ALIKE = "alike"
    DIFFERENT = "different"
    GIVEN_UP = "given up"
    """Plain SQL had no answer in time."""
    UNSETTLED = "unsettled"
    """Changes kept coming between, or wait for the next snapshot."""


@dataclass(frozen=True, slots=True)
class Compared:
    """One answer of the index, laid beside that of plain SQL at the same moment."""

    kind: str
    sight: Sight
    query: BrowseQuery
    outcome: Outcome
    index: Any = None
    plainly: Any = None

    def __str__(self) -> str:
        reader = self.sight.reader
        tags = f", {len(self.sight.blocked)} tags blocked" if self.sight.blocked else ""
        return (
            f"{self.kind} of {self.query.address()} for a reader up to {reader.ceiling.label}"
            f"{'' if reader.adult else ', not agreed to adult works'}{tags}:\n"
            f"  index: {_short(self.index)}\n  plain: {_short(self.plainly)}"
        )


def damaged() -> list[str]:
    """The files of the newest snapshot whose bytes are not those that were written. Reads all of it."""
    found = snapshots.newest()
    return folder.damage(found.folder) if found else []


def compared(number: int, seed: int, seconds: float) -> Iterator[Compared]:
    """Lay the answers to so many random questions beside each other, as many as so many seconds allow.

    All pages first, which take up to half of the time, then facets, which plain SQL needs seconds for in a large
    library. What is left of the questions when the time is up is left out. Raises NoIndex.
    """
    asked = questions(number, Random(seed))  # noqa: S311 - questions, no secrets
    start = time.monotonic()
    for kind, those, until in ((PAGE, iter(asked), start + seconds / 2), (FACETS, _by_turns(asked), start + seconds)):
        while (left := until - time.monotonic()) > 0 and (one := next(those, None)):
            yield _compared(kind, *one, min(left, seconds / SHARE))


def _by_turns(asked: Sequence[Asked]) -> Iterator[Asked]:
    """Those that find few works and those that find many by turns: the index counts their facets in different ways."""
    ordered = sorted(asked, key=lambda one: answering.count(_state(), *one))
    return islice(chain.from_iterable(zip(ordered, reversed(ordered), strict=True)), len(ordered))


def _compared(kind: str, sight: Sight, query: BrowseQuery, patience: float) -> Compared:
    engine, reference = _answers(kind)
    for _ in range(_TRIES):
        before, state, exact = changes.latest(), _state(), current.exact()
        try:
            with at_most(patience), one_moment() as position:
                if position == before and exact:
                    index, plainly = engine(state, sight, query), reference(sight, query)
                    outcome = Outcome.ALIKE if index == plainly else Outcome.DIFFERENT
                    return Compared(kind, sight, query, outcome, index, plainly)
        except GivenUp:
            return Compared(kind, sight, query, Outcome.GIVEN_UP)
    return Compared(kind, sight, query, Outcome.UNSETTLED)


def _answers(kind: str) -> tuple[Callable[..., Any], Callable[..., Any]]:
    if kind == PAGE:
        return answering.page, plain.page
    return answering.facets, plain.facets


def _state() -> State:
    if (state := current.state()) is None:
        raise NoIndex
    return state


def _short(answer: Any) -> str:
    told = str(answer)
    return told if len(told) <= 400 else f"{told[:400]} ..."
