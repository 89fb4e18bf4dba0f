"""The sample shelf: a dozen works that ship with the library, and how they come and go."""

from pathlib import Path

from django.db.models import Q

from archive import changes
from archive.models import (
    Author,
    Byline,
    Chapter,
    Series,
    SeriesEntry,
    Tag,
    Tagging,
    Text,
    VersionChapter,
    Work,
)

SOURCE = "carrel.samples"
SHELF = Path(__file__).parent


def present() -> bool:
    """Whether any sample stands in the library, on the shelf or held."""
    return Work.everything.filter(source=SOURCE).exists()
