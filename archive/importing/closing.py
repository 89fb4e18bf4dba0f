"""The closing report: what a run did, in the words of the house, from the run itself or from its row."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.db.models import Count
from django.utils import timezone

from archive.importing.differences import ORDER
from archive.importing.outcomes import Outcome, Told
from archive.importing.runs import Run
from archive.models import ImportRun, RunEntry

QUEUE = "/admin/archive/heldwork/"
"""Where keepers find what is held."""

_SHOWN = 20
_REASONS = 6


@dataclass(frozen=True, slots=True)
class Account:
    """What a run has to say for itself. Reasons stand with how many they hold for, the most frequent first."""

    row: ImportRun
    seconds: float
    refused: Sequence[tuple[str, int]]
    held: Sequence[tuple[str, int]]
    not_stated: Mapping[str, int]
    changed: Mapping[str, int]
    named: Sequence[Told] = field(default=())
    dry: bool = False


def closing_report(run: Run, seconds: float) -> list[str]:
    """The lines that end a run at a terminal: its account, and the first works and files that it names."""
    account = Account(
        row=run.row,
        seconds=seconds,
        refused=run.reasons.most_common(_REASONS + 1),
        held=run.holds.most_common(_REASONS + 1),
        not_stated=run.not_stated,
        changed=run.changed,
        named=run.named[:_SHOWN],
        dry=run.dry,
    )
    queue = f"; see {QUEUE}" if run.row.held else ""
    return [f"{line}{queue}" if line.startswith(_WAITING) else line for line in told(account)] + _named(account)


def stored_report(row: ImportRun) -> list[str]:
    """The lines of a run as its row and entries tell them, at any time after."""
    ended = row.finished_at or timezone.now()
    return told(
        Account(
            row=row,
            seconds=max(0.0, (ended - row.started_at).total_seconds()),
            refused=_reasons_of(row, Outcome.REFUSED) if row.refused else (),
            held=_reasons_of(row, Outcome.HELD) if row.held else (),
            not_stated=Counter(row.not_stated),
            changed=Counter(row.changed),
        )
    )


def told(account: Account) -> list[str]:
    """What came in, what waits, what is not stated, what could not be read, what was left."""
    row = account.row
    lines = [_first(account)]
    if row.held:
        reasons = _holds(account.held)
        lines.append(f"{_WAITING} {row.held:,} held" + (f" ({reasons})" if reasons else ""))
    if account.changed and row.way == ImportRun.Way.REREAD:
        lines.append(f"Better now: {_counted(account.changed, ORDER)}.")
    if account.not_stated and row.way != ImportRun.Way.REREAD:
        after = {"rating": " (treated as adult)"}
        lines.append(f"Not stated: {_counted(account.not_stated, ('fandom', 'rating', 'warnings'), after)}.")
    if row.refused:
        lines.append(f"Could not read {row.refused:,}: {_reasons(account.refused)}.")
    if row.ignored:
        lines.append(
            f"Left alone: {row.ignored:,} {_noun('cover', row.ignored)} and metadata {_noun('file', row.ignored)}"
        )
    return lines


_WAITING = "Waiting for you:"


def duration(seconds: float) -> str:
    """As one says it: "4 min 10 s"."""
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    parts = ((hours, "h"), (minutes, "min"), (rest, "s"))
    return " ".join(f"{number} {unit}" for number, unit in parts if number) or "less than a second"


def seconds_left(row: ImportRun) -> float | None:
    """How long a run may still take, going by the files behind it; None while too few are."""
    gone = (timezone.now() - row.started_at).total_seconds()
    if row.state != ImportRun.State.RUNNING or not 0 < row.done < row.total or gone < _TOO_EARLY:
        return None
    return gone / row.done * (row.total - row.done)


_TOO_EARLY = 3.0


def _first(account: Account) -> str:
    row = account.row
    works = row.created + row.updated + row.unchanged + row.held
    length = duration(account.seconds)
    if row.way == ImportRun.Way.REREAD:
        line = (
            f"{works:,} {_noun('work', works)} read again in {length}: {row.updated + row.held:,} say something better "
            f"or otherwise now, {row.unchanged:,} as before" + (f", {row.created:,} new" if row.created else "")
        )
    else:
        line = (
            f"{works:,} {_noun('work', works)} in {length}: {row.created:,} new, "
            f"{row.updated:,} updated (older text kept), {row.unchanged:,} unchanged, {row.held:,} held"
        )
    return f"Nothing was written. It would be: {line}" if account.dry else line


def _reasons_of(row: ImportRun, outcome: Outcome) -> list[tuple[str, int]]:
    entries = RunEntry.everything.filter(run=row, outcome=outcome.value).order_by()
    counted = entries.values_list("reason").annotate(files=Count("pk")).order_by("-files", "reason")
    return list(counted[: _REASONS + 1])


def _named(account: Account) -> list[str]:
    row = account.row
    lines = [f"  {one.outcome.value}: {_place(one)}: {one.reason}" for one in account.named]
    if (rest := row.refused + row.held - len(lines)) > 0:
        lines.append(f"  and {rest:,} more" + ("" if account.dry else f", all named in {row.report}"))
    return lines


def _place(one: Told) -> str:
    return f"{one.path} ({one.title})" if one.title else one.path


def _counted(counts: Mapping[str, int], order: Sequence[str], after: Mapping[str, str] | None = None) -> str:
    return "; ".join(f"{name} {counts[name]:,}{(after or {}).get(name, '')}" for name in order if counts.get(name))


def _holds(reasons: Sequence[tuple[str, int]]) -> str:
    """Names of tags and rules, each with its number where there are several."""
    parts = [f"{number:,} {reason}" if len(reasons) > 1 else reason for reason, number in reasons[:_REASONS]]
    return ", ".join(parts) + (", and others" if len(reasons) > len(parts) else "")


def _reasons(reasons: Sequence[tuple[str, int]]) -> str:
    """Sentences, each with its number in brackets where it holds for several."""
    parts = [f"{reason} ({number:,})" if number > 1 else reason for reason, number in reasons[:_REASONS]]
    return "; ".join(parts) + ("; and others" if len(reasons) > len(parts) else "")


def _noun(word: str, number: int) -> str:
    return word if number == 1 else f"{word}s"
