"""The sidebar's shape: which part of a question stands in clauses, and which is beyond them."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from archive.browse.fields import DAYS, FIELDS, LONGEST_VALUE, RANGES, SINGLE, WORDS
from archive.browse.terms import Clause, Group, Literal, Mode, Term

MOST_GROUPS = 64
"""Either/or groups of a whole question."""
MOST_LITERALS = 512
"""Literals of a whole question."""
_FIELDS = {name: place for place, name in enumerate(FIELDS)}
_IN_ORDER = tuple(Mode)
_MODES = {mode: place for place, mode in enumerate(_IN_ORDER)}
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

    def settled(self) -> tuple[tuple[Clause, ...], str, tuple[Group, ...]]:
        """Clauses, one a field and mode, in the fields' order; the words that are searched for; what is beyond."""
        either = self._any("search")
        if len(either) == 1:  # nothing else came to choose from
            del self.placed[either[0]]
            self.take(Conjunct((Literal(either[0]),)))
        gathered: dict[tuple[int, int], list[Term]] = {}
        for term, mode in self.placed.items():
            gathered.setdefault((_FIELDS[term.field], _MODES[mode]), []).append(term)
        lone = [key for key, terms in gathered.items() if len(terms) == 1 and _is_lone(terms[0], key)]
        for name, either_of in lone:
            gathered.setdefault((name, _MODES[Mode.ALL]), []).extend(gathered.pop((name, either_of)))
        clauses = (Clause(_IN_ORDER[mode], tuple(gathered[name, mode])) for name, mode in sorted(gathered))
        return tuple(clauses), self.search, tuple(self.also)

    @property
    def literals(self) -> int:
        """How many literals there are."""
        return bool(self.search) + len(self.placed) + sum(map(len, self.also))

    @property
    def _full(self) -> bool:
        if len(self.placed) + len(self.also) + 1 < MOST_GROUPS:
            return False
        either = {term.field for term, mode in self.placed.items() if mode is Mode.ANY}
        single = sum(mode is not Mode.ANY for mode in self.placed.values())
        return bool(self.search) + len(either) + single + len(self.also) >= MOST_GROUPS

    def click(self, mode: Mode, term: Term) -> None:
        """Add a term as the sidebar does: it joins what is there; of a term that is named twice the first counts."""
        if self._full or (mode is Mode.ALL and term.field == "search" and self._join(term)):
            return
        self.placed.setdefault(term, usual_mode(mode, term))

    def take(self, conjunct: Conjunct) -> bool:
        """Add one thing that must hold, where it fits. False when there is no room for it in a question."""
        literals = tuple(dict.fromkeys(conjunct.literals))
        if not literals or any(Literal(one.term, not one.wanted) in literals for one in literals):
            return True  # it holds whatever a work is
        if self._full or self.literals + len(literals) > MOST_LITERALS:
            return False
        if not self._place(literals, either=conjunct.either) and set(literals) not in map(set, self.also):
            self.also.append(literals)
        return True

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


def _is_lone(term: Term, key: tuple[int, int]) -> bool:
    """Whether *any of* this one term is just that term."""
    return key[1] == _MODES[Mode.ANY] and term.field in UNLISTED


def usual_mode(mode: Mode, term: Term) -> Mode:
    """How a single term binds: for fields with one value a work, *all of* is *any of*."""
    return Mode.ANY if term.field in SINGLE and mode is Mode.ALL else mode


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
