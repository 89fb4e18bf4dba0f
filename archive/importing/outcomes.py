"""Outcomes: what became of each work or file, as reports and runs tell it."""

from dataclasses import dataclass
from enum import StrEnum


class Outcome(StrEnum):
    """What an import did with a work or file."""

    CREATED = "created"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    HELD = "held"
    REFUSED = "refused"
    IGNORED = "ignored"


@dataclass(frozen=True, slots=True)
class Told:
    """One line of a report."""

    path: str
    outcome: Outcome
    format: str = ""
    work: int | None = None
    source: str = ""
    source_id: str = ""
    title: str = ""
    reason: str = ""
    not_stated: tuple[str, ...] = ()
    """Which of fandom, rating and warnings a new or updated work does not state."""
    changed: tuple[str, ...] = ()
    """In what an updated work says otherwise than before (`archive.importing.differences`)."""

    def line(self) -> dict[str, object]:
        """The line as the report file has it."""
        return {
            "path": self.path,
            "format": self.format,
            "outcome": self.outcome.value,
            "work": self.work,
            "source": self.source,
            "source_id": self.source_id,
            "title": self.title,
            "reason": self.reason,
        }
