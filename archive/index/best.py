"""The order of a search: the works that answer it best first."""

from collections.abc import Collection

from pyroaring import BitMap

from archive.browse import BrowseQuery
from archive.search import ranked
from archive.search.words import phrases


def best(query: BrowseQuery, works: Collection[int], opened: BitMap) -> list[int]:
    """These works in the order of the words that the question seeks; `opened` are those open to the reader."""
    sought = dict.fromkeys(phrase for term in query.sought for phrase in phrases(term.value))
    ordered = ranked(list(sought), works, opened)
    return ordered[::-1] if query.ascending else ordered
