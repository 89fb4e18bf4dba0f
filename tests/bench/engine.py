"""The engine by itself: what the index answers warm, changed and cold, beside what plain SQL answers of the same."""

import os
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from random import Random
from typing import Any
from urllib.parse import parse_qs, urlsplit

from django.db import OperationalError, connection

from archive import catalogue, changes, index, policy, visible
from archive.access import Kind, Sight
from archive.browse import BrowseQuery
from archive.index import compacting, current, plain
from archive.models import Work
from archive.vocabulary import ArchiveWarning
from reader import rules
from tests.bench import accounts
from tests.bench.figures import Clock, Spread, spread
from tests.bench.holdings import holdings
from tests.bench.memory import private_mb
from tests.bench.questions import STRANGER, Question
from tests.bench.shapes import two_hundred

Asked = tuple[Sight, BrowseQuery]
ROUNDS, CHANGED = 5, 1_000
SUGGESTIONS, LIKE = 200, 100


def rebuild() -> dict[str, Any]:
    """Build a snapshot from the database: how long it takes, and how large it is."""
    start = time.perf_counter()
    built = compacting.compact(wait=True)
    seconds = round(time.perf_counter() - start, 1)
    os.sync()  # pages of a file that are not written out yet count as memory of whoever reads them
    return {"rebuild_s": seconds, "snapshot_mb": round(_size(built.folder) / 1e6, 1) if built else 0}


def cold(address: str) -> dict[str, Any]:
    """From a worker that knows nothing of the index to its first answer; then the memory that two hundred need."""
    before = private_mb()
    catalogue.policy()  # the database is open by then: a request has asked who is there
    asked = (_sight(STRANGER), _query(address))
    start = time.perf_counter()
    _page(asked)
    _facets(asked)
    taken = time.perf_counter() - start
    for one in _asked(two_hundred()):
        _both(one)
    return {"cold_ms": round(1000 * taken, 1), "private_mb": round(private_mb() - before, 1)}


def answers(seconds: float, limit: float) -> dict[str, Any]:
    """Every question warm, with a thousand changes, and as many in plain SQL as `seconds` allow, each up to `limit`."""
    questions = two_hundred()
    asked = list(_asked(questions))
    found: dict[str, Any] = {"indexed": current.state() is not None}
    found["page_total"] = _spread(asked, _page)
    found["facets"] = _spread(asked, _both)
    found |= _names_and_likes()
    found["sql"] = _plainly(asked, seconds, limit)
    _change()
    found["facets_changed"] = _spread(asked, _both)
    return found


def _page(asked: Asked) -> None:
    index.page(*asked)


def _facets(asked: Asked) -> None:
    index.facets(*asked)


def _both(asked: Asked) -> None:
    _page(asked)
    _facets(asked)


def _spread(asked: Sequence[Asked], ask: Callable[[Asked], None]) -> dict[str, Any]:
    """Each question several times, by turns, after all were asked once."""
    clocks = [Clock() for _ in asked]
    for one in asked:
        ask(one)
    for _ in range(ROUNDS):
        for one, clock in zip(asked, clocks, strict=True):
            with clock.running():
                ask(one)
    return spread(clocks)


def _plainly(asked: Sequence[Asked], seconds: float, limit: float) -> dict[str, Any]:
    """Some of the questions, from all over, until the time is up."""
    end = time.perf_counter() + seconds
    times, given_up = [], 0
    for one in Random(0).sample(asked, len(asked)):
        if time.perf_counter() >= end:
            break
        start = time.perf_counter()
        try:
            with _at_most(limit):
                plain.page(*one)
                plain.facets(*one)
        except OperationalError:
            given_up += 1
        times.append(time.perf_counter() - start)
    return {**asdict(Spread.of(times)), "asked": len(times), "given_up": given_up}


@contextmanager
def _at_most(seconds: float) -> Iterator[None]:
    """Questions to the database that take longer end in an OperationalError; on Postgres each by itself."""
    end = time.perf_counter() + seconds
    if connection.vendor == "sqlite":
        connection.connection.set_progress_handler(lambda: time.perf_counter() > end, 100_000)
        try:
            yield
        finally:
            connection.connection.set_progress_handler(None, 0)
    else:
        with connection.cursor() as cursor:
            cursor.execute(f"SET statement_timeout = {int(1000 * seconds)}")
        try:
            yield
        finally:
            with connection.cursor() as cursor:
                cursor.execute("RESET statement_timeout")


def _names_and_likes() -> dict[str, Any]:
    """Letters of names that are typed, and works like others."""
    random = Random(1)
    held = holdings(random)
    slugs = [term.value.replace("-", " ") for term in (*held.common, *held.rare)]
    typed = [random.choice(slugs)[: random.randint(1, 8)].strip() for _ in range(SUGGESTIONS)]
    reader = _reader(accounts.account(STRANGER))
    sight = visible.sight(reader)
    works = held.works[:LIKE] or list(Work.everything.values_list("pk", flat=True)[:LIKE])
    return {
        "suggest": _timed(typed, lambda letters: catalogue.suggest(reader, None, letters)),
        "like": _timed(works, lambda work: index.like(sight, work)),
    }


def _timed(things: Sequence[Any], ask: Callable[[Any], object]) -> dict[str, Any]:
    clocks = []
    for thing in things:
        clocks.append(Clock())
        for _ in range(3):
            with clocks[-1].running():
                ask(thing)
    return spread(clocks)


def _change() -> None:
    """Put a thousand works into the change log, as an import that brings newer copies does: a hundred at a time."""
    number = Work.everything.count()
    ids = sorted(Random(2).sample(list(Work.everything.values_list("pk", flat=True)), min(CHANGED, number)))
    for start in range(0, len(ids), 100):
        with changes.recorded() as recording:
            recording.works.update(ids[start : start + 100])


def _asked(questions: Sequence[Question]) -> Iterator[Asked]:
    sights = {reader: _sight(reader) for reader in {question.reader for question in questions}}
    return ((sights[question.reader], _query(question.address)) for question in questions)


def _query(address: str) -> BrowseQuery:
    return BrowseQuery.read(parse_qs(urlsplit(address).query))


def _sight(reader: str) -> Sight:
    return visible.sight(_reader(accounts.account(reader)))


def _reader(account: Any) -> Any:
    """The reader that an account is, as `reader.readers` makes it of a request."""
    if account is None:
        return policy.reader(catalogue.policy(), kind=Kind.STRANGER)
    member = policy.reader(
        catalogue.policy(),
        kind=Kind.MEMBER,
        adult=account.adult_agreed,
        unasked=ArchiveWarning(account.unasked_warnings),
    )
    return rules.ruled(member, account)


def _size(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
