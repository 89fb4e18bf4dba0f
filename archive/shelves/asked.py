"""One question as it was asked: by whom, on which page, and what its slugs are called."""

from collections.abc import Mapping
from dataclasses import dataclass

from archive import wording
from archive.access import Sight
from archive.browse import BrowseQuery, Term


@dataclass(frozen=True, slots=True)
class Asked:
    """One question as it was asked.

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
        return wording.chip(term, self.names)
