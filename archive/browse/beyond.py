"""What is beyond the sidebar's shape, as an address holds it: typed text in which slugs stand for names."""

from collections.abc import Iterable

from archive.browse import writing
from archive.browse.grammar import parser
from archive.browse.meaning import Meaning, nobody
from archive.browse.mistakes import Mistakes
from archive.browse.shape import Conjunct
from archive.browse.terms import Group
from archive.browse.tree import TooMany, conjuncts, normal

_LONGEST = 20_000


def read(text: str) -> list[Conjunct]:
    """What must hold besides the clauses; what is not understood is left out."""
    mistakes = Mistakes()
    tree = parser(text[:_LONGEST], Meaning(nobody, mistakes), mistakes).tree()
    found: list[Conjunct] = []
    for node in conjuncts(tree) if tree else ():
        try:
            found += normal(node)
        except TooMany:
            continue
    return found


def text(groups: Iterable[Group]) -> str:
    """Either/or groups as typed text with slugs for names."""
    return " ".join(writing.groups(groups, {}))
