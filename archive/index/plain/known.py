"""What the terms of a question stand for, looked up before anything is asked of works."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db import connection
from django.db.models import Q
from django.utils import timezone
from pyroaring import BitMap

from archive import search
from archive.access import Sight
from archive.browse import TAGS, WORDS, BrowseQuery, Term
from archive.index.answers import asked
from archive.index.plain.among import among, written
from archive.models import Tag
from archive.visible import open_to
from archive.vocabulary import TagKind

TAGGED = frozenset({*TAGS, "tag", "primary"})
"""Fields whose values name tags."""


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of one question: the tags that its terms mean, the works its words are found in, and the day."""

    sight: Sight
    tags: Mapping[Term, frozenset[int]]
    works: Mapping[Term, BitMap]
    today: date

    @classmethod
    def of(cls, sight: Sight, query: BrowseQuery) -> "Known":
        """Look up all terms of a question. The number of queries grows with the words, not with the tags that there
        are or that stand below them."""
        terms = {literal.term for group in asked(query) for literal in group}
        return cls(
            sight=sight,
            tags=spread([term for term in terms if term.field in TAGGED]),
            works={term: _found(sight, term) for term in sorted(terms) if term.field in WORDS},
            today=timezone.localdate(),
        )


def _found(sight: Sight, term: Term) -> BitMap:
    """The works that have these words, for this reader: in their text only if it is open to them.

    That is asked of no works, too: nobody shall tell words that only hidden texts have from those that none has.
    """
    found = search.found(term)
    opened = open_to(sight).filter(among("pk", found.text - found.blurb))
    return found.blurb | BitMap(opened.values_list("pk", flat=True))


def spread(terms: Collection[Term]) -> dict[Term, frozenset[int]]:
    """The tags that each term means: the canonical of the one that it names, all below it, and all their synonyms.

    What is not there means no tag, and is looked up like anything else: nobody shall tell it from what is hidden.
    """
    if not terms:
        return {}
    heads = _named(terms)
    below = descend(head for each in heads.values() for head in each)
    return {term: frozenset().union(*(below[head] for head in heads[term])) for term in terms}


def _named(terms: Iterable[Term]) -> dict[Term, set[int]]:
    """The canonicals of the tags that terms name."""
    which = Q()
    for term in terms:
        if term.field == "tag":
            which |= Q(kind__in=TAGS, slug=term.value) | Q(kind__in=TAGS, key=term.value)  # indexes begin with the kind
        else:
            which |= Q(kind=_kind(term), slug=term.value)
    rows = list(Tag.everything.filter(which).values_list("pk", "kind", "slug", "key", "canonical_id"))
    return {
        term: {
            canonical or pk
            for pk, kind, slug, key, canonical in rows
            if (term.value in (slug, key) if term.field == "tag" else (kind, slug) == (_kind(term), term.value))
        }
        for term in terms
    }


def _kind(term: Term) -> str:
    return TagKind.RELATIONSHIP.value if term.field == "primary" else term.field


_BELOW = """
WITH RECURSIVE below(tag, metatag) AS (
    SELECT tag_id, metatag_id FROM archive_metatagging WHERE metatag_id IN ({heads})
    UNION
    SELECT deeper.tag_id, deeper.metatag_id
    FROM below JOIN archive_metatagging deeper ON deeper.metatag_id = below.tag
) SELECT tag, metatag FROM below
"""


def descend(canonicals: Iterable[int]) -> dict[int, frozenset[int]]:
    """Each of these canonicals with all that stands below it, at any depth, and the synonyms of all these.

    Two queries, whatever there is: nobody shall count levels of tags that only hidden works have, or that they are
    there at all.
    """
    heads = set(canonicals)
    below: dict[int, set[int]] = {head: set() for head in heads}
    for tag, metatag in _edges_below(heads):
        below.setdefault(metatag, set()).add(tag)
        below.setdefault(tag, set())
    spellings = {head: {head} for head in below}
    for synonym, canonical in Tag.everything.filter(among("canonical", below)).values_list("pk", "canonical_id"):
        spellings[canonical].add(synonym)
    return {head: _gathered(head, below, spellings) for head in heads}


def _edges_below(heads: Collection[int]) -> list[tuple[int, int]]:
    """Every tag under one of these, and a metatag that it stands right below."""
    ids, values = written(heads)
    with connection.cursor() as cursor:
        cursor.execute(_BELOW.format(heads=ids), values)
        return list(cursor.fetchall())


def _gathered(head: int, below: Mapping[int, set[int]], spellings: Mapping[int, set[int]]) -> frozenset[int]:
    found: set[int] = set()
    level = {head}
    while level:
        found |= level
        level = {tag for one in level for tag in below[one]} - found
    return frozenset().union(*(spellings[one] for one in found))
