"""Storing: works that were read go onto the shelf, each once, many in one transaction."""

from collections.abc import Mapping, Sequence

from archive import changes, handing
from archive.importing.cases import Arrival, Case, cases_of, keep_statements
from archive.importing.chapters import keep_texts
from archive.importing.outcomes import Outcome, Told
from archive.importing.shelving import Shelved, shelve
from archive.importing.unwanted import refusals
from archive.merging import Facts
from archive.models import SitePolicy, Work
from archive.vocabulary import ArchiveWarning, Rating

REMOVED = "removed by a keeper"
LESSER = "an older or lesser copy of a work that is here"


_LAST_ID = 2**31
"""Beyond it, numbers do not fit the bitmaps in which works are found; the database would only count on from there."""


def store(batch: Sequence[Arrival]) -> list[Told]:
    """Put works on the shelf in one transaction; tells of each, in order, what became of it."""
    with changes.recorded():
        SitePolicy.steady()
        cases = cases_of({arrival.prepared.identity for arrival in batch})
        reasons = refusals([(cases[arrival.prepared.identity], arrival) for arrival in batch])
        taken = [arrival for arrival, reason in zip(batch, reasons, strict=True) if not reason]
        keep_texts(text for arrival in taken for text in arrival.prepared.texts)
        _keep_ids(taken, cases)
        outcomes = [
            Outcome.REFUSED if reason else cases[arrival.prepared.identity].take(arrival)
            for arrival, reason in zip(batch, reasons, strict=True)
        ]
        one_each = list({id(case): case for case in cases.values()}.values())
        changed = [case for case in one_each if case.changed]
        shelve([Shelved(case.row, case.shown, list(case.statements.values())) for case in changed])
        keep_statements(one_each)
        if refused := [one for one, outcome in zip(batch, outcomes, strict=True) if outcome is Outcome.REFUSED]:
            handing.withhold((one.prepared.file.sha256, one.prepared.identity) for one in refused)
    return [
        _told(arrival, cases[arrival.prepared.identity], outcome, reason)
        for arrival, outcome, reason in zip(batch, outcomes, reasons, strict=True)
    ]


def _keep_ids(batch: Sequence[Arrival], cases: Mapping[str, Case]) -> None:
    """New works from our own export keep their ids where nobody has them."""
    wanted: dict[int, Case] = {}
    for arrival in batch:
        case, pk = cases[arrival.prepared.identity], arrival.prepared.statement.work.id
        if arrival.keep_id and pk and 0 < pk <= _LAST_ID and case.new and case.row.pk is None:
            wanted.setdefault(pk, case)
    taken = set(Work.everything.filter(pk__in=wanted).values_list("pk", flat=True)) if wanted else set()
    for pk, case in wanted.items():
        if pk not in taken and case.row.pk is None:
            case.row.pk = pk


def _told(arrival: Arrival, case: Case, outcome: Outcome, reason: str) -> Told:
    stated, row = arrival.prepared.statement.work, case.row
    if outcome is Outcome.REFUSED:
        reason = reason or REMOVED
    elif outcome is Outcome.UNCHANGED and case.arrived[arrival.prepared.file.sha256]:
        reason = LESSER
    elif outcome in (Outcome.CREATED, Outcome.UPDATED) and row.held:
        outcome, reason = Outcome.HELD, row.hold_reason
    return Told(
        path=arrival.prepared.file.path,
        outcome=outcome,
        format=arrival.prepared.file.format,
        work=row.pk if outcome is not Outcome.REFUSED else None,
        source=stated.source,
        source_id=stated.source_id,
        title=stated.title,
        reason=reason,
        not_stated=_not_stated(case.shown) if outcome in _NEWS else (),
        changed=case.differing.get(arrival.prepared.file.sha256, ()) if outcome in _NEWS else (),
    )


_NEWS = (Outcome.CREATED, Outcome.UPDATED, Outcome.HELD)


def _not_stated(facts: Facts) -> tuple[str, ...]:
    missing = {
        "fandom": not facts.fandoms,
        "rating": facts.rating == Rating.NOT_STATED,
        "warnings": facts.warning_bits == ArchiveWarning.NOT_STATED,
    }
    return tuple(name for name, is_missing in missing.items() if is_missing)
