"""A connection to Postgres is seen to be alive; only one that may be lost is asked."""

import socket
from collections.abc import Iterator
from dataclasses import dataclass

import psycopg
import pytest

from reader.postgres.base import DatabaseWrapper

Line = tuple[socket.socket, socket.socket]


@dataclass
class Asked:
    """A connection of which it is noted when the server is asked, who answers nothing any more."""

    line: socket.socket
    closed: bool = False
    times: int = 0

    def fileno(self) -> int:
        return self.line.fileno()

    def cursor(self) -> None:
        self.times += 1
        raise psycopg.OperationalError("the connection is lost")


@pytest.fixture
def line() -> Iterator[Line]:
    """Our end of a connection, and the server's."""
    ours, theirs = socket.socketpair()
    with ours, theirs:
        yield ours, theirs


def connected(ours: socket.socket) -> tuple[DatabaseWrapper, Asked]:
    database, asked = DatabaseWrapper({"NAME": "library", "OPTIONS": {}}), Asked(ours)
    database.connection = asked
    return database, asked


def test_a_server_that_says_nothing_is_there_and_is_not_asked(line: Line) -> None:
    database, asked = connected(line[0])
    assert database.is_usable()
    assert not asked.times


def test_a_connection_that_the_server_has_closed_is_not_used(line: Line) -> None:
    database, _ = connected(line[0])
    line[1].close()
    assert not database.is_usable()


def test_a_server_that_takes_its_leave_is_asked(line: Line) -> None:
    database, asked = connected(line[0])
    line[1].sendall(b"terminating connection due to administrator command")
    assert not database.is_usable()
    assert asked.times == 1


def test_after_an_error_the_server_is_asked_whether_it_is_there(line: Line) -> None:
    database, asked = connected(line[0])
    database.errors_occurred = True
    assert not database.is_usable()
    assert asked.times == 1


def test_a_connection_that_is_known_to_be_lost_is_not_used() -> None:
    database = DatabaseWrapper({"NAME": "library", "OPTIONS": {}})
    assert not database.is_usable()
