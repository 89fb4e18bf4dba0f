"""Limits: how far members at the lowest may look, which strangers are held to as well."""

from django.contrib.auth import get_user_model
from django.db.models import Q

from archive.policy import NO_LIMITS, Limits, tag_rules
from archive.vocabulary import Rating

_SET = Q(ceiling__lt=Rating.EXPLICIT) | ~Q(blocked_tags=[])
"""Members for whom a keeper has set something."""


def limits() -> Limits:
    """The lowest ceiling and all the tags that keepers have set for any active member, as of now: one query.

    Whoever signs out is a stranger, and so are their friends; so what holds for one member must hold for strangers.
    """
    members = get_user_model().objects.filter(_SET, is_active=True).values_list("ceiling", "blocked_tags")
    ceilings, blocked = [NO_LIMITS.ceiling], set()
    for ceiling, tags in members:
        ceilings.append(Rating(ceiling))
        blocked.update(tags)
    return Limits(min(ceilings), tag_rules(blocked))
