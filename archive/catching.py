"""Catching up: works that stand on the shelf, and that the policy would hold if they came in now."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from typing import NamedTuple

from django.db import connection
from django.db.models import F, Q

from archive import changes, wrangling
from archive.access import Standing, stakes
from archive.audit import Deed, note_works
from archive.models import Tag, Tagging, Work
from archive.policy import Policy, hold_reason
from archive.vocabulary import ArchiveWarning, Rating


class Uncaught(NamedTuple):
    """A work on the shelf that a policy would hold."""

    work: int
    rating: int
    warnings: int


def uncaught(policy: Policy, *, locked: bool = False) -> list[Uncaught]:
    """The works on the shelf that this policy would hold, but for those that a keeper has released as they are.

    With `locked` they stay so until the transaction ends.
    """
    rules = policy.held
    works = Work.everything.select_for_update() if locked else Work.everything.all()
    works = works.filter(held__in=[False], binned_at=None)
    named = Q(rating__in=rules.ratings) | Q(warned__gt=0)
    if tags := wrangling.closed(rules.tags):
        named |= Q(pk__in=Tagging.everything.filter(tag__in=sorted(tags)).values("content_object_id"))
    works = works.alias(warned=F("warnings").bitand(int(rules.warnings))).filter(named)
    rows = works.order_by("pk").values_list("pk", "rating", "warnings", "released")
    return [Uncaught(*row) for *row, released in rows if not released or released != stakes(*row[1:])]


def catch_up(policy: Policy, by: str = "") -> int:
    """Hold them, each for its reason, all in one transaction. Returns how many.

    So there is no moment at which some of them are held and others still shown, and nothing that a later task would
    have to finish. Whoever changes the policy locks its row first: imports wait for it (`SitePolicy.steady`).
    """
    with changes.recorded() as recording:
        reasons = _reasons(policy, uncaught(policy, locked=True))
        _hold(reasons)
        recording.works.update(reasons)
        note_works(by, Deed.WORKS_HELD, reasons, "as the policy says")
    return len(reasons)


def _hold(reasons: Mapping[int, str]) -> None:
    """One statement a work, in the order of the table, so that each of its pages is written once: works that are held
    for one reason lie all over it."""
    if not reasons:
        return
    changes.note_writing()
    with connection.cursor() as cursor:
        cursor.executemany(_HOLD, [(True, reason, "", work) for work, reason in sorted(reasons.items())])


_HOLD = f"UPDATE {Work._meta.db_table} SET held = %s, hold_reason = %s, released = %s WHERE id = %s"


def _reasons(policy: Policy, found: list[Uncaught]) -> dict[int, str]:
    """The works with what the policy holds them for. Tags are read only of those that nothing else holds."""
    tags = dict(Tag.everything.filter(pk__in=wrangling.closed(policy.held.tags)).values_list("pk", "name"))
    stated = {one[1:] for one in found}
    known = {of: hold_reason(policy, Standing(0, Rating(of[0]), ArchiveWarning(of[1])), {}) for of in stated}
    reasons = {one.work: known[one[1:]] for one in found}
    bearing = [work for work, reason in reasons.items() if not reason]
    for work, borne in _tags_of(bearing, tags).items():
        reasons[work] = hold_reason(policy, Standing(work, *_NOTHING, frozenset(borne)), tags)
    return {work: reason[:255] for work, reason in reasons.items() if reason}


_NOTHING = Rating.GENERAL, ArchiveWarning(0)


def _tags_of(works: list[int], tags: Collection[int]) -> dict[int, set[int]]:
    """Which of these tags each of these works bears: the rule asks for no others."""
    wanted, found = set(works), defaultdict[int, set[int]](set)
    rows = Tagging.everything.filter(tag__in=sorted(tags)).order_by().values_list("content_object_id", "tag_id")
    for work, tag in rows if works else ():
        if work in wanted:
            found[work].add(tag)
    return found
