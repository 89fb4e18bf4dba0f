"""BrowseQuery: what somebody asks the shelf for. Address <-> question; `archive.wording` says it in words."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from urllib.parse import urlencode

from archive.vocabulary import ArchiveWarning, Category, Rating, TagKind

PAGE_SIZE = 20
MOST_TERMS = 64
LONGEST_VALUE = 300


class Mode(StrEnum):
    """How the terms of a clause bind."""

    ALL = "all"
    ANY = "any"
    NONE = "none"


@dataclass(frozen=True, slots=True, order=True)
class Term:
    """One condition: a field and a value, both as the address writes them."""

    field: str
    value: str


@dataclass(frozen=True, slots=True)
class Clause:
    """*All of*, *any of* or *none of* its terms."""

    mode: Mode
    terms: tuple[Term, ...]


RATINGS = {
    "general": Rating.GENERAL,
    "teen": Rating.TEEN,
    "mature": Rating.MATURE,
    "explicit": Rating.EXPLICIT,
    "not-rated": Rating.NOT_RATED,
    "other": Rating.UNKNOWN,
    "not-stated": Rating.NOT_STATED,
}
WARNINGS = {
    "none": ArchiveWarning.NONE_APPLY,
    "violence": ArchiveWarning.VIOLENCE,
    "death": ArchiveWarning.DEATH,
    "non-con": ArchiveWarning.NON_CON,
    "underage": ArchiveWarning.UNDERAGE,
    "chose-not": ArchiveWarning.CHOSE_NOT,
    "other": ArchiveWarning.OTHER,
    "not-stated": ArchiveWarning.NOT_STATED,
}
CATEGORIES = {
    "gen": Category.GEN,
    "f-m": Category.FM,
    "m-m": Category.MM,
    "f-f": Category.FF,
    "multi": Category.MULTI,
    "other": Category.OTHER,
    "not-stated": Category(0),
}
COMPLETE: dict[str, bool | None] = {"yes": True, "no": False, "not-stated": None}

CLOSED: dict[str, Mapping[str, object]] = {
    "rating": RATINGS,
    "warning": WARNINGS,
    "category": CATEGORIES,
    "complete": COMPLETE,
}
SINGLE = frozenset({"rating", "complete", "language"})
"""Fields of which a work has one value: several asked for can only mean any of them."""
TAGS = tuple(kind.value for kind in TagKind)
FIELDS = ("rating", "warning", "category", *TAGS, "language", "complete", "author", "series", "words")
_SUFFIX = {Mode.ALL: "", Mode.ANY: ".any", Mode.NONE: ".not"}
_RANGE = re.compile(r"(\d{0,9})-(\d{0,9})\Z")

SORTS = {
    "updated": "last updated",
    "published": "date published",
    "added": "date added",
    "words": "words",
    "chapters": "chapters",
    "title": "title",
    "author": "author",
    "part": "place in the series",
}
_ASCENDING = frozenset({"title", "author", "part"})
_RUNS = {
    "words": ("longest first", "shortest first"),
    "chapters": ("most first", "fewest first"),
    "title": ("A to Z", "Z to A"),
    "author": ("A to Z", "Z to A"),
    "part": ("first to last", "last to first"),
}
_DATES_RUN = ("newest first", "oldest first")
"""How an order runs, the usual way and the other."""


def word_range(value: str) -> tuple[int | None, int | None] | None:
    """Read `1000-5000`, `1000-` or `-5000`; None when it is no range."""
    if not (match := _RANGE.match(value)) or value == "-":
        return None
    low, high = (int(end) if end else None for end in match.groups())
    return low, high


def _valid(term: Term) -> bool:
    if not term.value or len(term.value) > LONGEST_VALUE or "\0" in term.value:
        return False
    if closed := CLOSED.get(term.field):
        return term.value in closed
    if term.field == "series":
        return term.value.isascii() and term.value.isdigit() and len(term.value) < 19
    return term.field != "words" or word_range(term.value) is not None


@dataclass(frozen=True, slots=True)
class BrowseQuery:
    """A question: clauses that must all hold, words to search for, an order, a page, and a facet to be told more of.

    In the address a plain field is *all of* (for fields with one value a work, *any of*), `.any` and `.not` the others:
    `?fandom=x&freeform.not=y&rating=teen&words=1000-5000&q=lamp&sort=words&order=asc&page=2`.
    """

    clauses: tuple[Clause, ...] = ()
    search: str = ""
    sort: str = "updated"
    ascending: bool = False
    page: int = 1
    more: str = ""
    """The kind of tag whose facet is to show many values instead of a few."""

    @classmethod
    def read(cls, params: Mapping[str, Sequence[str]] | Iterable[tuple[str, Sequence[str]]]) -> "BrowseQuery":
        """Read an address. What is not understood is left out: an old or mistyped address never errs."""
        given = dict(params)
        terms = [(mode, term) for mode, term in _terms(given) if _valid(term)][:MOST_TERMS]
        usual = "part" if any(term.field == "series" for _, term in terms) else "updated"
        sort = _last(given, "sort") if _last(given, "sort") in SORTS else usual
        order = _last(given, "order")
        page = _last(given, "page")
        return cls(
            clauses=_clauses(terms),
            search=" ".join(_last(given, "q").replace("\0", " ").split())[:LONGEST_VALUE],
            sort=sort,
            ascending=order == "asc" if order in {"asc", "desc"} else sort in _ASCENDING,
            page=max(1, int(page)) if page.isascii() and page.isdigit() and len(page) < 8 else 1,
            more=_last(given, "more") if _last(given, "more") in TAGS else "",
        )

    def address(self, fixed: Term | None = None) -> str:
        """The shortest address of this question, from `?` on, on a page that stands for the term `fixed`."""
        pairs = [("q", self.search)] if self.search else []
        pairs += [(_name(mode, term.field), term.value) for mode, term in self if term != fixed]
        if self.sort != self.usual_sort:
            pairs.append(("sort", self.sort))
        if self.ascending != (self.sort in _ASCENDING):
            pairs.append(("order", "asc" if self.ascending else "desc"))
        if self.more:
            pairs.append(("more", self.more))
        if self.page > 1:
            pairs.append(("page", str(self.page)))
        return "?" + urlencode(pairs)

    @property
    def usual_sort(self) -> str:
        """The order that needs no mention in the address: newest first, or in a series its own."""
        return "part" if any(term.field == "series" for _, term in self) else "updated"

    @property
    def runs(self) -> str:
        """How the order runs, in words: "newest first"."""
        return _RUNS.get(self.sort, _DATES_RUN)[self.ascending != (self.sort in _ASCENDING)]

    def reversed(self) -> "BrowseQuery":
        """The question in the reverse order, on its first page."""
        return replace(self, ascending=not self.ascending, page=1)

    def __iter__(self) -> Iterator[tuple[Mode, Term]]:
        """Every term with the mode of its clause."""
        return ((clause.mode, term) for clause in self.clauses for term in clause.terms)

    def mode_of(self, term: Term) -> Mode | None:
        """How a term stands in this question, if it does."""
        return next((mode for mode, own in self if own == term), None)

    def adding(self, mode: Mode, term: Term) -> "BrowseQuery":
        """The question with one more term, on its first page; a term stands in one mode only."""
        kept = [pair for pair in self if pair[1] != term]
        return replace(self, clauses=_clauses([*kept, (mode, term)]), page=1)

    def without(self, *terms: Term) -> "BrowseQuery":
        """The question without these terms, on its first page."""
        return replace(self, clauses=_clauses([pair for pair in self if pair[1] not in terms]), page=1)

    def without_any(self, field: str) -> "BrowseQuery":
        """The question without what it asks *any of* in one field: what that field's facet is counted on."""
        kept = [(mode, term) for mode, term in self if (mode, term.field) != (Mode.ANY, field)]
        return replace(self, clauses=_clauses(kept))

    def on_page(self, page: int) -> "BrowseQuery":
        """The same question, another page."""
        return replace(self, page=page)


