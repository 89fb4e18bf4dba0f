"""What the worker does by itself from time to time: sweeping, emptying, clearing. Each chore may run at any moment."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from django.core.management import call_command
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from archive import duplicates, forgetting, intake, originals, pictures, watched
from archive.importing import mark_interrupted
from archive.index import snapshots
from archive.keeping import empty_bin

KEPT_RESULTS = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Chore:
    """Something to do, and how many seconds to leave between two times."""

    name: str
    do: Callable[[], object]
    every: float


def clear_results() -> None:
    """Forget tasks that ended long ago."""
    DBTaskResult.objects.finished().filter(finished_at__lt=timezone.now() - KEPT_RESULTS).delete()


def clear_sessions() -> None:
    """Forget sessions that have ended."""
    call_command("clearsessions")


DAY = 86400.0
CHORES = (
    Chore("look into the watched folder", watched.look, watched.EVERY),
    Chore("mark interrupted runs", mark_interrupted, 60.0),
    Chore("clear sessions", clear_sessions, DAY),
    Chore("clear task results", clear_results, DAY),
    Chore("forget uploads", intake.forget, DAY),
    Chore("empty the bin", empty_bin, DAY),
    Chore("prove the index", snapshots.prove, 3600.0),
    Chore("look for duplicates", duplicates.look, 60.0),
    Chore("forget old changes", forgetting.forget_changes, DAY),
    Chore("sweep originals", originals.sweep, DAY),
    Chore("sweep pictures", pictures.sweep, DAY),
)
