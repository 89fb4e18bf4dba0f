"""Limits: how far members and devices at the lowest may look, which strangers are held to as well."""

from django.contrib.auth import get_user_model
from django.db.models import Q

from archive.policy import NO_LIMITS, Limits, tag_rules
from archive.vocabulary import Rating

_SET = Q(is_active=True) & (Q(ceiling__lt=Rating.EXPLICIT) | ~Q(blocked_tags=[]))
"""Members for whom a keeper has set something."""
_BOUNDED = Q(devices__ceiling__lt=Rating.EXPLICIT)
"""Members with a device that has a ceiling of its own, signed in or not, until it is forgotten."""


def limits() -> Limits:
    """The lowest ceiling and all the tags that keepers have set for any active member, as of now: one query.

    Whoever signs out is a stranger, and so are their friends; so what holds for one member must hold for strangers. So
    does what holds for one device, which anybody can sign out who finds it on the sofa, whatever became of the account.
    """
    members = get_user_model().objects.filter(_SET | _BOUNDED)
    ceilings, blocked = [NO_LIMITS.ceiling], set()
    for active, ceiling, tags, device in members.values_list(
        "is_active", "ceiling", "blocked_tags", "devices__ceiling"
    ):
        if active:
            ceilings.append(Rating(ceiling))
            blocked.update(tags)
        if device is not None:
            ceilings.append(Rating(device))
    return Limits(min(ceilings), tag_rules(blocked))
