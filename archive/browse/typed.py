"""The typed form of a question: read into a BrowseQuery, with its mistakes explained, and written again."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from archive.browse import orders, writing
from archive.browse.grammar import Parser, parser
from archive.browse.meaning import Meaning, Names, nobody
from archive.browse.mistakes import Mistake, Mistakes
from archive.browse.names import sort_called
from archive.browse.query import BrowseQuery
from archive.browse.shape import MOST_GROUPS, Shape
from archive.browse.terms import Term
from archive.browse.tokens import Token
from archive.browse.tree import TooMany, conjuncts, normal

LONGEST = 20_000
"""Characters of typed text that are read."""
LONGEST_ADDRESS = 7_500
"""Characters of an address that is asked for, on whatever page."""


@dataclass(frozen=True, slots=True)
class Typed:
    """What was understood of typed text, and what was not. None when nothing at all was."""

    query: BrowseQuery | None
    mistakes: tuple[Mistake, ...] = ()
    ordered: bool = False
    """Whether the text says an order, be it the usual one."""


def read(text: str, names: Names = nobody) -> Typed:
    """Read a typed question. What can be understood is; the rest is explained, and never an error.

    `names(field, name)` gives the slug (for `series` the id) of a name that this reader may know, else None: then the
    name stands as it was typed, and finds nothing. `tag` is a tag of any kind, `primary` a relationship.
    """
    mistakes = Mistakes()
    if len(text) > LONGEST:
        mistakes.add(f"Only the first {LONGEST:,} characters are read.", LONGEST, len(text))
    plain = text[:LONGEST].encode(errors="replace").decode().replace("\0", " ")
    reading = parser(plain, Meaning(names, mistakes), mistakes)
    query = _fitting(_ordered(_shaped(reading, mistakes), reading.said, mistakes), mistakes)
    understood = query != BrowseQuery() or not mistakes.found
    return Typed(query if understood else None, mistakes.told(), bool({"sort", "order"} & reading.said.keys()))


def text(query: BrowseQuery, names: Mapping[Term, str] | None = None, fixed: Term | None = None) -> str:
    """The typed form of a question; page and opened facet are no part of it, nor is what the page stands for (`fixed`).

    `names` are the display names behind slugs and ids, those that this reader may know; without one the slug stands.
    """
    known = names or {}
    pieces = [writing.words(query.search)] if query.search else []
    for clause in query.clauses:
        terms = tuple(term for term in clause.terms if term != fixed)
        pieces += writing.clause(replace(clause, terms=terms), known) if terms else ()
    pieces += writing.groups(query.also, known)
    if query.sort != query.usual_sort:
        pieces.append(f"sort:{query.sort}")
    if query.ascending != (query.sort in orders.ASCENDING):
        pieces.append(f"order:{'asc' if query.ascending else 'desc'}")
    if query.seed:
        pieces.append(f"seed:{query.seed}")
    return " ".join(pieces)


def _shaped(reading: Parser, mistakes: Mistakes) -> BrowseQuery:
    shape = Shape()
    tree = reading.tree()
    for node in conjuncts(tree) if tree else ():
        try:
            taken = [shape.take(conjunct) for conjunct in normal(node)]
            fits = all(taken)
        except TooMany:
            fits = False
        if not fits:
            line = f"With its brackets opened this question has more than {MOST_GROUPS} parts; some are left out."
            mistakes.add(line, 0, 0)
    clauses, search, also = shape.settled()
    return BrowseQuery(clauses, search, also=also)


def _ordered(query: BrowseQuery, said: Mapping[str, Token], mistakes: Mistakes) -> BrowseQuery:
    sort, upwards = query.usual_sort, None
    if token := said.get("sort"):
        called = sort_called(token.text)
        upwards = {">": True, "<": False}.get(token.comparison)
        if called not in orders.SORTS:
            mistakes.add(f"“{token.text[:40]}” is no order. Try words, updated, title, kudos.", token.start, token.end)
        elif called == "best" and not query.sought:
            mistakes.add("The best match needs words to search for.", token.start, token.end)
        else:
            sort = called
    if token := said.get("order"):
        upwards = {"a": True, "d": False}.get(token.text[:1].lower(), upwards)
    seed = said.get("seed")
    return replace(
        query,
        sort=sort,
        ascending=sort in orders.ASCENDING if upwards is None else upwards,
        seed=_seed(seed.text) if seed and sort == "random" else 0,
    )


def _fitting(query: BrowseQuery, mistakes: Mistakes) -> BrowseQuery:
    """The question, or as much of it as an address can hold: a server takes no longer one."""
    fitting, clauses = query, list(query.clauses)
    while len(fitting.address()) > LONGEST_ADDRESS:
        mistakes.add("This question is too long for an address; its end is left out.", 0, 0)
        if not fitting.also:
            clauses.pop()
        fitting = replace(fitting, clauses=tuple(clauses), also=())
    return fitting


def _seed(digits: str) -> int:
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) < 8 else 0
