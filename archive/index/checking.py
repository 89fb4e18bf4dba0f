"""Checking: what the index answers beside what plain SQL answers, and the bytes on the disk beside their checksums."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from random import Random
from typing import Any

from archive import changes
from archive.access import Sight
from archive.browse import BrowseQuery
from archive.index import answering, current, folder, plain, snapshots
from archive.index.asking import questions
from archive.index.state import State

_TRIES = 5


@dataclass(frozen=True, slots=True)
class Difference:
    """One question to which two answers were given."""

    what: str
    sight: Sight
    query: BrowseQuery
    index: Any
    plainly: Any

    def __str__(self) -> str:
        reader = self.sight.reader
        tags = f", {len(self.sight.blocked)} tags blocked" if self.sight.blocked else ""
        return (
            f"{self.what} of {self.query.address()} for a reader up to {reader.ceiling.label}"
            f"{'' if reader.adult else ', not agreed to adult works'}{tags}:\n"
            f"  index: {_short(self.index)}\n  plain: {_short(self.plainly)}"
        )


def damaged() -> list[str]:
    """The files of the newest snapshot whose bytes are not those that were written. Reads all of it."""
    found = snapshots.newest()
    return folder.damage(found.folder) if found else []


def differences(number: int, seed: int) -> Iterator[Difference | None]:
    """Ask so many random questions; for each a difference, or None when both answer alike.

    One that changes keep coming between is passed over. Raises ValueError when there is no index to ask.
    """
    for sight, query in questions(number, Random(seed)):  # noqa: S311 - questions, no secrets
        yield _difference(sight, query)


def _difference(sight: Sight, query: BrowseQuery) -> Difference | None:
    pairs: tuple[tuple[str, Callable[..., Any], Callable[..., Any]], ...] = (
        ("page", answering.page, plain.page),
        ("count", answering.count, plain.count),
        ("facets", answering.facets, plain.facets),
    )
    for what, engine, reference in pairs:
        for _ in range(_TRIES):
            state, position = _state(), changes.latest()
            index, plainly = engine(state, sight, query), reference(sight, query)
            if changes.latest() == position and _state() is state:
                if index != plainly:
                    return Difference(what, sight, query, index, plainly)
                break
    return None


def _state() -> State:
    if (state := current.state()) is None:
        raise ValueError("there is no index")
    return state


def _short(answer: Any) -> str:
    told = str(answer)
    return told if len(told) <= 400 else f"{told[:400]} ..."
