"""The names behind the slugs of a question: only of what stands on this reader's shelves, else the slug remains."""

from collections.abc import Collection, Iterable

from django.db.models import Q

from archive import names as known
from archive.access import Sight
from archive.browse import TAGS, BrowseQuery, Term
from archive.meanwhile import Meanwhile
from archive.models import Author, Series, Tag
from archive.naming import key_of
from archive.vocabulary import TagKind

_NAMES_TAGS = frozenset({*TAGS, "primary", "tag"})
_MOST_OF_ONE_NAME = 100
"""Series of one name that are looked at."""
_Row = tuple[int, int | None, str, str, str, str]
"""Id, canonical, kind, slug, key and name of a tag."""
_looked_up: Meanwhile[Q, list[_Row]] = Meanwhile(1_000)
_NOBODY = 0
"""No id: it is asked for besides, so that hidden names take as long as missing ones."""


def names(sight: Sight, query: BrowseQuery) -> dict[Term, str]:
    """What the terms of a question are called on the screen, those of which this reader may know the name."""
    terms = {literal.term for group in query.wanted for literal in group}
    return {**_of_tags(sight, terms), **_of_authors(sight, terms), **_of_series(sight, terms)}


def named_by(sight: Sight, field: str, words: str) -> str | None:
    """The slug (for a series the id) behind a name of something on this reader's shelves; None when there is none.

    A `tag` of any kind has none: kinds may have other slugs for one name, and its name is all that they share.
    """
    key = key_of(words)
    if field in _NAMES_TAGS - {"tag"}:
        found = _tags(sight, Q(kind__in=_kinds(Term(field, key)), key=key))
        return min((slug for _, slug, _, _ in found), default=None)
    if field == "author":
        rows = dict(Author.everything.filter(key=key).values_list("pk", "slug"))
        return next((rows[pk] for pk in known.people(sight, field, [*rows, _NOBODY])), None)
    if field == "series":
        series = Series.everything.filter(key=key).order_by("pk").values_list("pk", flat=True)[:_MOST_OF_ONE_NAME]
        number = min(known.people(sight, field, [*series, _NOBODY]), default=0)
        return str(number) if number else None
    return None


def _of_tags(sight: Sight, terms: Iterable[Term]) -> dict[Term, str]:
    meant = {term: _kinds(term) for term in terms if term.field in _NAMES_TAGS}
    wanted = Q()
    for term, kinds in meant.items():  # the kinds are named, since the indexes begin with them
        wanted |= Q(kind__in=kinds, slug=term.value)
        if term.field == "tag":
            wanted |= Q(kind__in=kinds, key=term.value)
    found: dict[Term, str] = {}
    for kind, slug, key, name in _tags(sight, wanted) if meant else ():
        for term, kinds in meant.items():
            if kind in kinds and (term.value == slug or (term.field == "tag" and term.value == key)):
                found.setdefault(term, name)
    return found


def _kinds(term: Term) -> tuple[str, ...]:
    """The kinds of tags that a term may mean."""
    return {"primary": (TagKind.RELATIONSHIP.value,), "tag": TAGS}.get(term.field, (term.field,))


def _tags(sight: Sight, which: Q) -> list[tuple[str, str, str, str]]:
    """Kind, slug, key and name of tags that a listed work stands under; of a synonym, that it carries by itself."""
    rows = _rows(which)
    heads = known.under(sight, [_NOBODY, *(pk for pk, canonical, *_ in rows if not canonical)])
    synonyms = known.carried(sight, [_NOBODY, *(pk for pk, canonical, *_ in rows if canonical)])
    return [
        (kind, slug, key, name)
        for pk, canonical, kind, slug, key, name in rows
        if pk in (synonyms if canonical else heads)
    ]


def _rows(which: Q) -> list[_Row]:
    """The rows of the tags, kept until something changes: the question is the same from page to page."""
    kept = _looked_up.now()
    if which not in kept:
        found = Tag.everything.filter(which).order_by("pk")
        kept[which] = list(found.values_list("pk", "canonical", "kind", "slug", "key", "name"))
    return kept[which]


def _of_authors(sight: Sight, terms: Iterable[Term]) -> dict[Term, str]:
    slugs = _values(terms, "author")
    if not slugs:
        return {}
    rows = Author.everything.filter(slug__in=slugs).in_bulk()
    return {Term("author", rows[pk].slug): rows[pk].name for pk in known.people(sight, "author", [*rows, _NOBODY])}


def _of_series(sight: Sight, terms: Iterable[Term]) -> dict[Term, str]:
    numbers = _values(terms, "series")
    if not numbers:
        return {}
    rows = Series.everything.in_bulk([int(number) for number in numbers])
    return {Term("series", str(pk)): rows[pk].title for pk in known.people(sight, "series", [*rows, _NOBODY])}


def _values(terms: Iterable[Term], field: str) -> Collection[str]:
    return [term.value for term in terms if term.field == field]
