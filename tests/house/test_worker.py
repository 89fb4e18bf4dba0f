"""The worker runs what is queued, does its chores, mends what a kill has left, and shows that it lives."""

import threading
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import OperationalError, connection
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from archive import chores, locks, worker
from archive.chores import Chore
from archive.models import ImportRun, WorkerBeat
from archive.worker import Worker
from tests.tasks_for_tests import fail, write_word

pytestmark = pytest.mark.django_db(transaction=True)


def idle() -> Worker:
    return Worker(pause=0, chores=())


def running(attempts: int) -> DBTaskResult:
    """A task that was running when the worker was killed."""
    task = DBTaskResult.objects.get(pk=write_word.enqueue("/dev/null", "").id)
    for _ in range(attempts):
        task.claim("a worker that is gone")
    return task


def test_a_step_runs_everything_that_is_queued(tmp_path: Path) -> None:
    for word in "abc":
        write_word.enqueue(str(tmp_path / "words"), word)
    idle().step()
    assert (tmp_path / "words").read_text() == "abc"


def test_a_task_that_fails_stops_neither_the_worker_nor_the_next_task(tmp_path: Path) -> None:
    failing = fail.enqueue()
    write_word.enqueue(str(tmp_path / "words"), "after")
    idle().step()
    assert (tmp_path / "words").read_text() == "after"
    assert DBTaskResult.objects.get(pk=failing.id).status == "FAILED"


def test_what_was_running_when_the_worker_was_killed_is_queued_again() -> None:
    task = running(1)
    assert worker.requeue_orphans() == 1
    idle().step()
    task.refresh_from_db()
    assert task.status == "SUCCESSFUL"


def test_a_task_that_ends_the_worker_again_and_again_is_given_up() -> None:
    task = running(worker.ATTEMPTS)
    worker.requeue_orphans()
    task.refresh_from_db()
    assert task.status == "FAILED"
    assert "3 times" in task.traceback


def test_a_chore_is_done_once_and_then_not_before_it_is_due() -> None:
    done: list[str] = []
    working = Worker(pause=0, chores=[Chore("sweep", lambda: done.append("sweep"), 3600)])
    working.step()
    working.step()
    assert done == ["sweep"]


def test_a_chore_that_fails_keeps_no_other_from_being_done(caplog: pytest.LogCaptureFixture) -> None:
    done: list[str] = []

    def break_down() -> None:
        raise RuntimeError("on purpose")

    Worker(pause=0, chores=[Chore("break", break_down, 1), Chore("sweep", lambda: done.append("sweep"), 1)]).step()
    assert done == ["sweep"]
    assert "a chore failed: break" in caplog.text


def test_a_database_that_is_locked_or_not_set_up_is_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    working, tries = idle(), []

    def step() -> None:
        tries.append(1)
        if len(tries) == 1:
            raise OperationalError("database is locked")
        working.stop()

    monkeypatch.setattr(working, "step", step)
    working.run()
    assert len(tries) == 2


def test_a_second_worker_waits_until_the_first_has_ended() -> None:
    second, steps = idle(), []
    second.step = lambda: (steps.append(1), second.stop())  # type: ignore[method-assign]
    thread = threading.Thread(target=second.run)
    with locks.held("worker"):
        thread.start()
        thread.join(timeout=0.2)
        assert thread.is_alive()
        assert not steps
    thread.join()
    assert steps == [1]


def test_a_running_worker_shows_that_it_lives() -> None:
    assert not worker.alive()
    worker.beat()
    worker.beat()
    assert worker.alive()
    WorkerBeat.everything.update(at=timezone.now() - timedelta(hours=1))
    assert not worker.alive()
    assert WorkerBeat.everything.count() == 1


@pytest.mark.parametrize(("beaten", "code"), [(True, 0), (False, 1)])
def test_the_command_says_whether_a_worker_lives(beaten: bool, code: int) -> None:
    if beaten:
        worker.beat()
    with pytest.raises(SystemExit) as ended:
        call_command("worker", "--alive")
    assert ended.value.code == code


def test_only_runs_that_have_fallen_silent_are_marked_as_interrupted() -> None:
    now = timezone.now()
    silent, lively, finished = (
        ImportRun.everything.create(started_at=now, beat_at=beat_at, state=state)
        for beat_at, state in [
            (now - timedelta(minutes=6), "running"),
            (now - timedelta(minutes=1), "running"),
            (now - timedelta(days=1), "finished"),
        ]
    )
    [chore] = [chore for chore in chores.CHORES if chore.name == "mark interrupted runs"]
    assert chore.do() == 1
    states = dict(ImportRun.everything.values_list("pk", "state"))
    assert states == {silent.pk: "interrupted", lively.pk: "running", finished.pk: "finished"}


def test_every_chore_can_be_done_on_an_empty_library() -> None:
    for chore in chores.CHORES:
        chore.do()
    assert connection.is_usable()
