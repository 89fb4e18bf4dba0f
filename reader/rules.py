"""A member's own rules: what they avoid, are asked about, have pointed out or told only when they ask.

They are a preference and open nothing: a rule can only keep something off a page, or ask once more.
"""

from dataclasses import dataclass, replace
from typing import Any

from django.db import transaction
from django.http import HttpRequest

from archive import policy
from archive.access import Reader
from archive.shown import Shelf
from archive.vocabulary import ArchiveWarning, fold
from reader.addresses import turned
from reader.models import ReadingRules, User
from reader.requests import ReadingRequest

ONCE = ("avoided", "shown")
"""The parameter of an address that shows for this question what a reader avoids, and its value."""
MOST = 200
"""Rules of one sort."""
LONGEST = 255
"""Characters of a name or a reason."""

MOST_TOLD = 3
"""Rules that the line about what is set aside names."""
SORTS = ("tag", "author", "work")
"""What can be avoided by a press."""


def rules_of(user: User) -> ReadingRules:
    """The rules of a member, which came with their row. Whoever has made none has those that say nothing."""
    try:
        return user.rules
    except ReadingRules.DoesNotExist:
        return ReadingRules(user=user)


def ruled(reader: Reader, user: User, *, shows_avoided: bool = False) -> Reader:
    """A member as a reader, with rules of their own laid over what the policy says of them."""
    rules = rules_of(user)
    return replace(
        reader,
        ask_warnings=reader.ask_warnings | ArchiveWarning(rules.asked_warnings),
        ask_tags=reader.ask_tags | policy.tag_rules(rules.asked_tags),
        avoided=policy.tag_rules(name for name, _ in rules.avoided_tags),
        avoided_authors=policy.tag_rules(name for name, _ in rules.avoided_authors),
        avoided_works=frozenset(number for number, _ in rules.avoided_works),
        avoided_warnings=ArchiveWarning(rules.avoided_warnings),
        shows_avoided=shows_avoided,
        highlighted=policy.tag_rules(rules.highlighted_tags),
        hides_warnings=rules.hides_warnings,
        hides_freeforms=rules.hides_freeforms,
    )


def stop_asking(request: HttpRequest, warnings: ArchiveWarning) -> None:
    """Take back the rules of a member that ask about these warnings."""
    if isinstance(request.user, User):
        with transaction.atomic():
            for rules in ReadingRules.objects.select_for_update().filter(user=request.user):
                rules.asked_warnings &= ~warnings.value
                rules.save()


def once(request: HttpRequest) -> bool:
    """Whether this page is asked to show what its reader avoids."""
    name, value = ONCE
    return request.GET.get(name) == value


def way_on(request: ReadingRequest, address: str) -> str:
    """An address that goes on from this page with its question: it shows what is set aside for as long as this does.

    A page, a facet, an order: whatever is asked anew begins with the rules again.
    """
    return turned(address, **dict([ONCE])) if request.reader.shows_avoided else address


def reason(user: User, sort: str, what: str) -> str | None:
    """Why there is a rule about just this: a `tag` (`fandom:Name`), an `author` by name, a `work` by number.

    It is empty when the member gave none, and None when there is no such rule.
    """
    same = _spellings(sort, what)
    return next((why for one, why in _pairs(rules_of(user), sort) if fold(str(one)) in same), None)


def avoid(user: User, sort: str, what: str) -> bool:
    """Add a rule that avoids just this, unless there is one. False when there are too many already."""
    with transaction.atomic():
        rules, _ = ReadingRules.objects.select_for_update().get_or_create(user=user)
        kept = _pairs(rules, sort)
        if _spellings(sort, what).isdisjoint(fold(str(one)) for one, _ in kept):
            if len(kept) >= MOST:
                return False
            kept.append([int(what) if sort == "work" else what, ""])
            rules.save()
    return True


def stop_avoiding(user: User, sort: str, what: str) -> None:
    """Take back the rule about just this."""
    with transaction.atomic():
        for rules in ReadingRules.objects.select_for_update().filter(user=user):
            kept = _pairs(rules, sort)
            kept[:] = [pair for pair in kept if fold(str(pair[0])) not in _spellings(sort, what)]
            rules.save()


def _spellings(sort: str, what: str) -> frozenset[str]:
    """The ways in which a rule may say it: a tag with its kind or without."""
    kind, colon, name = what.partition(":")
    ways = (what, name, f"{kind}: {name}") if sort == "tag" and colon else (what,)
    return frozenset(map(fold, ways))


def _pairs(rules: ReadingRules, sort: str) -> list[Any]:
    found: list[Any] = {"tag": rules.avoided_tags, "author": rules.avoided_authors, "work": rules.avoided_works}[sort]
    return found


@dataclass(frozen=True, slots=True)
class Avoidable:
    """What a page is about, for the button that avoids it."""

    sort: str
    what: str
    avoided: bool
    why: str
    """The member's reason."""


def avoidable(request: HttpRequest, sort: str, what: object) -> Avoidable | None:
    """The button of a page that is about one tag (`fandom:Name`), author or work; strangers have none."""
    if not isinstance(request.user, User):
        return None
    why = reason(request.user, sort, str(what))
    return Avoidable(sort, str(what), why is not None, why or "")


@dataclass(frozen=True, slots=True)
class SetAside:
    """The line about what a member's rules set aside."""

    total: int
    most: tuple[tuple[int, str], ...]
    """The rules that set most aside: how many works, and the member's own words for the rule."""
    once: str
    """The address that shows them this once."""


def set_aside(request: HttpRequest, shelf: Shelf) -> SetAside | None:
    """What to say of it, if anything is set aside."""
    if shelf.aside is None or not isinstance(request.user, User):
        return None
    words = _words(rules_of(request.user))
    most = tuple((one.count, words[one.sort, one.what]) for one in shelf.aside.rules[:MOST_TOLD])
    name, value = ONCE
    return SetAside(shelf.aside.total, most, turned(shelf.address, **{name: value}))


def _words(rules: ReadingRules) -> dict[tuple[str, str], str]:
    """Rules as the reader carries them, each with what the member calls it."""
    found = {("warning", str(bit.value)): bit.label for bit in ArchiveWarning(rules.avoided_warnings)}
    found |= {("tag", fold(name)): name for name, _ in rules.avoided_tags}
    found |= {("author", fold(name)): name for name, _ in rules.avoided_authors}
    return found | {("work", ""): "single works"}
