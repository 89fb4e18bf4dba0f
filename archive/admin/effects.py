"""Effects: what a policy would show to whom, counted by the one rule before anybody saves it."""

from collections.abc import Iterator

from archive import catching, index, policy, visible
from archive.access import Kind, Reader
from archive.browse import BrowseQuery
from archive.limits import limits
from archive.policy import Limits, Policy
from archive.vocabulary import Rating

_ALL = BrowseQuery()


def effects(before: Policy, after: Policy, *, holding: bool) -> list[str]:
    """In plain words, a line each: what strangers and members see with it, what asks, and what is held.

    `holding` says whether works that stand on the shelf are held as well, besides those that come in later.
    """
    shelf = _listed(Reader(welcome=True, ceiling=Rating.EXPLICIT, adult=True))
    others = limits()
    return [
        *_strangers(before, after, others, shelf),
        f"A member without a ceiling of their own sees {_seen(before, after, Kind.MEMBER, Limits(), shelf)}.",
        *_asking(after),
        *_holding(after, holding=holding),
    ]


def _strangers(before: Policy, after: Policy, others: Limits, shelf: int) -> Iterator[str]:
    if not after.strangers_welcome:
        yield "Nobody sees a work without signing in."
        return
    yield f"With this a stranger sees {_seen(before, after, Kind.STRANGER, others, shelf)}."
    if others.ceiling < after.stranger_ceiling:
        yield f"Strangers are held to {others.ceiling.label}: a member or device has that ceiling, and could sign out."
    if others.blocked - after.blocked_tags:
        yield "Tags that are blocked for a member are not shown to strangers either."


def _seen(before: Policy, after: Policy, kind: Kind, others: Limits, shelf: int) -> str:
    """312 of 1,020 works (now 400), and 900 once they have agreed to see adult works (now 1,000)."""
    young, grown = (
        [_listed(policy.reader(one, kind=kind, others=others, adult=adult)) for one in (before, after)]
        for adult in (False, True)
    )
    agreed = f", and {_moved(grown)} once they have agreed to see adult works" if grown[1] > young[1] else ""
    return f"{_moved(young, f' of {_works(shelf)}')}{agreed}"


def _asking(after: Policy) -> Iterator[str]:
    """How many works ask before they open, of those that stand on the shelf of a member who has agreed."""
    seen = visible.sight(policy.reader(after, kind=Kind.MEMBER, adult=True))
    listed = index.count(seen, _ALL)
    if asks := listed - visible.open_to(seen).count():
        yield f"{asks:,} of {_works(listed)} ask for their warnings or tags before they open to a member."


def _holding(after: Policy, *, holding: bool) -> Iterator[str]:
    new = catching.uncaught(after)
    if new and holding:
        yield f"{_works(len(new))} on the shelf would be held."
    elif new:
        yield f"{_works(len(new))} on the shelf would be held if they came in now; they stay where they are."


def _listed(reader: Reader) -> int:
    return index.count(visible.sight(reader), _ALL)


def _moved(counts: list[int], of: str = "") -> str:
    now, then = counts
    return f"{then:,}{of}" + (f" (now {now:,})" if now != then else "")


def _works(number: int) -> str:
    return f"{number:,} {'work' if number == 1 else 'works'}"
