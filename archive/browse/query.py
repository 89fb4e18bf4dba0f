"""BrowseQuery: what somebody asks the shelf for."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from archive.browse import addresses, beyond, fields, orders, shape
from archive.browse.shape import Conjunct, Shape
from archive.browse.terms import Clause, Group, Literal, Mode, Term

PAGE_SIZE = 20
MOST_TERMS = 64
"""Terms in clauses."""


@dataclass(frozen=True, slots=True)
class BrowseQuery:
    """A question: all that must hold, words to search for, an order, a page, and a facet to be told more of.

    `clauses` is what the sidebar can show: a term stands in one of them only, and a field has at most one *any of*.
    `also` is what is beyond that: a conjunction of either/or groups whose literals may be of any field, wanted or not.

    In the address a plain field is *all of* (for fields with one value a work, *any of*), `.any` and `.not` the others:
    `?q=lamp&fandom=x&freeform.not=y&rating=teen&words=1000-5000&sort=words&order=asc&page=2`.
    """

    clauses: tuple[Clause, ...] = ()
    search: str = ""
    """Words and `"exact phrases"`, all of them wanted anywhere in a work."""
    sort: str = "updated"
    ascending: bool = False
    page: int = 1
    more: str = ""
    """The kind of tag whose facet is to show many values instead of a few."""
    also: tuple[Group, ...] = ()
    seed: int = 0
    """Which of the orders by chance is meant."""

    @classmethod
    def read(cls, params: Mapping[str, Sequence[str]] | Iterable[tuple[str, Sequence[str]]]) -> "BrowseQuery":
        """Read an address. What is not understood is left out: an old or mistyped address never errs."""
        given = dict(params)
        search = fields.term("search", addresses.last(given, "q")[: fields.LONGEST_VALUE].replace("\0", " "))
        asked = Shape(search.value if search else "")
        for mode, term in list(addresses.terms(given))[:MOST_TERMS]:
            asked.click(mode, term)
        for conjunct in beyond.read(addresses.last(given, "also")):
            asked.take(conjunct)
        more = addresses.last(given, "more")
        clauses, words, also = asked.settled()
        unordered = cls(clauses, words, also=also, more=more if more in fields.TAGS else "")
        sort = addresses.sort(given, unordered.usual_sort, searched=bool(unordered.sought))
        return replace(
            unordered,
            sort=sort,
            ascending=addresses.order(given, sort),
            page=addresses.number(given, "page", 1),
            seed=addresses.number(given, "seed", 0) if sort == "random" else 0,
        )

    def address(self, fixed: Term | None = None) -> str:
        """The shortest address of this question, from `?` on, on a page that stands for the term `fixed`."""
        usual = self.ascending == (self.sort in orders.ASCENDING)
        pairs = [
            ("q", self.search),
            *((addresses.name(mode, term.field), term.value) for mode, term in self if term != fixed),
            ("also", beyond.text(self.also) if self.also else ""),
            ("sort", "" if self.sort == self.usual_sort else self.sort),
            ("order", "" if usual else "asc" if self.ascending else "desc"),
            ("seed", str(self.seed or "")),
            ("more", self.more),
            ("page", str(self.page) if self.page > 1 else ""),
        ]
        return "?" + urlencode([(word, value) for word, value in pairs if value])

    @property
    def wanted(self) -> tuple[Group, ...]:
        """The whole question as either/or groups that must all hold, clauses, `also` and search words alike.

        At most 64 groups. A literal that is not wanted means everything visible but the works of its term.
        """
        search = [(Literal(Term("search", self.search)),)] if self.search else []
        return (*search, *shape.groups(self.clauses), *self.also)

    @property
    def sought(self) -> tuple[Term, ...]:
        """The words that a work may have been found by: terms of `search`, `title` and `text` that are wanted."""
        anywhere = (Term("search", self.search),) if self.search else ()
        clauses = (term for mode, term in self if mode is not Mode.NONE)
        further = (one.term for group in self.also for one in group if one.wanted)
        return (*anywhere, *(term for term in (*clauses, *further) if term.field in fields.WORDS))

    @property
    def usual_sort(self) -> str:
        """The order that needs no mention in the address: a series' own, the best match for words, newest first."""
        if any(term.field == "series" for mode, term in self if mode is not Mode.NONE):
            return "part"
        return "best" if self.search or self.sought else "updated"

    @property
    def runs(self) -> str:
        """How the order runs, in words: "newest first"."""
        return orders.runs(self.sort, ascending=self.ascending)

    def reversed(self) -> "BrowseQuery":
        """The question in the reverse order, on its first page."""
        return replace(self, ascending=not self.ascending, page=1)

    def __iter__(self) -> Iterator[tuple[Mode, Term]]:
        """Every term of the clauses with its mode."""
        return iter(shape.pairs(self.clauses))

    def adding(self, mode: Mode, term: Term) -> "BrowseQuery":
        """The question with one more term, on its first page; a term stands in one mode only.

        As *any of* it joins what else is asked *any of* in its field; a term that is there already is turned.
        """
        return self._clicked([*(pair for pair in self if pair[1] != term), (mode, term)])

    def without(self, *terms: Term) -> "BrowseQuery":
        """The question without these terms, on its first page."""
        return self._clicked([pair for pair in self if pair[1] not in terms])

    def without_any(self, field: str) -> "BrowseQuery":
        """The question without what it asks *any of* in one field: what that field's facet is counted on."""
        kept = [(mode, term) for mode, term in self if (mode, term.field) != (Mode.ANY, field)]
        return self._clicked(kept).on_page(self.page)

    def without_search(self) -> "BrowseQuery":
        """The question without the words in the search box, on its first page."""
        return self._clicked(self, search="")

    def on_page(self, page: int) -> "BrowseQuery":
        """The same question, another page."""
        return replace(self, page=page)

    def _clicked(self, pairs: Iterable[tuple[Mode, Term]], search: str | None = None) -> "BrowseQuery":
        asked = Shape(self.search if search is None else search)
        for mode, term in pairs:
            asked.click(mode, term)
        for group in self.also:
            asked.take(Conjunct(group))
        clauses, words, left = asked.settled()
        changed = replace(self, clauses=clauses, search=words, also=left, page=1)
        # The usual order stays the usual one, and the best match goes with the words that it was a match for.
        if self.sort == self.usual_sort or (self.sort == "best" and not changed.sought):
            sort = changed.usual_sort
            return replace(
                changed, sort=sort, ascending=self.ascending if sort == self.sort else sort in orders.ASCENDING
            )
        return changed
