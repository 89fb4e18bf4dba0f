"""Works like another one: those that share rare tags with it, among all that a reader may see listed."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping

from django.db.models import Count, QuerySet

from archive.access import Sight
from archive.index.likeness import likest, tells, weights
from archive.index.plain.among import among
from archive.index.plain.known import descend
from archive.models import Metatagging, Tagging, Work
from archive.visible import listed


def like(sight: Sight, work: int) -> tuple[int, ...]:
    """The works that are likest to a work, best first, by `archive.index.likeness`; none when it is not listed."""
    works = listed(sight).order_by()
    if not works.filter(pk=work).exists():
        return ()
    number = works.count()
    meant = descend(_folded(work))
    carriers = _carriers(works, _rare(works, meant, number))
    weighed = weights({tag: len(carrying) for tag, carrying in carriers.items()}, number)
    scores: Counter[int] = Counter()
    for tag, weight in weighed.items():
        for carrier in carriers[tag] - {work}:
            scores[carrier] += weight
    return likest(scores)


def _folded(work: int) -> set[int]:
    """A work's canonicals, and every metatag above them."""
    tags = Tagging.everything.filter(content_object=work).values_list("tag_id", "tag__canonical_id")
    found: set[int] = set()
    level = {canonical or tag for tag, canonical in tags}
    while level:
        found |= level
        above = Metatagging.everything.filter(among("tag", level))
        level = set(above.values_list("metatag_id", flat=True)) - found
    return found


_Meant = Mapping[int, frozenset[int]]
"""By canonical, all tags that mean it."""


def _rare(works: QuerySet[Work], meant: _Meant, number: int) -> _Meant:
    """The tags that may tell something: those of which a single spelling is everywhere are not read."""
    uses = _taggings(works, {tag for tags in meant.values() for tag in tags}).order_by().values("tag_id")
    counted = dict(uses.annotate(number=Count("pk")).values_list("tag_id", "number"))
    return {head: tags for head, tags in meant.items() if tells(max(2, *(counted.get(tag, 0) for tag in tags)), number)}


def _carriers(works: QuerySet[Work], meant: _Meant) -> dict[int, set[int]]:
    heads: dict[int, list[int]] = defaultdict(list)
    for head, tags in meant.items():
        for tag in tags:
            heads[tag].append(head)
    carriers: dict[int, set[int]] = {head: set() for head in meant}
    for tag, carrier in _taggings(works, heads).values_list("tag_id", "content_object_id"):
        for head in heads[tag]:
            carriers[head].add(carrier)
    return carriers


def _taggings(works: QuerySet[Work], tags: Iterable[int]) -> QuerySet[Tagging]:
    return Tagging.everything.filter(among("tag", set(tags)), content_object__in=works.values("pk"))
