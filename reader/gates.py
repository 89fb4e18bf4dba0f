"""What a gate says: the words for what a work warns of, and for why it is treated as adult."""

from dataclasses import dataclass

from archive.shown import Gate
from archive.vocabulary import ArchiveWarning, Rating
from reader.signs import Sign, rating_sign, warning_words


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one gate."""

    rating: Sign
    warnings: str
    """Beside the rating: "Warnings: Major Character Death"."""
    why_adult: str
    """Why a work that nobody called adult stands behind the rating gate."""
    caveat: str
    """That silence about warnings is no promise."""
    warns: tuple[str, ...]
    """What is asked about and stated."""
    several: bool
    """Whether more than one warning is asked about."""
    unknown: bool
    """Whether what is asked about is that nobody knows what applies."""


def words(gate: Gate) -> Words:
    """Find the words for a gate."""
    asked = gate.asking.warnings if gate.warnings else ArchiveWarning(0)
    return Words(
        rating=rating_sign(gate.rating, gate.rating_stated),
        warnings=_warnings(gate),
        why_adult=_why_adult(gate) if gate.asking.rating else "",
        caveat=_caveat(gate.warnings),
        warns=tuple(warning_words(asked & ArchiveWarning.STATED, gate.warnings_stated)),
        several=len(gate.asking.warnings) > 1,
        unknown=bool(asked & (ArchiveWarning.CHOSE_NOT | ArchiveWarning.NOT_STATED)),
    )


def _warnings(gate: Gate) -> str:
    if not gate.warnings:
        return "Warnings are shown when you ask"
    if gate.warnings == ArchiveWarning.NOT_STATED:
        return "Warnings: not stated"
    said = ", ".join(warning_words(gate.warnings, gate.warnings_stated))
    return f"Warnings: {said}" if gate.warnings & ArchiveWarning.STATED else said


def _why_adult(gate: Gate) -> str:
    if gate.rating is Rating.UNKNOWN:
        return f"It is rated “{gate.rating_stated}”, which says nothing to this library, so it is treated as adult."
    if gate.rating in (Rating.NOT_RATED, Rating.NOT_STATED):
        return "Nobody has rated this work, so it is treated as adult."
    return ""


def _caveat(warnings: ArchiveWarning) -> str:
    if warnings & ArchiveWarning.NOT_STATED:
        return "Its file carries none; that does not mean that none apply."
    if warnings & ArchiveWarning.CHOSE_NOT:
        return "That its creator chose not to use them does not mean that none apply."
    return ""
