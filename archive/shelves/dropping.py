"""When nothing matches: which condition to drop, and how many works that would find."""

from collections.abc import Iterator
from dataclasses import replace

from archive import index, wording
from archive.browse import BrowseQuery
from archive.shelves.asked import Asked
from archive.shown import Suggestion

_MOST_SUGGESTIONS = 5
_MOST_CONDITIONS = 12


def suggestions(asked: Asked) -> tuple[Suggestion, ...]:
    """What dropping one condition would find, most first."""
    fewer = [pair for pair, _ in zip(_fewer(asked), range(_MOST_CONDITIONS), strict=False)]
    found = [Suggestion(label, index.count(asked.sight, less), asked.address(less)) for label, less in fewer]
    return tuple(sorted((one for one in found if one.count), key=lambda one: -one.count)[:_MOST_SUGGESTIONS])


def _fewer(asked: Asked) -> Iterator[tuple[str, BrowseQuery]]:
    query = asked.query
    if query.search:
        yield f"“{query.search}”", query.without_search()
    for _, term in query:
        if term != asked.fixed:
            yield asked.label(term), query.without(term)
    for number, group in enumerate(query.also):
        less = replace(query, also=query.also[:number] + query.also[number + 1 :], page=1)
        yield wording.beyond(BrowseQuery(also=(group,)), asked.names), less
