"""Accounts at the provider, and the members here whom they open: found by their number there, and by nothing else.

No name and no address that the provider states leads to an account: either may have been somebody else's. What its
groups mean is set anew each time somebody signs in.
"""

import re
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from itertools import count

from django.db import IntegrityError, transaction
from django.db.models import Q

from archive import audit
from archive.audit import Deed
from archive.vocabulary import Rating
from reader import joining, members
from reader.account_names import key_of
from reader.groups import Meaning
from reader.models import Identity, User

NAMELESS = "reader"
LONGEST = 140
"""Letters of a name that leave room for a number."""
TRIES = 3


class Refused(Exception):
    """It opens nothing here; says why in a word."""

    why = ""


class Closed(Refused):
    """The account here is closed."""

    why = "closed"


class Taken(Refused):
    """It opens somebody else's account here, or this member has another one there."""

    why = "taken"


@dataclass(frozen=True, slots=True)
class Account:
    """Somebody's account at the provider."""

    issuer: str
    subject: str
    names: tuple[str, ...] = ()
    """What they might be called, the best first."""


def come_in(account: Account, meant: Meaning, *, by: str) -> User:
    """The member whom this account opens, as their groups say now; a new one, where there was none.

    Whoever comes from a provider that lets everybody in, without a group that a keeper has named, looks no further than
    any other newcomer. `by` is what the provider is called. Raises Closed.
    """
    for _ in range(TRIES - 1):
        with suppress(IntegrityError):  # somebody comes at the same moment, as this very account or by the same name
            return _come_in(account, meant, by)
    return _come_in(account, meant, by)


def connect(account: Account, meant: Meaning, member: User) -> User:
    """Let this account open that of a member who is signed in. Raises Closed or Taken."""
    try:
        with transaction.atomic():
            theirs = found(account) or _kept(account, member)
            if theirs.user_id != member.pk:
                raise Taken
            return _settle(theirs, meant)
    except IntegrityError:
        raise Taken from None


def part(member: User) -> None:
    """Take them apart again. What groups gave is gone with it, and the ceiling stays."""
    with transaction.atomic():
        for theirs in Identity.objects.filter(user=member):
            _keep(theirs, *_locked(theirs), keeper=False)
            theirs.delete()


def found(account: Account) -> Identity | None:
    """What is known of it here."""
    return Identity.objects.filter(issuer=account.issuer, subject=account.subject).first()


def _come_in(account: Account, meant: Meaning, by: str) -> User:
    with transaction.atomic():
        return _settle(found(account) or _kept(account, _made(account, meant, by)), meant)


def _kept(account: Account, member: User) -> Identity:
    return Identity.objects.create(
        user=member, issuer=account.issuer, subject=account.subject, own_ceiling=Rating(member.ceiling)
    )


def _made(account: Account, meant: Meaning, by: str) -> User:
    newcomer = joining.newcomer()
    ceiling, blocked = (Rating.EXPLICIT, []) if meant.named else (newcomer.ceiling, sorted(newcomer.blocked))
    member = members.make(free_name(account.names), None, ceiling=ceiling, blocked=blocked)
    audit.note("", Deed.MEMBER_JOINED, f"{audit.member(member.pk)}: by {by}")
    return member


def free_name(names: Iterable[str]) -> str:
    """The first of these that can be a name, with a number if somebody here is called so or much like it."""
    sound = (re.sub(r"[^\w.+-]", "", User.normalize_username(name.partition("@")[0]))[:LONGEST] for name in names)
    name = next((one for one in sound if key_of(one)), NAMELESS)
    taken = set(User.objects.filter(key__startswith=key_of(name)).values_list("key", flat=True))
    return next(one for number in count(1) if key_of(one := f"{name}-{number}" if number > 1 else name) not in taken)


def _settle(theirs: Identity, meant: Meaning) -> User:
    """Make the member what their groups say now."""
    member, others = _locked(theirs)
    if not member.is_active:
        raise Closed
    _keep(theirs, member, others, keeper=meant.keeper)
    before = Rating(member.ceiling)
    if before != _lower(theirs.own_ceiling, theirs.ceiling):  # a keeper has set it since
        theirs.own_ceiling = before
    theirs.ceiling = meant.ceiling
    member.ceiling = _lower(theirs.own_ceiling, theirs.ceiling)
    member.save(update_fields=["ceiling", "is_staff", "is_superuser"])
    theirs.save()
    then, since = {"ceiling": before.label}, {"ceiling": Rating(member.ceiling).label}
    audit.note_changes("", Deed.LIMITS_CHANGED, f"{audit.member(member.pk)}: by their groups", before=then, after=since)
    return member


def _keep(theirs: Identity, member: User, others: bool, *, keeper: bool) -> None:
    """Make a member a keeper by their group, or no longer. Whom keepers made one stays one, and so does the last."""
    if keeper == theirs.keeper or (keeper and member.is_staff and member.is_superuser):
        return
    if theirs.keeper and not others:
        return
    theirs.keeper = member.is_staff = member.is_superuser = keeper
    member.save(update_fields=["is_staff", "is_superuser"])
    what = "a keeper by their group" if keeper else "no longer a keeper by their group"
    audit.note("", Deed.POWERS_CHANGED, f"{audit.member(member.pk)}: {what}")


def _locked(theirs: Identity) -> tuple[User, bool]:
    """The member, and whether others keep the library as well; all of them stay as they are until this is done."""
    keeps = Q(is_staff=True, is_active=True)
    rows = list(User.objects.select_for_update().filter(Q(pk=theirs.user_id) | keeps).order_by("pk"))
    [member] = [one for one in rows if one.pk == theirs.user_id]
    return member, any(one.is_superuser for one in rows if one != member)


def _lower(own: int, other: int | None) -> Rating:
    return Rating(own if other is None else min(own, other))
