"""The closing report: what a run did, in the words of the house."""

from collections import Counter

from archive.importing.outcomes import Told
from archive.importing.runs import Run

QUEUE = "/admin/archive/heldwork/"
"""Where keepers find what is held."""

_SHOWN = 20


def closing_report(run: Run, seconds: float) -> list[str]:
    """The lines that end a run: what came in, what waits, what is not stated, what could not be read or was left."""
    row = run.row
    works = row.created + row.updated + row.unchanged + row.held
    lines = [
        f"{works:,} {_noun('work', works)} in {duration(seconds)}: {row.created:,} new, "
        f"{row.updated:,} updated (older text kept), {row.unchanged:,} unchanged, {row.held:,} held"
    ]
    if run.dry:
        lines[0] = f"Nothing was written. It would be: {lines[0]}"
    if row.held:
        lines.append(
            f"Waiting for you: {row.held:,} held ({_reasons(run.holds, counted=len(run.holds) > 1)}); see {QUEUE}"
        )
    if run.not_stated:
        lines.append(f"Not stated: {_not_stated(run.not_stated)}.")
    if row.refused:
        lines.append(f"Could not read {row.refused:,}: {_reasons(run.reasons, counted=True)}.")
    if row.ignored:
        lines.append(
            f"Left alone: {row.ignored:,} {_noun('cover', row.ignored)} and metadata {_noun('file', row.ignored)}"
        )
    return lines + _named(run)


def duration(seconds: float) -> str:
    """As one says it: "4 min 10 s"."""
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    parts = ((hours, "h"), (minutes, "min"), (rest, "s"))
    return " ".join(f"{number} {unit}" for number, unit in parts if number) or "less than a second"


def _named(run: Run) -> list[str]:
    lines = [f"  {told.outcome.value}: {_place(told)}: {told.reason}" for told in run.named[:_SHOWN]]
    if (rest := run.row.refused + run.row.held - len(lines)) > 0:
        lines.append(f"  and {rest:,} more" + ("" if run.dry else f", all named in {run.row.report}"))
    return lines


def _place(told: Told) -> str:
    return f"{told.path} ({told.title})" if told.title else told.path


def _not_stated(missing: Counter[str]) -> str:
    after = {"rating": " (treated as adult)"}
    order = ("fandom", "rating", "warnings")
    return "; ".join(f"{name} {missing[name]:,}{after.get(name, '')}" for name in order if missing[name])


def _reasons(reasons: Counter[str], *, counted: bool) -> str:
    parts = [f"{number:,} {reason}" if counted else reason for reason, number in reasons.most_common(6)]
    return ", ".join(parts) + (", and others" if len(reasons) > len(parts) else "")


def _noun(word: str, number: int) -> str:
    return word if number == 1 else f"{word}s"
