"""A feed: the newest works that a question finds, for a program that asks for them again and again."""

from collections.abc import Iterator
from dataclasses import replace

from archive import index, wording
from archive.access import Sight
from archive.browse import PAGE_SIZE, BrowseQuery
from archive.shelves import names
from archive.shown import Blurb, Feed

MOST = 50
"""Works in a feed."""
_DAYS = ("updated", "published", "added")
"""Orders in which the newest come first. Any other is no order for a feed, which tells what is new."""


def newest(query: BrowseQuery) -> BrowseQuery:
    """The question as a feed asks it: in its own order if that goes by a date, and always the newest first."""
    sort = query.sort if query.sort in _DAYS else _DAYS[0]
    return replace(query, sort=sort, ascending=False, page=1, more="", seed=0)


def ids(seen: Sight, query: BrowseQuery) -> list[int]:
    """The works of a feed in its order, not yet judged."""
    return [work for works in _pages(seen, newest(query)) for work in works][:MOST]


def feed(seen: Sight, query: BrowseQuery, blurbs: tuple[Blurb, ...]) -> Feed:
    """A feed of these works, told as far as this reader may know them."""
    query = newest(query)
    _, _, *said = wording.sentence(query, 0, names(seen.unruled, query))  # without the number of works, which changes
    return Feed("".join(phrase.text for phrase in said).strip(), query.address(), query.sort, blurbs)


def _pages(seen: Sight, query: BrowseQuery) -> Iterator[tuple[int, ...]]:
    """As many pages of the shelf as a feed has room for. Behind the last one there is nothing."""
    for page in range(1, -(-MOST // PAGE_SIZE) + 1):
        answer = index.page(seen, query.on_page(page))
        yield answer.ids
        if answer.total <= page * PAGE_SIZE:
            return
