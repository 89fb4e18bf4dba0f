"""The worker: one process that runs queued tasks, does the chores, and shows that it lives."""

import logging
import os
import platform
import signal
import threading
import time
from collections.abc import Iterable
from datetime import timedelta
from types import FrameType

from django.db import DatabaseError, close_old_connections, connection
from django.utils import timezone
from django_tasks import DEFAULT_TASK_BACKEND_ALIAS
from django_tasks_db.management.commands import db_worker
from django_tasks_db.models import DBTaskResult

from archive import intake, locks
from archive.chores import CHORES, Chore
from archive.index import tending as index
from archive.models import WorkerBeat
from archive.search import tending as words

log = logging.getLogger(__name__)

BEAT = 15.0
ALIVE = timedelta(seconds=4 * BEAT)
TENDING = (index.tend, words.tend)
"""What is done all the while, each in a thread of its own: no task that takes an hour delays it."""
ATTEMPTS = 3
"""A task that has taken the worker down with it so often is given up."""


class Lost(Exception):
    """What is written down as the error of a task that has ended the worker again and again."""


def alive() -> bool:
    """Whether a worker has shown life lately."""
    return WorkerBeat.everything.filter(at__gte=timezone.now() - ALIVE).exists()


def beat() -> None:
    """Show life."""
    WorkerBeat.everything.update_or_create(pk=1, defaults={"at": timezone.now()})


def requeue_orphans() -> int:
    """Queue again what was running when the last worker was killed. Only for whoever holds the worker's lock."""
    orphans = list(DBTaskResult.objects.running())
    for task in orphans:
        if len(task.worker_ids) >= ATTEMPTS:
            task.set_failed(Lost(f"The worker has ended {len(task.worker_ids)} times during this task."))
        else:
            DBTaskResult.objects.filter(pk=task.pk).update(status="READY", started_at=None)
    return len(orphans)


class Worker:
    """Runs until it is told to stop; what has begun is finished first; an import goes on later."""

    def __init__(self, *, pause: float = 1.0, chores: Iterable[Chore] = CHORES) -> None:
        self.pause = pause
        self.stopping = threading.Event()
        self.due = dict.fromkeys(chores, 0.0)
        self.tasks = db_worker.Worker(
            queue_names=["*"],
            excluded_queue_names=[],
            interval=0,
            batch=True,
            backend_name=DEFAULT_TASK_BACKEND_ALIAS,
            startup_delay=False,
            max_tasks=None,
            worker_id=f"{platform.node()[:40]}-{os.getpid()}",
        )

    def stop(self, signum: int = 0, frame: FrameType | None = None) -> None:
        """Finish what has begun, then end. It is a signal handler as well."""
        self.tasks.running = False
        self.stopping.set()

    def obey_signals(self) -> None:
        """Stop on Ctrl-C and on being told to end."""
        for signum in (signal.SIGINT, signal.SIGTERM):
            signal.signal(signum, self.stop)

    def run(self) -> None:
        """Wait until no other worker is there, then work until stopped."""
        told = False
        while not self.stopping.is_set():
            try:
                with locks.held("worker", wait=False):
                    self._work()
            except locks.Taken:
                if not told:
                    log.info("another worker is running for this library; waiting for it to end")
                told = True
                self.stopping.wait(self.pause)
        connection.close()

    def _work(self) -> None:
        heart = threading.Thread(target=self._show_life, name="beat", daemon=True)
        beside = [threading.Thread(target=tend, args=[self.stopping], daemon=True) for tend in TENDING]
        for thread in (heart, *beside):
            thread.start()
        orphans_seen = False
        while not self.stopping.is_set():
            try:
                if not orphans_seen:
                    requeue_orphans()
                    orphans_seen = True
                self.step()
            except DatabaseError as error:
                # Locked for too long, gone for a moment, or not set up yet: all of these pass.
                log.warning("the database does not answer (%s); trying again", type(error).__name__)
                connection.close()
                self.stopping.wait(10 * self.pause)
            self.stopping.wait(self.pause)
        for thread in (heart, *beside):
            thread.join(timeout=5)

    def step(self) -> None:
        """Run the tasks that are ready, then the chores that are due."""
        close_old_connections()
        if DBTaskResult.objects.ready().exists():  # a look costs no lock; claiming does
            with intake.until(self.stopping):
                self.tasks.run()
        for chore, due in self.due.items():
            if self.stopping.is_set():
                return
            if time.monotonic() >= due:
                self.due[chore] = time.monotonic() + chore.every
                self._do(chore)

    def _do(self, chore: Chore) -> None:
        try:
            with intake.until(self.stopping):
                chore.do()
        except DatabaseError:
            raise
        except Exception:
            log.exception("a chore failed: %s", chore.name)

    def _show_life(self) -> None:
        """Beat in a thread of its own, so that a long task does not look like death."""
        while True:
            try:
                beat()
            except DatabaseError:
                connection.close()
            if self.stopping.wait(BEAT):
                break
        connection.close()
