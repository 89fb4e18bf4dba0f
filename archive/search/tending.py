"""Reading words and texts: what the worker does all the while, in a thread of its own: no long import delays it.

It gives way twice: its niceness is low, and after each turn it rests, for longer while a task runs, since both are one
process and an import has the database to wait for as well.
"""

import logging
import os
import threading
import time
from contextlib import suppress

from django.db import DatabaseError, connection
from django_tasks_db.models import DBTaskResult

from archive import locks
from archive.search import following

log = logging.getLogger(__name__)

EVERY, TURN = 1.0, 2.0
"""Seconds of rest between two turns, and what one turn may take."""
REST = 3.0
"""How long it rests while a task runs, as a share of what a turn took."""
AGAIN = 60.0
"""Seconds until what has failed is tried again."""
_LOW = 10
"""The niceness of the thread."""


def tend(stopping: threading.Event) -> None:
    """Keep the index of words up to date until told to stop."""
    with suppress(OSError):
        os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), _LOW)
    pause = 0.0
    while not stopping.wait(pause):
        began = time.monotonic()
        try:
            turn(stopping)
            busy = DBTaskResult.objects.running().exists()
            pause = max(EVERY, REST * (time.monotonic() - began)) if busy else EVERY
        except (DatabaseError, OSError) as error:
            log.warning("the words were not looked after (%s); trying again", type(error).__name__)
            pause = AGAIN
        except Exception:
            log.exception("the words could not be read; trying again")
            pause = AGAIN
        if pause == AGAIN:
            connection.close()
    connection.close()


def turn(stopping: threading.Event) -> bool:
    """Read for a short while; whether nothing is left to do, or another process is at it."""
    end = time.monotonic() + TURN
    try:
        return following.follow(lambda: stopping.is_set() or time.monotonic() >= end)
    except locks.Taken:
        return True
