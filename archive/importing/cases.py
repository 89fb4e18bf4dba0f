"""Cases: each work of a batch with all that is known of it, while what arrives is weighed."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from django.utils import timezone

from archive.importing.differences import differences
from archive.importing.outcomes import Outcome
from archive.inserting import insert
from archive.merging import Facts, merge, rank
from archive.models import JoinedWork, SourceFile, Tombstone, Work
from archive.overlay import overlaid
from archive.preparing import Prepared
from archive.statements import Statement, dump, load

LONGEST_PATH = 1000


@dataclass(frozen=True, slots=True)
class Arrival:
    """A work as it reaches the shelf: what its file states, and what the rules of this run imply of it."""

    prepared: Prepared
    ruled: Mapping[str, Any] = field(default_factory=dict)
    keep_id: bool = False
    """Whether the id that our own export gives it is kept, if nobody has it."""
    whole: bool = True
    """Whether its file has been read to the end, so that it is known from now on."""
    anew: bool = False
    """Whether a file that is here is only read again: what it states now replaces what was read in it before."""

    @property
    def format_version(self) -> int:
        """As it is stored; 0 means that the file has to be read again."""
        return self.prepared.file.format_version if self.whole else 0


@dataclass(slots=True)
class Case:
    """One work: its row, what its files state, in which reading and from where, what is shown of it, what has arrived.

    Files are known by their digests.
    """

    row: Work
    removed: bool = False
    statements: dict[str, Statement] = field(default_factory=dict)
    versions: dict[str, int] = field(default_factory=dict)
    paths: dict[str, str] = field(default_factory=dict)
    arrived: dict[str, Arrival] = field(default_factory=dict)
    replaced: set[str] = field(default_factory=set)
    """Files whose place another file has taken just now."""
    reread: set[str] = field(default_factory=set)
    """Files in which something else is read now than before."""
    differing: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """In what the work says otherwise since a file has arrived."""
    facts: Facts | None = None
    changed: bool = False

    @property
    def new(self) -> bool:
        """Whether the work has no row yet."""
        return self.row.added is None

    @property
    def shown(self) -> Facts:
        if self.facts is None:
            raise LookupError(f"nothing is known of {self.row.identity}")
        return self.facts

    def take(self, arrival: Arrival) -> Outcome:
        """Weigh one more statement: does it make the work, change it, or leave it as it is?"""
        if self.removed or self.row.binned_at:
            return Outcome.REFUSED
        before, ruled = self.facts, {**self.row.ruled, **arrival.ruled}
        for prepared in (arrival.prepared, *arrival.prepared.beside):
            self._state(replace(arrival, prepared=prepared))
        self.facts = overlaid(merge(self.statements.values()), ruled, self.row.kept)
        same = self.facts == before
        if before and not same:
            self.differing[arrival.prepared.file.sha256] = differences(before, self.facts)
        self.changed |= not same or ruled != self.row.ruled
        self.row.ruled = ruled
        if same:
            return Outcome.UNCHANGED
        return Outcome.CREATED if before is None else Outcome.UPDATED

    def _state(self, arrival: Arrival) -> None:
        """Put one statement among those that are known."""
        sha256 = arrival.prepared.file.sha256
        known = self.statements.get(sha256)
        self.statements[sha256] = self._chosen(arrival)
        self.changed |= sha256 not in self.versions
        self.changed |= known is not None and known.chapters != self.statements[sha256].chapters
        self.arrived[sha256] = arrival
        if arrival.anew and known:
            self._read_again(sha256, known)
        else:
            self._supersede(sha256, arrival.prepared.file.path[-LONGEST_PATH:])

    def _read_again(self, sha256: str, before: Statement) -> None:
        """What is read anew changes nothing of which file is the newer."""
        self.statements[sha256] = replace(self.statements[sha256], superseded=before.superseded)
        if self.statements[sha256] != before:
            self.reread.add(sha256)

    def _supersede(self, sha256: str, path: str) -> None:
        """A file that comes from where another file of this work came from earlier has taken that one's place."""
        if self.paths.get(sha256, path) != path:
            return  # a copy elsewhere of what is known
        if self.statements[sha256].superseded:
            self.statements[sha256] = replace(self.statements[sha256], superseded=False)
        for other, place in self.paths.items():
            if place == path and other not in self.arrived and not self.statements[other].superseded:
                self.statements[other] = replace(self.statements[other], superseded=True)
                self.replaced.add(other)

    def _chosen(self, arrival: Arrival) -> Statement:
        """The new reading of a file replaces the old; of a work that stands in one file twice the better stays."""
        file, arriving = arrival.prepared.file, arrival.prepared.statement
        again = not arrival.anew and self.versions.get(file.sha256) in (0, file.format_version)
        if file.sha256 in self.arrived or again:
            return rank([self.statements[file.sha256], arriving])[0]
        return arriving


