"""Settling: the facts of works worked out anew, after a keeper has spoken or tags have been wrangled."""

from collections.abc import Iterable

from archive import changes
from archive.importing.cases import Case, known_cases
from archive.importing.shelving import Shelved, shelve
from archive.merging import merge
from archive.models import Work
from archive.overlay import overlaid, overruled

BATCH = 100


def settle(works: Iterable[int]) -> None:
    """Make the shelf say of these works what files, rules and keepers say now: facts, holds and search text."""
    ids = sorted(set(works))
    for start in range(0, len(ids), BATCH):
        with changes.recorded():
            rows = Work.everything.select_for_update().filter(pk__in=ids[start : start + BATCH]).order_by("pk")
            shelve([_settled(case) for case in known_cases(rows) if case.statements])


def _settled(case: Case) -> Shelved:
    facts, row = merge(case.statements.values()), case.row
    if row.kept and "overruled" not in row.kept:
        row.kept = {**row.kept, "overruled": overruled(facts, row.ruled)}
    return Shelved(row, overlaid(facts, row.ruled, row.kept), list(case.statements.values()))
