"""The sidebar's shape: which part of a question stands in clauses, and which is beyond them."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from archive.browse.fields import DAYS, FIELDS, LONGEST_VALUE, RANGES, SINGLE, WORDS
from archive.browse.terms import Clause, Group, Literal, Mode, Term

_MODES = list(Mode)
UNLISTED = frozenset({*RANGES, *DAYS, *WORDS})
"""Fields without a list to choose from: *any of* one value of theirs is just that value."""


@dataclass(frozen=True, slots=True)
class Conjunct:
    """One thing that must hold: either of its literals. `either` says that it is meant as *any of*, even of one."""

    literals: Group
    either: bool = False


@dataclass(slots=True)
class Shape:
    """A question while it is put together: what fits goes into clauses, the rest is kept as it came.

    A term stands in one clause only, and a field has at most one *any of*; so what comes first is placed first.
    """

    search: str = ""
    placed: dict[Term, Mode] = field(default_factory=dict)
    also: list[Group] = field(default_factory=list)

    @property
    def clauses(self) -> tuple[Clause, ...]:
        """One clause a field and mode, in the fields' order."""
        gathered: dict[tuple[str, Mode], list[Term]] = {}
        for term, mode in self.placed.items():
            gathered.setdefault((term.field, mode), []).append(term)
        for name in UNLISTED:
            if len(gathered.get((name, Mode.ANY), ())) == 1:
                gathered.setdefault((name, Mode.ALL), []).extend(gathered.pop((name, Mode.ANY)))
        keys = sorted(gathered, key=lambda key: (FIELDS.index(key[0]), _MODES.index(key[1])))
        return tuple(Clause(mode, tuple(gathered[name, mode])) for name, mode in keys)

    def click(self, mode: Mode, term: Term) -> None:
        """Add a term as the sidebar does: it joins what is there; of a term that is named twice the first counts."""
        if mode is not Mode.NONE and term.field == "search" and self._join(term):
            return
        self.placed.setdefault(term, usual_mode(mode, term))

    def take(self, conjunct: Conjunct) -> None:
        """Add one thing that must hold, where it fits."""
        literals = tuple(dict.fromkeys(conjunct.literals))
        if not literals or any(Literal(one.term, not one.wanted) in literals for one in literals):
            return  # it holds whatever a work is
        if not self._place(literals, either=conjunct.either) and set(literals) not in map(set, self.also):
            self.also.append(literals)

    def _place(self, literals: Group, *, either: bool) -> bool:
        first, *others = literals
        term = first.term
        if not first.wanted:
            return not others and self._set(Mode.NONE, term)
        if any(not other.wanted or other.term.field != term.field for other in others):
            return False
        if not others and term.field == "search":
            return self._join(term)
        mode = usual_mode(Mode.ANY if others or either else Mode.ALL, term)
        if mode is Mode.ALL:
            return self._set(mode, term)
        terms = [literal.term for literal in literals]
        if self._any(term.field) or any(one in self.placed for one in terms):
            return self._any(term.field) == terms
        self.placed |= dict.fromkeys(terms, mode)
        return True

    def _set(self, mode: Mode, term: Term) -> bool:
        return self.placed.setdefault(term, mode) is mode

    def _any(self, name: str) -> list[Term]:
        return [term for term, mode in self.placed.items() if (term.field, mode) == (name, Mode.ANY)]

    def _join(self, term: Term) -> bool:
        """Words that are wanted join the other words that are searched for, while they fit there."""
        joined = f"{self.search} {term.value}".strip()
        if len(joined) > LONGEST_VALUE:
            return False
        self.search = joined
        return True


def usual_mode(mode: Mode, term: Term) -> Mode:
    """How a single term binds: for fields with one value a work, *all of* is *any of*."""
    if term.field in SINGLE and mode is Mode.ALL:
        return Mode.ANY
    return mode


def pairs(clauses: Iterable[Clause]) -> list[tuple[Mode, Term]]:
    """Every term with the mode of its clause."""
    return [(clause.mode, term) for clause in clauses for term in clause.terms]


def groups(clauses: Iterable[Clause]) -> Iterable[Group]:
    """Clauses as either/or groups that must all hold."""
    for clause in clauses:
        if clause.mode is Mode.ANY:
            yield tuple(Literal(term) for term in clause.terms)
        else:
            yield from ((Literal(term, clause.mode is Mode.ALL),) for term in clause.terms)
