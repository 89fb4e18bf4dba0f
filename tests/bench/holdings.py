"""What a library holds, to ask about: its commonest tags, rare ones, tags that stand together, authors, words."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from django.db.models import Max, Min

from archive import index, visible
from archive.access import Kind, Reader, Sight
from archive.browse import TAGS, BrowseQuery, Term
from archive.models import Byline, Tag, Tagging, Work
from archive.names import asking
from archive.vocabulary import Rating

_SAMPLE = 400
_RARE = 12
_COMMON = 25


@dataclass(frozen=True, slots=True)
class Holdings:
    """Terms to ask for; each list has one at least in any library whose works carry tags."""

    common: Sequence[Term]
    """The most used tags of each kind."""
    rare: Sequence[Term]
    """Tags that a few works carry."""
    together: Sequence[tuple[Term, ...]]
    """All the tags of some works."""
    authors: Sequence[Term]
    words: Sequence[str]
    """Words out of titles."""
    works: Sequence[int]
    """Some works that anybody may read."""


def holdings(random: Random) -> Holdings:
    """Look round: the same library is always told alike."""
    sight = everybody()
    rows = _sample(random)
    ids = [pk for pk, *_ in rows]
    terms, carried = _terms(ids), _carried(ids)
    counts = asking.under(sight, list(terms))
    rare = [terms[tag] for tag in sorted(counts, key=lambda tag: (counts[tag], tag)) if counts[tag] <= _RARE]
    known = (tuple(terms[tag] for tag in carried[work] if tag in terms) for work in ids)
    authors = Byline.everything.filter(work__in=ids).order_by("work", "position")
    return Holdings(
        common=list(_common(sight)),
        rare=rare or list(terms.values())[-1:],
        together=[found for found in known if len(found) > 1],
        authors=[Term("author", slug) for slug in dict.fromkeys(authors.values_list("author__slug", flat=True))],
        words=sorted({word for _, title, _ in rows for word in title.lower().split() if word.isalpha()}),
        works=[pk for pk, _, rating in rows if rating == Rating.GENERAL],
    )


def everybody() -> Sight:
    """What somebody sees from whom nothing is kept."""
    return visible.sight(Reader(kind=Kind.MEMBER, welcome=True, ceiling=Rating.EXPLICIT, adult=True))


def _sample(random: Random) -> list[tuple[int, str, int]]:
    ends = Work.everything.aggregate(first=Min("pk"), last=Max("pk"))
    ids = {random.randint(ends["first"], ends["last"]) for _ in range(_SAMPLE)}
    rows = Work.everything.filter(pk__in=ids, held=False, binned_at=None).order_by("pk")
    return list(rows.values_list("pk", "title", "rating"))


def _carried(works: Sequence[int]) -> dict[int, list[int]]:
    found: dict[int, list[int]] = defaultdict(list)
    rows = Tagging.everything.filter(content_object__in=works).order_by("content_object", "position")
    for work, tag in rows.values_list("content_object", "tag"):
        found[work].append(tag)
    return found


def _terms(works: Sequence[int]) -> dict[int, Term]:
    """The tags that works carry, none that was merged."""
    carried = Tagging.everything.filter(content_object__in=works).values("tag")
    rows = Tag.everything.filter(pk__in=carried, canonical=None).order_by("pk").values_list("pk", "kind", "slug")
    return {pk: Term(kind, slug) for pk, kind, slug in rows}


def _common(sight: Sight) -> list[Term]:
    """The kinds by turns, each with its most used first."""
    told = {kind: index.facets(sight, BrowseQuery(more=kind))[kind].values for kind in TAGS}
    ids = [tag for values in told.values() for tag, _ in values if isinstance(tag, int)]
    slugs = dict(Tag.everything.filter(pk__in=ids).values_list("pk", "slug"))
    return [
        Term(kind, slugs[tag])
        for place in range(_COMMON)
        for kind, values in told.items()
        for tag, _ in values[place : place + 1]
        if isinstance(tag, int)
    ]
