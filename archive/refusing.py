"""Refusing from now on: the rules that hold works become rules by which imports refuse such works."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import transaction

from archive import keeping, visible, wrangling
from archive.access import NOBODY
from archive.audit import Deed, note_changes
from archive.models import SitePolicy
from archive.policy import tag_rules
from archive.vocabulary import ArchiveWarning, Rating

BATCH = 500


@dataclass(frozen=True, slots=True)
class Such:
    """What works have in common that the policy holds. Tags are as the keeper wrote them."""

    ratings: tuple[Rating, ...] = ()
    warnings: ArchiveWarning = ArchiveWarning(0)
    tags: tuple[str, ...] = ()

    def __str__(self) -> str:
        words = [rating.label for rating in self.ratings]
        words += [bit.label for bit in self.warnings]
        return ", ".join((*words, *self.tags))


def such(works: Sequence[int]) -> Such:
    """For what the policy holds these works; nothing for those that a keeper has held by hand."""
    row = SitePolicy.everything.first()
    if row is None:
        return Such()
    policy = row.plain()
    closed = {rule: set(wrangling.closed(tag_rules([rule]))) for rule in row.hold_tags}
    ratings: set[Rating] = set()
    warnings, tags = ArchiveWarning(0), set()
    for start in range(0, len(works), BATCH):
        for work in visible.standings(NOBODY, works[start : start + BATCH]):
            ratings |= {work.rating} & policy.hold_ratings
            warnings |= work.warnings & policy.hold_warnings
            tags |= {rule for rule, ids in closed.items() if ids & work.tags}
    return Such(tuple(sorted(ratings)), warnings, tuple(rule for rule in row.hold_tags if rule in tags))


def refuse(works: Iterable[int], by: str = "") -> int:
    """Put works into the bin, and let imports refuse such works from now on. Returns how many were put away.

    Without a policy row, or where a keeper has held them by hand, only these very works are refused.
    """
    ids = list(works)
    with transaction.atomic():
        row = SitePolicy.everything.select_for_update().first()
        if row:
            _add(row, such(ids), by)
        return keeping.bin(ids, by, Deed.WORKS_REFUSED)


def _add(row: SitePolicy, more: Such, by: str) -> None:
    before = row.spoken()
    row.refuse_ratings = sorted({*row.refuse_ratings, *map(int, more.ratings)})
    row.refuse_warnings |= int(more.warnings)
    row.refuse_tags = list(dict.fromkeys((*row.refuse_tags, *more.tags)))
    row.save()
    note_changes(by, Deed.POLICY_CHANGED, before=before, after=row.spoken())
