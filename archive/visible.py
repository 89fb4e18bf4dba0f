"""The visible set: the rule of `archive.access` as SQL, for many works at once.

It is computed on raw tags, closed over the tag graph at question time, so that wrangling acts at once.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from archive import wrangling
from archive.access import Reader, Sight, Standing, Verdict, verdict
from archive.meanwhile import Meanwhile
from archive.models import Tagging, Work
from archive.vocabulary import ArchiveWarning, Rating


def sight(reader: Reader) -> Sight:
    """The reader at this moment, their tags as ids. Costs no query for a reader without such tags."""
    return Sight(
        reader=reader,
        blocked=_closed(reader.blocked),
        asked=_closed(reader.ask_tags),
    )


_closures: Meanwhile[frozenset[str], frozenset[int]] = Meanwhile(200)


def _closed(rules: frozenset[str]) -> frozenset[int]:
    """The tags that rules come to in the graph as it is now. Until that changes nobody need look again."""
    if not rules:
        return frozenset()
    known = _closures.now()
    if rules not in known:
        known[rules] = frozenset(wrangling.closed(rules))
    return known[rules]


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


def open_to(seen: Sight) -> QuerySet[Work]:
    """The works whose verdict is OPEN: those of which this reader may be told a word of the text, or that it has one.

    It is a part of `listed`. What would ask is left out, unless the reader has agreed to just that.
    """
    works = listed(seen).alias(asks=F("warnings").bitand(int(seen.reader.ask_warnings)))
    asked = Tagging.everything.filter(content_object=OuterRef("pk"), tag__in=sorted(seen.asked))
    unasked = Q(~Exists(asked), asks=0) if seen.asked else Q(asks=0)
    return works.filter(unasked | Q(pk__in=agreed(seen)))


def agreed(seen: Sight) -> frozenset[int]:
    """The works that are OPEN because this reader has agreed to what they ask. Costs no query without agreements."""
    ids = list(seen.reader.agreed)
    if not ids:
        return frozenset()
    return frozenset(one.work for one in standings(ids) if verdict(seen, one) is Verdict.OPEN)


def standings(ids: Collection[int]) -> Iterator[Standing]:
    """What the rule must know of these works, by their ids alone: no plan can go through the whole shelf for them."""
    tags: dict[int, set[int]] = defaultdict(set)
    for work, tag in Tagging.everything.filter(content_object__in=ids).values_list("content_object_id", "tag_id"):
        tags[work].add(tag)
    rows = Work.everything.filter(pk__in=ids).values_list("pk", "rating", "warnings", "held", "binned_at")
    for pk, rating, warnings, held, binned in rows:
        yield Standing(pk, Rating(rating), ArchiveWarning(warnings), frozenset(tags[pk]), held, binned is not None)
