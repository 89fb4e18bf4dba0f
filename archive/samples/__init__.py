"""The sample shelf: a dozen works that ship with the library, and how they come and go."""

from pathlib import Path

from django.db.models import QuerySet

from archive import changes, importing, keeping
from archive.models import Author, Byline, Series, SeriesEntry, Tagging, Tombstone, Work
from archive.wrangling.unused import drop_unused

SOURCE = "carrel.samples"
FILES = sorted(Path(__file__).parent.glob("*.txt"))


def present() -> bool:
    """Whether any sample stands in the library, on the shelf or held."""
    return _samples().exists()


def import_samples() -> None:
    """Put the samples on the shelf as an import of their folder would. Those that are there already stay."""
    importing.import_files(FILES, jobs=0)


def remove(by: str = "") -> int:
    """Remove the samples for good and leave no stone, so that they may come again; returns how many there were.

    With them go their texts, and the tags, authors and series that no other work has. It is noted in the name of the
    keeper `by` whom it is done.
    """
    with changes.recorded():
        samples = list(_samples().values_list("pk", flat=True))
        tags = list(Tagging.everything.filter(content_object__in=samples).values_list("tag", flat=True))
        authors = list(Byline.everything.filter(work__in=samples).values_list("author", flat=True))
        series = list(SeriesEntry.everything.filter(work__in=samples).values_list("series", flat=True))
        keeping.bin(samples, by)
        keeping.remove(samples, by)
        Tombstone.everything.filter(identity__startswith=f"{SOURCE}:").delete()
        drop_unused(tags)
        Author.everything.filter(pk__in=authors).exclude(pk__in=Byline.everything.values("author")).delete()
        Series.everything.filter(pk__in=series).exclude(pk__in=SeriesEntry.everything.values("series")).delete()
    return len(samples)


def _samples() -> QuerySet[Work]:
    return Work.everything.filter(source=SOURCE).exclude(source="")  # so that its index, which leaves those out, serves
