"""Bare rows for tests that look below the importer."""

from datetime import UTC, date, datetime

from archive.models import Work
from archive.vocabulary import ArchiveWarning, Rating

ADDED = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)


def row_of_work(
    number: int,
    *,
    rating: Rating = Rating.GENERAL,
    warnings: ArchiveWarning = ArchiveWarning.NONE_APPLY,
    held: bool = False,
    binned: bool = False,
    restricted: bool = False,
) -> Work:
    """An unsaved work that stands for nothing but its row in a table of cases."""
    return Work(
        identity=f"test:{number}",
        source="test",
        source_id=str(number),
        title=f"Work {number}",
        title_key=f"work {number}",
        author_key="",
        rating=rating,
        warnings=warnings,
        added=ADDED,
        dated=date(2026, 3, 1),
        chapters_posted=1,
        words=100,
        held=held,
        binned_at=ADDED if binned else None,
        restricted=restricted,
    )
