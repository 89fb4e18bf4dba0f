"""The visible set: the rule of `archive.access` as SQL, for many works at once.

It is computed on raw tags, closed over the tag graph at question time, so that wrangling acts at once.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from archive import wrangling
from archive.access import Kind, Reader, Sight, Standing, Verdict, verdict
from archive.meanwhile import Meanwhile
from archive.models import Author, Byline, Tagging, Work
from archive.vocabulary import ArchiveWarning, Rating


def sight(reader: Reader) -> Sight:
    """The reader at this moment, tags and authors as ids. Costs no query for a reader without rules about them."""
    return Sight(
        reader=reader,
        blocked=closed(reader.blocked),
        asked=closed(reader.ask_tags),
        avoided=closed(reader.avoided),
        avoided_authors=authors(reader.avoided_authors),
    )


_closures: Meanwhile[str, frozenset[int]] = Meanwhile(5_000)
_authors: Meanwhile[str, frozenset[int]] = Meanwhile(5_000)


def closed(rules: frozenset[str]) -> frozenset[int]:
    """The tags that rules come to in the graph as it is now. Until that changes nobody need look again."""
    if not rules:
        return frozenset()
    known = _closures.now()
    if unknown := rules - known.keys():
        known |= wrangling.closed_each(unknown)
    return frozenset().union(*(known[rule] for rule in rules))


def authors(names: frozenset[str]) -> frozenset[int]:
    """The authors that folded names come to, kept as long as nothing changes."""
    if not names:
        return frozenset()
    known = _authors.now()
    if unknown := names - known.keys():
        rows = Author.everything.filter(key__in=unknown).order_by().values_list("key", "pk")
        known |= dict.fromkeys(unknown, frozenset[int]()) | {key: frozenset({pk}) for key, pk in rows}
    return frozenset().union(*(known[name] for name in names))


def visible(seen: Sight) -> QuerySet[Work]:
    """The works whose verdict is not HIDDEN."""
    reader = seen.reader
    if not reader.welcome:
        return Work.everything.none()
    works = Work.everything.filter(held__in=[False], binned_at__isnull=True)  # `NOT held` would find no index
    if reader.kind is Kind.STRANGER:
        works = works.filter(restricted__in=[False])
    if reader.ceiling < Rating.EXPLICIT:
        works = works.filter(rating__lte=reader.ceiling)
    if seen.blocked:
        blocked = Tagging.everything.filter(content_object=OuterRef("pk"), tag__in=sorted(seen.blocked))
        works = works.filter(~Exists(blocked))
    return works


def listed(seen: Sight) -> QuerySet[Work]:
    """The works that stand on this reader's shelves: what is visible, but for adult works before they agree, and for
    what their own rules set aside."""
    works = visible(seen) if seen.reader.adult else visible(seen).filter(rating__lt=Rating.MATURE)
    return works.exclude(avoided(seen)) if seen.avoids else works


def avoided(seen: Sight) -> Q:
    """What is so of the works that a reader's own rules set aside."""
    reader = seen.reader
    found = Q(pk__in=sorted(reader.avoided_works))
    if seen.avoided:
        found |= Q(Exists(Tagging.everything.filter(content_object=OuterRef("pk"), tag__in=sorted(seen.avoided))))
    if seen.avoided_authors:
        found |= Q(Exists(Byline.everything.filter(work=OuterRef("pk"), author__in=sorted(seen.avoided_authors))))
    if reader.avoided_warnings:
        found |= Q(warnings__in=[bits for bits in range(256) if bits & reader.avoided_warnings])
    return found


def open_to(seen: Sight) -> QuerySet[Work]:
    """The listed works whose verdict is OPEN: of these a reader may be told a word of the text, or that it has one.

    What would ask is left out, unless the reader has agreed to just that.
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
    return frozenset(one.work for one in standings(seen, ids) if verdict(seen, one) is Verdict.OPEN)


def standings(seen: Sight, ids: Collection[int]) -> Iterator[Standing]:
    """What the rule must know of these works, by their ids alone: no plan can go through the whole shelf for them.

    Their authors are read for a reader only who avoids some.
    """
    tags = _gathered(Tagging.everything.filter(content_object__in=ids).values_list("content_object_id", "tag_id"))
    bylines = Byline.everything.filter(work__in=ids).values_list("work_id", "author_id")
    authors = _gathered(bylines if seen.avoided_authors else ())
    rows = Work.everything.filter(pk__in=ids).values_list("pk", "rating", "warnings", "held", "binned_at", "restricted")
    for pk, rating, warnings, held, binned, restricted in rows:
        yield Standing(
            work=pk,
            rating=Rating(rating),
            warnings=ArchiveWarning(warnings),
            tags=frozenset(tags.get(pk, ())),
            held=held,
            binned=binned is not None,
            restricted=restricted,
            authors=frozenset(authors.get(pk, ())),
        )


def _gathered(pairs: Iterable[tuple[int, int]]) -> dict[int, set[int]]:
    found: dict[int, set[int]] = defaultdict(set)
    for work, borne in pairs:
        found[work].add(borne)
    return found
