"""What a reader's own rules set aside of an answer: how many works, and how many for each rule.

It is counted within what may be named to this reader: what is hidden from them is never counted, by any rule.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from archive.access import Sight
from archive.index import Answer
from archive.shown import Aside, RuleAside


def rules(sight: Sight) -> list[tuple[RuleAside, Sight]]:
    """Each rule, and the same reader with no other one; single works are one rule together."""
    return list(_rules(sight)) if sight.avoids else []


def aside(rules: Sequence[tuple[RuleAside, Sight]], answer: Answer) -> Aside | None:
    """What an answer says that was set aside, all in all and by rule; None where nothing was."""
    total, *counts = answer.aside or (0,)
    named = (replace(rule, count=count) for (rule, _), count in zip(rules, counts, strict=False))
    found = sorted((one for one in named if one.count), key=lambda one: (-one.count, one))
    return Aside(total, tuple(found)) if total else None


def _rules(sight: Sight) -> Iterator[tuple[RuleAside, Sight]]:
    reader, free = sight.reader, sight.reader.avoiding_nothing
    for warning in reader.avoided_warnings:
        yield RuleAside("warning", str(warning.value)), Sight(replace(free, avoided_warnings=warning))
    for rule in reader.avoided:
        yield RuleAside("tag", rule), Sight(free, avoided=sight.meant["tag", rule])
    for name in reader.avoided_authors:
        yield RuleAside("author", name), Sight(free, avoided_authors=sight.meant["author", name])
    if reader.avoided_works:
        yield RuleAside("work", ""), Sight(replace(free, avoided_works=reader.avoided_works))
