"""What a reader's own rules set aside of an answer: how many works, and how many for each rule.

It is counted within what may be named to this reader: what is hidden from them is never counted, by any rule.
"""

from collections.abc import Iterator
from dataclasses import replace

from archive import index, visible
from archive.access import Sight
from archive.browse import BrowseQuery
from archive.shown import Aside, RuleAside
from archive.vocabulary import ArchiveWarning


def aside(sight: Sight, query: BrowseQuery) -> Aside | None:
    """What is set aside; None where nothing is."""
    if not sight.avoids:
        return None
    rules = list(_rules(sight))
    total, *counts = index.aside(sight, query, [sight, *(one for _, one in rules)])
    named = (replace(rule, count=count) for (rule, _), count in zip(rules, counts, strict=False))
    found = sorted((one for one in named if one.count), key=lambda one: (-one.count, one))
    return Aside(total, tuple(found)) if total else None


def _rules(sight: Sight) -> Iterator[tuple[RuleAside, Sight]]:
    """Each rule, and the same reader with no other one; single works are one rule together."""
    reader = sight.reader
    free = replace(
        reader,
        avoided=frozenset(),
        avoided_authors=frozenset(),
        avoided_works=frozenset(),
        avoided_warnings=ArchiveWarning(0),
    )
    for warning in reader.avoided_warnings:
        yield RuleAside("warning", str(warning.value)), Sight(replace(free, avoided_warnings=warning))
    for rule in reader.avoided:
        yield RuleAside("tag", rule), Sight(free, avoided=visible.closed(frozenset({rule})))
    for name in reader.avoided_authors:
        yield RuleAside("author", name), Sight(free, avoided_authors=visible.authors(frozenset({name})))
    if reader.avoided_works:
        yield RuleAside("work", ""), Sight(replace(free, avoided_works=reader.avoided_works))
