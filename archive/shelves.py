"""From an answer to a shelf: facets with addresses, chips, the sentence, and what to drop when nothing matches."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from django.db.models import Exists, OuterRef, Q

from archive import index, wording
from archive.access import Sight
from archive.browse import (
    CATEGORIES,
    COMPLETE,
    PAGE_SIZE,
    RATINGS,
    SINGLE,
    SORTS,
    TAGS,
    WARNINGS,
    BrowseQuery,
    Mode,
    Term,
)
from archive.index import Answer, Counts, Value
from archive.models import Author, Byline, Series, SeriesEntry, Tag, Tagging
from archive.shown import Blurb, Chip, Facet, FacetValue, Shelf, Suggestion
from archive.visible import listed
from archive.vocabulary import TagKind

FACETS = ("rating", "warning", "category", *TAGS, "complete", "language")
LABELS = {
    "rating": "Rating",
    "warning": "Archive Warnings",
    "category": "Categories",
    **{kind.value: kind.label for kind in TagKind},
    "complete": "Completion",
    "language": "Language",
    "author": "Author",
    "series": "Series",
    "words": "Words",
}
_WORDS_FOR: dict[str, dict[Value, str]] = {
    "rating": {value.value: word for word, value in RATINGS.items()},
    "warning": {value.value: word for word, value in WARNINGS.items()},
    "category": {value.value: word for word, value in CATEGORIES.items()},
    "complete": {value: word for word, value in COMPLETE.items()},
}
_MOST_SUGGESTIONS = 5
_MOST_CONDITIONS = 12


@dataclass(frozen=True, slots=True)
class Asked:
    """One question as it was asked: by whom, and on which page.

    `fixed` is the condition that the page itself stands for (a tag, an author): addresses leave it out, and it cannot
    be removed. `names` are the names of tags, authors and series that this reader may know.
    """

    sight: Sight
    query: BrowseQuery
    fixed: Term | None
    names: Mapping[Term, str]

    def address(self, query: BrowseQuery) -> str:
        """The address of a question on this page, from `?` on."""
        return query.address(self.fixed)

    def label(self, term: Term) -> str:
        """The words for one condition."""
        return wording.label(term, self.names)


def shelf(sight: Sight, query: BrowseQuery, answer: Answer, blurbs: Iterable[Blurb], fixed: Term | None) -> Shelf:
    """Lay the shelf for a question that has been answered."""
    pages = max(1, -(-answer.total // PAGE_SIZE))
    page = min(query.page, pages)
    asked = Asked(sight, query, fixed, _names(sight, query))
    reader = sight.reader
    return Shelf(
        question=wording.sentence(query, answer.total, asked.names),
        total=answer.total,
        page=page,
        pages=pages,
        blurbs=tuple(blurbs),
        facets=_facets(asked),
        chips=tuple(_chips(asked)),
        sorts=tuple((sort, words, sort == query.sort) for sort, words in _sorts(query)),
        runs=query.runs,
        reverse=asked.address(query.reversed()) if query.sort != "part" else "",
        previous=asked.address(query.on_page(page - 1)) if page > 1 else "",
        next=asked.address(query.on_page(page + 1)) if page < pages else "",
        hidden_until_agreed=reader.welcome and not reader.adult and reader.ceiling.adult,
        suggestions=() if answer.total else _suggestions(asked),
    )


def _sorts(query: BrowseQuery) -> Iterable[tuple[str, str]]:
    in_series = any(term.field == "series" for _, term in query)
    return ((sort, words) for sort, words in SORTS.items() if sort != "part" or in_series)


def _names(sight: Sight, query: BrowseQuery) -> dict[Term, str]:
    """The names behind the slugs of a question: only of what stands on this reader's shelves, else the slug remains."""
    terms = [term for _, term in query]
    names: dict[Term, str] = {}
    shelves = listed(sight).values("pk")
    tags = [term for term in terms if term.field in TAGS]
    if tags:
        wanted = Q()
        for term in tags:
            wanted |= Q(kind=term.field, slug=term.value)
        spellings = Tag.everything.filter(Q(pk=OuterRef(OuterRef("pk"))) | Q(canonical=OuterRef(OuterRef("pk"))))
        carried = Tagging.everything.filter(content_object__in=shelves, tag__in=spellings.values("pk"))
        known = Tag.everything.filter(wanted, Exists(carried))
        names |= {Term(kind, slug): name for kind, slug, name in known.values_list("kind", "slug", "name")}
    slugs = [term.value for term in terms if term.field == "author"]
    if slugs:
        bylines = Byline.everything.filter(work__in=shelves, author__slug__in=slugs).values("author")
        for slug, name in Author.everything.filter(pk__in=bylines).values_list("slug", "name"):
            names[Term("author", slug)] = name
    numbers = [int(term.value) for term in terms if term.field == "series"]
    if numbers:
        entries = SeriesEntry.everything.filter(work__in=shelves, series__in=numbers).values("series")
        for number, title in Series.everything.filter(pk__in=entries).values_list("pk", "title"):
            names[Term("series", str(number))] = title
    return names