def _name(mode: Mode, field: str) -> str:
    return field if field in SINGLE and mode is Mode.ANY else field + _SUFFIX[mode]


def _last(given: Mapping[str, Sequence[str]], name: str) -> str:
    values = given.get(name) or [""]
    return values[-1]


def _terms(given: Mapping[str, Sequence[str]]) -> Iterator[tuple[Mode, Term]]:
    for field in FIELDS:
        for mode in Mode:
            asked = Mode.ANY if field in SINGLE and mode is Mode.ALL else mode
            for value in given.get(field + _SUFFIX[mode], ()):
                yield asked, Term(field, value.strip())


def _clauses(terms: Iterable[tuple[Mode, Term]]) -> tuple[Clause, ...]:
    """Gather terms into one clause a field and mode, in the fields' order; of a term named twice the first counts."""
    seen: dict[Term, Mode] = {}
    for mode, term in terms:
        seen.setdefault(term, mode)
    gathered: dict[tuple[int, Mode], list[Term]] = {}
    for term, mode in seen.items():
        gathered.setdefault((FIELDS.index(term.field), mode), []).append(term)
    order = list(Mode)
    keys = sorted(gathered, key=lambda key: (key[0], order.index(key[1])))
    return tuple(Clause(mode, tuple(gathered[position, mode])) for position, mode in keys)
