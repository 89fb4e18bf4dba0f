"""Answers from the index, each merged exactly from the base and from what has changed since."""

from archive.access import Sight
from archive.browse import BrowseQuery
from archive.index.answers import Answer, Facets
from archive.index.state import State


def page(state: State, sight: Sight, query: BrowseQuery) -> Answer:
    """The works of one page and the exact total. A page beyond the last one is the last one."""
    raise NotImplementedError


def count(state: State, sight: Sight, query: BrowseQuery) -> int:
    """How many works a question finds."""
    raise NotImplementedError


def ids(state: State, sight: Sight, query: BrowseQuery) -> tuple[int, ...]:
    """Every work that a question finds, in its order."""
    raise NotImplementedError


def facets(state: State, sight: Sight, query: BrowseQuery) -> Facets:
    """Every facet, counted on the result; one in which an *any of* is chosen is counted with that taken out."""
    raise NotImplementedError
