"""The names behind the slugs of a question: only of what stands on this reader's shelves, else the slug remains."""

from collections.abc import Iterable, Mapping

from django.db.models import Q

from archive.access import Sight
from archive.browse import TAGS, BrowseQuery, Term
from archive.models import Author, Byline, Series, SeriesEntry, Tag
from archive.names import asking
from archive.naming import key_of
from archive.visible import listed
from archive.vocabulary import TagKind

_NAMES_TAGS = frozenset({*TAGS, "primary", "tag"})


def names(sight: Sight, query: BrowseQuery) -> dict[Term, str]:
    """What the terms of a question are called on the screen, those of which this reader may know the name."""
    terms = {literal.term for group in query.wanted for literal in group}
    return {**_of_tags(sight, terms), **_of_authors(sight, terms), **_of_series(sight, terms)}


def named_by(sight: Sight, field: str, words: str) -> str | None:
    """The slug (for a series the id) behind a name of something on this reader's shelves; None when there is none."""
    shelves, key = listed(sight).values("pk"), key_of(words)
    if field in TAGS or field == "primary":
        kind = TagKind.RELATIONSHIP.value if field == "primary" else field
        tag = Tag.everything.filter(kind=kind, key=key).values_list("pk", "canonical", "slug").first()
        return tag[2] if tag and _known(sight, {tag[0]: tag[1]}) else None
    if field == "author":
        bylines = Byline.everything.filter(work__in=shelves, author__key=key)
        return bylines.values_list("author__slug", flat=True).first()
    if field == "series":
        entries = SeriesEntry.everything.filter(work__in=shelves, series__key=key)
        number = entries.order_by("series").values_list("series", flat=True).first()
        return str(number) if number else None
    return None


def _of_tags(sight: Sight, terms: Iterable[Term]) -> dict[Term, str]:
    meant = {term: _kind(term) for term in terms if term.field in _NAMES_TAGS}
    if not meant:
        return {}
    wanted = Q()
    for term, kind in meant.items():
        wanted |= Q(kind=kind, slug=term.value) if kind else Q(slug=term.value) | Q(key=term.value)
    rows = list(Tag.everything.filter(wanted).values_list("pk", "canonical", "kind", "slug", "key", "name"))
    known = _known(sight, {pk: canonical for pk, canonical, *_ in rows})
    found: dict[Term, str] = {}
    for pk, _, kind, slug, key, name in rows:
        for term, own in meant.items():
            if pk in known and ((term.value == slug and own in (kind, "")) or (not own and term.value == key)):
                found.setdefault(term, name)
    return found


def _kind(term: Term) -> str:
    """The kind of tag that a term means, empty for any."""
    return {"primary": TagKind.RELATIONSHIP.value, "tag": ""}.get(term.field, term.field)


def _known(sight: Sight, tags: Mapping[int, int | None]) -> set[int]:
    """Of some tags, with their canonicals, those of which this reader may know: a listed work stands under them."""
    heads = [tag for tag, canonical in tags.items() if canonical is None]
    merged = [tag for tag, canonical in tags.items() if canonical is not None]
    return {
        *(asking.under(sight, heads) if heads else ()),
        *(asking.carried(sight, merged) if merged else ()),
    }


def _of_authors(sight: Sight, terms: Iterable[Term]) -> dict[Term, str]:
    slugs = [term.value for term in terms if term.field == "author"]
    if not slugs:
        return {}
    shelves = listed(sight).values("pk")
    bylines = Byline.everything.filter(work__in=shelves, author__slug__in=slugs).values("author")
    rows = Author.everything.filter(pk__in=bylines).values_list("slug", "name")
    return {Term("author", slug): name for slug, name in rows}


def _of_series(sight: Sight, terms: Iterable[Term]) -> dict[Term, str]:
    numbers = [int(term.value) for term in terms if term.field == "series"]
    if not numbers:
        return {}
    entries = SeriesEntry.everything.filter(work__in=listed(sight).values("pk"), series__in=numbers).values("series")
    rows = Series.everything.filter(pk__in=entries).values_list("pk", "title")
    return {Term("series", str(number)): title for number, title in rows}
