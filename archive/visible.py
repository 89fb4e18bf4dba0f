"""The visible set: the rule of `archive.access` as SQL, for many works at once.

It is computed on raw tags, closed over the tag graph at question time, so that wrangling acts at once.
"""

from django.db.models import Exists, OuterRef, QuerySet

from archive import wrangling
from archive.access import Reader, Sight
from archive.models import Tagging, Work
from archive.vocabulary import Rating


def sight(reader: Reader) -> Sight:
    """The reader at this moment, their tags as ids. Costs no query for a reader without such tags."""
    return Sight(
        reader=reader,
        blocked=wrangling.closed(reader.blocked) if reader.blocked else frozenset(),
        asked=wrangling.closed(reader.ask_tags) if reader.ask_tags else frozenset(),
    )


def visible(seen: Sight) -> QuerySet[Work]:
    """The works whose verdict is not HIDDEN."""
    reader = seen.reader
    if not reader.welcome:
        return Work.everything.none()
    works = Work.everything.filter(held__in=[False], binned_at__isnull=True)  # `NOT held` would find no index
    if reader.ceiling < Rating.EXPLICIT:
        works = works.filter(rating__lte=reader.ceiling)
    if seen.blocked:
        blocked = Tagging.everything.filter(content_object=OuterRef("pk"), tag__in=sorted(seen.blocked))
        works = works.filter(~Exists(blocked))
    return works


def listed(seen: Sight) -> QuerySet[Work]:
    """The works that stand on this reader's shelves: what is visible, but for adult works before they agree."""
    works = visible(seen)
    return works if seen.reader.adult else works.filter(rating__lt=Rating.MATURE)
