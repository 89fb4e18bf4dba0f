"""Visits: questions asked of the whole house, first inside this process and then through a real server."""

import http.client
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from itertools import count
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import connection
from django.test import Client

from archive import catalogue, changes
from archive.access import Kind, Reader
from archive.browse import BrowseQuery
from archive.policy import reader as reader_under
from archive.vocabulary import ArchiveWarning
from tests.bench.cluster import free_port
from tests.bench.figures import Spread
from tests.bench.questions import Question, browsing

ROUNDS = 5
_HOST = "127.0.0.1"
_numbers = count(1)


def settle() -> None:
    """Let Postgres look at its tables, as it does by itself within a minute."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")


def measure(questions: Sequence[Question]) -> dict[str, Any]:
    """Whole responses, in this process and through gunicorn; the slowest questions by name; memory."""
    clients = {False: visitor(None), True: visitor(member())}
    inside = _timed(questions, lambda question: get(clients[question.adult], question.address))
    with _server() as port:
        cookies = {adult: client.cookies.output(header="", sep=";").strip() for adult, client in clients.items()}
        outside = _timed(questions, lambda question: _fetch(port, question.address, cookies[question.adult]))
    slowest = sorted(inside.items(), key=lambda pair: -Spread.of(pair[1]).median)
    return {
        "response": _spread(inside),
        "gunicorn": _spread(outside),
        "slowest": [[_name(question), Spread.of(times).median] for question, times in slowest[:5]],
        "private_mb": private_mb(),
    }


def measure_answers() -> dict[str, Any]:
    """What the door needs for an answer, without the page around it: plain SQL, as long as there is no index."""
    policy = catalogue.policy()
    readers = {adult: reader_under(policy, kind=Kind.MEMBER, adult=adult) for adult in (False, True)}
    return asdict(Spread.of(_answers(readers)))


def _answers(readers: dict[bool, Reader]) -> Iterator[float]:
    for question in browsing():
        params = _parameters(question.address)
        for _ in range(ROUNDS):
            _move_on()
            start = time.perf_counter()
            catalogue.browse(readers[question.adult], BrowseQuery.read(params))
            yield time.perf_counter() - start


def _parameters(address: str) -> dict[str, list[str]]:
    return parse_qs(urlsplit(address).query)


def _timed(questions: Sequence[Question], ask: Callable[[Question], None]) -> dict[Question, list[float]]:
    """Each question several times, each time after a change, so that no kept answer is measured."""
    for question in questions[:3]:
        ask(question)  # whatever is loaded only once
    times: dict[Question, list[float]] = {question: [] for question in questions}
    for _ in range(ROUNDS):
        for question, taken in times.items():
            _move_on()
            start = time.perf_counter()
            ask(question)
            taken.append(time.perf_counter() - start)
    return times


def _move_on() -> None:
    """Put a change into the log."""
    with changes.recorded() as recording:
        recording.works.add(next(_numbers))


def _spread(times: dict[Question, list[float]]) -> dict[str, float]:
    return asdict(Spread.of(one for each in times.values() for one in each))


def _name(question: Question) -> str:
    return f"{question.name}, adult works too" if question.adult else question.name


def member() -> Any:
    """Somebody who sees adult works and is asked about nothing."""
    found, _ = get_user_model()._default_manager.get_or_create(
        username="bench", defaults={"adult_agreed": True, "unasked_warnings": sum(ArchiveWarning)}
    )
    return found


def visitor(account: Any) -> Client:
    """A browser, signed in if there is an account."""
    client = Client(headers={"host": _HOST})
    if account:
        client.force_login(account)
    return client


def get(client: Client, address: str) -> None:
    """Open a page, which has to be there."""
    response = client.get(address)
    _check(address, response.status_code)


def _fetch(port: int, address: str, cookies: str) -> None:
    caller = http.client.HTTPConnection(_HOST, port, timeout=60)
    caller.request("GET", address, headers={"Cookie": cookies} if cookies else {})
    response = caller.getresponse()
    response.read()
    caller.close()
    _check(address, response.status)


def _check(address: str, status: int) -> None:
    if status >= 400:
        raise RuntimeError(f"{address} was answered with {status}")


@contextmanager
def _server() -> Iterator[int]:
    """The house behind gunicorn, on a free port of this machine."""
    port = free_port()
    module, _, name = settings.WSGI_APPLICATION.rpartition(".")
    command = [sys.executable, "-m", "gunicorn", f"{module}:{name}", "--bind", f"{_HOST}:{port}", "--workers", "2"]
    command += ["--threads", "2", "--no-control-socket", "--log-level", "error"]
    with subprocess.Popen(command, cwd=settings.ROOT) as server:
        try:
            _wait_for(port)
            yield port
        finally:
            server.terminate()


def _wait_for(port: int) -> None:
    for _ in range(200):
        with socket.socket() as trial:
            if trial.connect_ex((_HOST, port)) == 0:
                return
        time.sleep(0.1)
    raise RuntimeError("the server did not start")


def private_mb() -> float:
    """Memory that is this process's own, in megabytes; 0 where the system does not say."""
    rollup = Path("/proc/self/smaps_rollup")
    if not rollup.exists():
        return 0
    lines = [line.split() for line in rollup.read_text().splitlines() if line.startswith("Private")]
    return round(sum(int(line[1]) for line in lines) / 1024, 1)
