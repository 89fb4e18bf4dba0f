"""The visible set: the rule of `archive.access` as SQL, for many works at once.

It is computed on raw tags, closed over the tag graph at question time, so that wrangling acts at once.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from archive import wrangling
from archive.access import Kind, Reader, Sight, Standing, Verdict, verdict
from archive.meanwhile import Meanwhile
from archive.models import Author, Byline, Tag, Tagging, Work
from archive.vocabulary import ArchiveWarning, Rating

_meant: Meanwhile[tuple[str, str], frozenset[Any]] = Meanwhile(5_000)
"""What rules mean in the tag graph as it is now. Until that changes nobody need look again."""


def sight(reader: Reader) -> Sight:
    """The reader at this moment, tags and authors as ids. Costs no query for a reader without rules about them."""
    reader = reader.themselves
    rules = reader.blocked | reader.ask_tags | reader.avoided | reader.highlighted
    if not rules and not reader.avoided_authors:
        return Sight(reader)
    known = _meant.now()
    _look_up(known, "tag", rules, wrangling.closed_each)
    _look_up(known, "author", reader.avoided_authors, _authors)
    _look_up(known, "page", reader.highlighted, lambda tags: {one: _pages(known["tag", one]) for one in tags})

    def meant(sort: str, rules: frozenset[str]) -> frozenset[Any]:
        return frozenset[Any]().union(*(known[sort, rule] for rule in rules))

    return Sight(
        reader=reader,
        blocked=meant("tag", reader.blocked),
        asked=meant("tag", reader.ask_tags),
        avoided=meant("tag", reader.avoided),
        avoided_authors=meant("author", reader.avoided_authors),
        highlighted=meant("page", reader.highlighted),
        meant=known,
    )


_Found = Mapping[str, frozenset[Any]]


def _look_up(
    known: dict[tuple[str, str], frozenset[Any]],
    sort: str,
    rules: frozenset[str],
    find: Callable[[Collection[str]], _Found],
) -> None:
    """Add what those rules mean that were not looked up yet."""
    if unknown := [rule for rule in rules if (sort, rule) not in known]:
        known |= {(sort, rule): found for rule, found in find(unknown).items()}


def _authors(names: Collection[str]) -> _Found:
    rows = Author.everything.filter(key__in=names).order_by().values_list("key", "pk")
    return dict.fromkeys(names, frozenset()) | {key: frozenset({pk}) for key, pk in rows}


def _pages(tags: frozenset[int]) -> frozenset[tuple[str, str]]:
    """Kind and slug of some tags."""
    return frozenset(Tag.everything.filter(pk__in=tags).order_by().values_list("kind", "slug")) if tags else frozenset()


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
    return _unasked(_of_age(works, seen), seen) if reader.unattended else works


def listed(seen: Sight) -> QuerySet[Work]:
    """The works that stand on this reader's shelves: what is visible, but for adult works before they agree, and for
    what their own rules set aside."""
    works = _of_age(visible(seen), seen)
    return works.exclude(avoided(seen)) if seen.avoids else works


def avoided(seen: Sight) -> Q:
    """What is so of the works that a reader's own rules set aside."""
    if not seen.avoids:
        return Q(pk__in=())
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
    works = listed(seen)
    return works if seen.reader.unattended else _unasked(works, seen, agreed(seen))


def _of_age(works: QuerySet[Work], seen: Sight) -> QuerySet[Work]:
    """Those of them that are not behind the rating gate."""
    return works if seen.reader.adult else works.filter(rating__lt=Rating.MATURE)


def _unasked(works: QuerySet[Work], seen: Sight, agreed: Collection[int] = ()) -> QuerySet[Work]:
    """Those of them that are not behind the warning gate, and those that were agreed to."""
    asked = Tagging.everything.filter(content_object=OuterRef("pk"), tag__in=sorted(seen.asked))
    unasked = Q(~Exists(asked), asks=0) if seen.asked else Q(asks=0)
    works = works.alias(asks=F("warnings").bitand(int(seen.reader.ask_warnings)))
    return works.filter(unasked | Q(pk__in=agreed) if agreed else unasked)


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
