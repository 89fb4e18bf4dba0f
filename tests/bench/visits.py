"""Visits: questions asked of the whole house, first inside this process and then through a real server."""

import http.client
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from statistics import median
from time import sleep
from typing import Any

from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.bench.accounts import HOST, browsers
from tests.bench.cluster import free_port
from tests.bench.figures import Clock, spread
from tests.bench.memory import private_mb
from tests.bench.questions import Question

ROUNDS = 3


def settle() -> None:
    """Let Postgres look at its tables, as it does by itself within a minute."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")


def measure(questions: Sequence[Question], others: Sequence[Question] = ()) -> dict[str, Any]:
    """Whole responses, in this process and through gunicorn; the slowest questions by name; queries, size, memory.

    The `others` are asked through gunicorn only, and told apart.
    """
    clients = browsers()
    inside = _timed(questions, lambda question: get(clients[question.reader], question.address))
    with _server() as port:
        cookies = {reader: one.cookies.output(header="", sep=";").strip() for reader, one in clients.items()}

        def fetch(question: Question) -> None:
            _fetch(port, question.address, cookies[question.reader])

        outside = _timed(questions, fetch)
        apart = _timed(others, fetch)
    slowest = sorted(outside.items(), key=lambda pair: -min(pair[1].clock))
    return {
        "inside": spread(inside.values()),
        "response": spread(outside.values()),
        "others": spread(apart.values()),
        "slowest": [[str(question), round(1000 * min(clock.clock), 1)] for question, clock in slowest[:5]],
        "page": _leanness(clients, questions),
        "process_mb": private_mb(),
    }


def _leanness(clients: dict[str, Client], questions: Sequence[Question]) -> dict[str, float]:
    """The most queries that a page costs, and the most kilobytes it has."""
    queries, sizes = [], []
    for question in questions:
        with CaptureQueriesContext(connection) as captured:
            sizes.append(len(get(clients[question.reader], question.address).content))
        queries.append(len(captured))
    return {"queries": max(queries), "usual_queries": median(queries), "kilobytes": round(max(sizes) / 1024, 1)}


def _timed(questions: Sequence[Question], ask: Callable[[Question], object]) -> dict[Question, Clock]:
    """Each question several times, by turns, after all were asked once: what is loaded only once is loaded by then."""
    for question in questions:
        ask(question)
    clocks = {question: Clock() for question in questions}
    for _ in range(ROUNDS):
        for question, clock in clocks.items():
            with clock.running():
                ask(question)
    return clocks


def get(client: Client, address: str) -> Any:
    """Open a page, which has to be there."""
    response = client.get(address)
    _check(address, response.status_code)
    return response


def _fetch(port: int, address: str, cookies: str) -> None:
    caller = http.client.HTTPConnection(HOST, port, timeout=60)
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
    command = [sys.executable, "-m", "gunicorn", f"{module}:{name}", "--bind", f"{HOST}:{port}", "--workers", "2"]
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
            if trial.connect_ex((HOST, port)) == 0:
                return
        sleep(0.1)
    raise RuntimeError("the server did not start")
