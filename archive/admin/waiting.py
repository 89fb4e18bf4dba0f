"""What waits for a keeper, for the head of the desk."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from archive import catalogue
from archive.admin.rereading import POWERS
from archive.importing import better_readable
from archive.importing.runs import SILENT
from archive.models import HeldWork, ImportRun, PossibleDuplicate, PuzzlingWork


@dataclass(frozen=True, slots=True)
class Waiting:
    """One thing that waits: how many, of what, and where; without an address it is only a word."""

    words: str
    count: int | None = None
    address: str = ""

    @property
    def number(self) -> str:
        """How many, as one writes it."""
        return f"{self.count or 0:,}"


def waiting(request: HttpRequest) -> list[Waiting]:
    """All that waits for this keeper, as far as they may look at it."""
    found = [*_works(request), *_runs(request), *_better(request)]
    if not catalogue.house().worker:
        found.append(Waiting("The worker is not running: what is queued waits, and bins and sessions are not cleared."))
    return found


def _works(request: HttpRequest) -> list[Waiting]:
    found = []
    user = request.user
    if user.has_perm("archive.view_heldwork"):
        held = HeldWork.everything.filter(held=True, binned_at=None).count()
        found.append(Waiting("held", held, reverse("admin:archive_heldwork_changelist")))
    if user.has_perm("archive.view_puzzlingwork"):
        puzzling = PuzzlingWork.everything.filter(binned_at=None).exclude(attention="").count()
        found.append(Waiting("to look at", puzzling, reverse("admin:archive_puzzlingwork_changelist")))
    if user.has_perm("archive.view_possibleduplicate"):
        twins = PossibleDuplicate.everything.filter(apart=False).count()
        address = reverse("admin:archive_possibleduplicate_changelist")
        found.append(Waiting("possible duplicate" if twins == 1 else "possible duplicates", twins, address))
    return [one for one in found if one.count]


def _runs(request: HttpRequest) -> list[Waiting]:
    if not request.user.has_perm("archive.view_importrun"):
        return []
    newest = ImportRun.everything.all()[:1]
    return [
        Waiting(f"The newest import was interrupted after {run.done:,} of {run.total:,} files.", None, _run(run))
        for run in newest
        if interrupted(run)
    ]


def _better(request: HttpRequest) -> list[Waiting]:
    if not request.user.has_perms(POWERS):
        return []
    better = better_readable()
    words = f"{'work' if better == 1 else 'works'} could be read better now"
    return [Waiting(words, better, reverse("admin:reread"))] if better else []


def interrupted(run: ImportRun) -> bool:
    """Whether a run has ended without finishing, whatever its row says."""
    if run.state == ImportRun.State.RUNNING:
        return run.beat_at < timezone.now() - SILENT
    return run.state == ImportRun.State.INTERRUPTED


def _run(run: ImportRun) -> str:
    return reverse("admin:archive_importrun_change", args=[run.pk])