def cases_of(identities: Iterable[str]) -> dict[str, Case]:
    """The cases of these works, whether they are here already or not; their rows are locked.

    Two identities may have one case between them.
    """
    standing = _standing_for(set(identities))
    wanted = sorted(set(standing.values()))
    removed = set(Tombstone.everything.filter(identity__in=wanted).values_list("identity", flat=True))
    rows = Work.everything.select_for_update().filter(identity__in=wanted).order_by("pk")
    cases = {row.identity: case for row, case in zip(rows, known_cases(rows), strict=True)}
    for identity in wanted:
        cases.setdefault(identity, Case(Work(identity=identity))).removed = identity in removed
    return {identity: cases[now] for identity, now in standing.items()}


def _standing_for(identities: Collection[str]) -> dict[str, str]:
    """The identities that works have now, by those that are looked for: a joined work is part of another."""
    joined = JoinedWork.everything.filter(identity__in=identities).values_list("identity", "work__identity")
    return {identity: identity for identity in identities} | dict(joined)


def known_cases(rows: Iterable[Work]) -> list[Case]:
    """The cases of works that are here, with what is shown of them now."""
    cases = {row.pk: Case(row) for row in rows}
    files = SourceFile.everything.filter(work__in=list(cases)).values_list(
        "work_id", "sha256", "format_version", "path", "stated"
    )
    for work, sha256, version, path, stated in files if cases else ():
        cases[work].statements[sha256] = load(stated)
        cases[work].versions[sha256] = version
        cases[work].paths[sha256] = path
    for case in cases.values():
        if case.statements:
            case.facts = overlaid(merge(case.statements.values()), case.row.ruled, case.row.kept)
    return list(cases.values())


def keep_statements(cases: Iterable[Case]) -> None:
    """Keep what has arrived; a file that was known in this very reading is left alone."""
    now, new, again = timezone.now(), [], {}
    for case in cases:
        for sha256, arrival in case.arrived.items():
            if sha256 not in case.versions:
                new.append(_row(case, arrival, now))
            elif case.versions[sha256] != arrival.format_version or sha256 in case.reread:
                again[case.row.pk, sha256] = case
        again |= {(case.row.pk, sha256): case for sha256 in case.replaced}
    insert(SourceFile, _COLUMNS, new)
    if again:
        _keep_again(again)


_COLUMNS = ("work_id", "sha256", "path", "size", "format", "format_version", "stated", "imported_at")


def _row(case: Case, arrival: Arrival, now: Any) -> tuple[Any, ...]:
    file = arrival.prepared.file
    statement = case.statements[file.sha256]
    stated = arrival.prepared.stated if statement is arrival.prepared.statement else dump(statement)
    return (
        case.row.pk,
        file.sha256,
        file.path[-LONGEST_PATH:],
        file.size,
        file.format,
        arrival.format_version,
        stated,
        now,
    )


def _keep_again(again: Mapping[tuple[int, str], Case]) -> None:
    """Keep what is known anew of files that are here. One that was replaced is to be read again if it comes back."""
    rows = SourceFile.everything.filter(work__in={work for work, _ in again}, sha256__in={sha for _, sha in again})
    changed = []
    for row in rows:
        if case := again.get((row.work_id, row.sha256)):
            arrival = case.arrived.get(row.sha256)
            row.format = arrival.prepared.file.format if arrival else row.format
            row.format_version = arrival.format_version if arrival else 0
            row.stated = dump(case.statements[row.sha256])
            changed.append(row)
    SourceFile.everything.bulk_update(changed, ["format", "format_version", "stated"])
