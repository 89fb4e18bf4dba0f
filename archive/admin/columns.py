"""How the facts of a work are put into words in keepers' lists."""

from archive.models import Work
from archive.vocabulary import ArchiveWarning, Rating


def rating(work: Work) -> str:
    """The rating, with the word that was stated where we do not know it."""
    if work.rating == Rating.UNKNOWN and work.rating_stated:
        return f"{work.rating_stated} (not a rating we know)"
    return Rating(work.rating).label


def warnings(work: Work) -> str:
    """The archive warnings."""
    return ", ".join(bit.label for bit in ArchiveWarning if bit & work.warnings)


def byline(work: Work) -> str:
    """The authors in their order; expects the bylines to have been fetched."""
    return ", ".join(entry.author.name for entry in work.bylines.all()) or "Anonymous"


def chapters(work: Work) -> str:
    """Posted and planned: 3/?."""
    return f"{work.chapters_posted}/{work.chapters_planned or '?'}"


def state(work: Work) -> str:
    """Where the work stands."""
    if work.binned_at:
        return f"In the bin since {work.binned_at:%-d %B %Y}"
    if work.held:
        return f"Held: {work.hold_reason}"
    return "On the shelf"
