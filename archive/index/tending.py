"""Tending the index: what the worker does all the while, in a thread of its own, so that no long import delays it.

A snapshot is built by a process of its own: it gives way to pages, its memory goes back when it ends, and it may be
killed at any moment. What it had not finished is swept by the next.
"""

import logging
import subprocess
import sys
import threading
import time
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, connection

from archive.index.compacting import Watch

log = logging.getLogger(__name__)

EVERY = 2.0
"""Seconds between two looks."""
REST = 0.5
"""How long nothing is built after a build, as a share of what that took: an import needs the processors too."""
AGAIN = 600.0
"""Seconds until a build that has failed is tried again."""


def tend(stopping: threading.Event) -> None:
    """Build snapshots when they are wanted, until told to stop."""
    watch = Watch()
    pause = EVERY
    while not stopping.wait(pause):
        pause = EVERY
        try:
            wanted = watch.wanted()
        except (DatabaseError, OSError) as error:
            log.warning("the index was not looked after (%s); trying again", type(error).__name__)
            connection.close()
            continue
        if wanted:
            began = time.monotonic()
            built = _build_apart(stopping)
            pause = max(EVERY, REST * (time.monotonic() - began)) if built else AGAIN
    connection.close()


def _build_apart(stopping: threading.Event) -> bool:
    """Have another process build a snapshot, and end it if the worker ends. What goes wrong it says itself."""
    connection.close()
    command = [sys.executable, str(Path(settings.ROOT) / "manage.py"), "rebuild_index", "--gently"]
    with subprocess.Popen(command, cwd=settings.ROOT, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL) as builder:
        while builder.poll() is None:
            if stopping.wait(0.2):
                builder.terminate()
        return builder.returncode == 0
