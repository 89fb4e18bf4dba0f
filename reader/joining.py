"""How members come: by a keeper's invitation, or by themselves where the policy lets them; and by a link when they have
forgotten their password."""

import secrets
from datetime import timedelta

from django.contrib.auth.tokens import default_token_generator
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from archive import audit, catalogue, policy
from archive.access import Reader
from archive.vocabulary import Rating
from reader import devices, members
from reader.devices import digest
from reader.guessing import Limit
from reader.models import Invitation, User

A_WEEK = timedelta(days=7)
"""How long an invitation is good for, unless a keeper says otherwise."""
COMERS = Limit(10, timedelta(hours=1))
"""Accounts that may be made from one address before it waits."""
LETTERS = Limit(3, timedelta(hours=1))
"""Links that may be asked for from one address, or for one name, before it waits."""


class Spent(Exception):
    """The link has been used, or is too old."""


def invite(invitation: Invitation, keeper: User) -> str:
    """Keep an invitation that a keeper has filled in; its token is seen this once."""
    token = secrets.token_urlsafe(24)
    invitation.digest, invitation.made_by = digest(token), keeper
    with transaction.atomic():
        invitation.save()
        audit.note(keeper.username, audit.Deed.INVITATION_MADE, f"invitation {invitation.pk}")
    return token


def invited(token: str) -> bool:
    """Whether this token still makes a member."""
    return _open(token).exists()


def accept(token: str, name: str, password: str) -> User:
    """Make the member for whom an invitation is. Two who try at once take turns, and the second finds it spent.

    Raises Spent, or Django's ValidationError for a name or password that will not do; the link then stays good.
    """
    with transaction.atomic():
        invitation = _open(token).select_for_update().first()
        if invitation is None:
            raise Spent
        member = members.make(name, password, ceiling=Rating(invitation.ceiling), blocked=invitation.blocked_tags)
        Invitation.objects.filter(pk=invitation.pk).update(used=timezone.now(), used_by=member)
        audit.note("", audit.Deed.MEMBER_JOINED, f"{audit.member(member.pk)}: by invitation {invitation.pk}")
    return member


def open_to_all() -> bool:
    """Whether whoever comes may make an account."""
    return catalogue.policy().registration


def newcomer() -> Reader:
    """Somebody whom nobody has let look further than strangers may, also where strangers are not welcome."""
    return policy.reader(catalogue.policy(), others=catalogue.limits())


def register(name: str, password: str) -> User:
    """Make a member who comes by themselves. They may look as far as strangers may, until a keeper lets them further:
    an account that anybody can make is no way round a limit. Raises ValidationError."""
    stranger = newcomer()
    with transaction.atomic():
        member = members.make(name, password, ceiling=stranger.ceiling, blocked=sorted(stranger.blocked))
        audit.note("", audit.Deed.MEMBER_JOINED, audit.member(member.pk))
    return member


def password_link(user: User) -> tuple[int, str]:
    """The number and token of a link by which a member chooses a new password: for a day and one use."""
    return user.pk, default_token_generator.make_token(user)


def holder(number: int, token: str) -> User | None:
    """The member for whom such a link is, while it is good. Signing in or a new password make it stale."""
    user = User.objects.filter(pk=number, is_active=True).first()
    return user if user and default_token_generator.check_token(user, token) else None


def choose_password(number: int, token: str, password: str) -> User:
    """Set a new password by a link: every device is signed out. Raises Spent, for the second of two who try at once."""
    with transaction.atomic():
        User.objects.select_for_update().filter(pk=number).first()
        user = holder(number, token)
        if user is None:
            raise Spent
        user.set_password(password)
        user.save(update_fields=["password"])
        devices.leave_everywhere(user)
    return user


def _open(token: str) -> QuerySet[Invitation]:
    return Invitation.objects.filter(digest=digest(token), until__gt=timezone.now(), used=None)
