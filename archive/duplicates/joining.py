"""Joining: a keeper has found that two works are one. All that was known of either is known of the one that stays."""

from collections.abc import Iterable

from django.db import transaction

from archive import changes
from archive.audit import Deed, note_works
from archive.importing import settle
from archive.models import JoinedWork, PossibleDuplicate, SourceFile, Work


class CannotJoin(Exception):
    """The two cannot be one work. Its message is for the keeper."""


def join(work: int, other: int, by: str = "") -> None:
    """Make `other` part of `work`: its files, its versions, what keepers said of it; and it is held if either was.

    From then on the address of `other` leads to `work`, and so does a new import of its files. It is noted in the name
    of the keeper `by` whom it is done. Raises CannotJoin.
    """
    with changes.recorded() as recording:
        rows = {row.pk: row for row in Work.everything.select_for_update().filter(pk__in=(work, other)).order_by("pk")}
        if len(rows) < 2 or any(row.binned_at for row in rows.values()):
            raise CannotJoin("one of the two is no longer there")
        stays, goes = rows[work], rows[other]
        if goes.source_id and stays.source_id:
            raise CannotJoin("both name a source, and it is not the same")
        if goes.source_id:
            raise CannotJoin(f"“{goes.title}” names its source, so it is the one that has to stay")
        _take_over(stays, goes)
        recording.works.add(goes.pk)
        goes.delete()
        stays.save()
        settle([stays.pk])
        note_works(by, Deed.WORKS_JOINED, [stays.pk, other])


def _take_over(stays: Work, goes: Work) -> None:
    """Files, names and keepers' words pass on before the row goes."""
    there = set(SourceFile.everything.filter(work=stays).values_list("sha256", flat=True))
    SourceFile.everything.filter(work=goes).exclude(sha256__in=there).update(work=stays)
    JoinedWork.everything.filter(work=goes).update(work=stays)
    JoinedWork.everything.create(number=goes.pk, identity=goes.identity, work=stays)
    stays.kept = {**goes.kept, **stays.kept}
    stays.ruled = {**goes.ruled, **stays.ruled}
    stays.added = min(stays.added, goes.added)
    if goes.held and not stays.held:
        stays.held, stays.hold_reason = True, goes.hold_reason


def joined_to(number: int) -> int | None:
    """The work that the work of this number was joined to; None for a number that was never joined."""
    return JoinedWork.everything.filter(number=number).values_list("work_id", flat=True).first()


def keep_apart(pairs: Iterable[int], by: str = "") -> int:
    """Remember that these are two works each, whatever their texts have in common; returns how many pairs."""
    with transaction.atomic():
        waiting = PossibleDuplicate.everything.select_for_update().filter(pk__in=list(pairs), apart=False)
        for pair in waiting.order_by("pk"):
            note_works(by, Deed.WORKS_APART, [pair.first_id, pair.second_id])
        return waiting.update(apart=True)