def _facets(asked: Asked) -> tuple[Facet, ...]:
    counted = index.facets(asked.sight, asked.query)
    ids = [int(value) for kind in TAGS for value, _ in counted[kind].values if value]
    tags = Tag.everything.filter(pk__in=ids).values_list("pk", "slug", "name")
    known = {pk: (slug, name) for pk, slug, name in tags}
    return tuple(
        Facet(field, LABELS[field], tuple(_values(asked, field, counted[field], known)), counted[field].more)
        for field in FACETS
    )


def _values(asked: Asked, field: str, counts: Counts, known: Mapping[Value, tuple[str, str]]) -> Iterable[FacetValue]:
    """The counted values, and after them those that were chosen but are not among them.

    The condition that the page stands for is neither: every work has it, and nobody can take it away.
    """
    chosen = [term for _, term in asked.query if term.field == field and term != asked.fixed]
    for value, number in counts.values:
        if field in TAGS:
            slug, label = known[value]
            term = Term(field, slug)
        else:
            term = Term(field, _word_for(field, value))
            label = asked.label(term)
        if term in chosen:
            chosen.remove(term)
        if term != asked.fixed:
            yield _value(asked, term, label, number)
    for term in chosen:
        yield _value(asked, term, asked.label(term), 0)


def _word_for(field: str, value: Value) -> str:
    if field == "language":
        return str(value) or "not-stated"
    return _WORDS_FOR[field][value]


def _including(term: Term) -> Mode:
    return Mode.ANY if term.field in SINGLE else Mode.ALL


def _value(asked: Asked, term: Term, label: str, number: int) -> FacetValue:
    query = asked.query
    mode = query.mode_of(term)
    return FacetValue(
        value=term.value,
        label=label,
        count=number,
        mode=mode.value if mode else "",
        include=asked.address(query.adding(_including(term), term)),
        exclude=asked.address(query.adding(Mode.NONE, term)),
        remove=asked.address(query.without(term)),
    )


def _chips(asked: Asked) -> Iterable[Chip]:
    query = asked.query
    for mode, term in query:
        if term != asked.fixed:
            turned = query.adding(_including(term) if mode is Mode.NONE else Mode.NONE, term)
            yield Chip(asked.label(term), mode.value, asked.address(query.without(term)), asked.address(turned))
    if query.search:
        yield Chip(f"“{query.search}”", Mode.ALL.value, asked.address(_without_search(query)), "")


def _without_search(query: BrowseQuery) -> BrowseQuery:
    return replace(query, search="", page=1)


def _suggestions(asked: Asked) -> tuple[Suggestion, ...]:
    """What dropping one condition would find, most first."""
    query = asked.query
    fewer = [(asked.label(term), query.without(term)) for _, term in query if term != asked.fixed][:_MOST_CONDITIONS]
    if query.search:
        fewer.append((f"“{query.search}”", _without_search(query)))
    found = [Suggestion(label, index.count(asked.sight, less), asked.address(less)) for label, less in fewer]
    return tuple(sorted((one for one in found if one.count), key=lambda one: -one.count)[:_MOST_SUGGESTIONS])
