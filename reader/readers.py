"""The one place where a request becomes a Reader: from account, device, session and policy."""

from dataclasses import replace

from django.http import HttpRequest

from archive import catalogue, policy
from archive.access import Kind, Reader
from archive.vocabulary import ArchiveWarning, Rating
from reader import agreement, devices, rules
from reader.models import Device, User


def reader_of(request: HttpRequest) -> Reader:
    """Who is asking. A stranger is a reader too."""
    member = request.user if isinstance(request.user, User) else None
    agreed = agreement.in_session(request)  # only now: a session whose device is gone was emptied by that question
    if member is None:
        site = catalogue.policy()
        others = catalogue.limits() if site.strangers_welcome else policy.NO_LIMITS
        return policy.reader(site, kind=Kind.STRANGER, others=others, **agreed)
    return replace(_member(member, agreed, devices.device_of(request)), shows_avoided=rules.once(request))


def reader_of_token(user: User) -> Reader:
    """Who reads with an access token: its member, who has agreed to what the account remembers and to nothing else.

    Nobody is there to answer a gate: what would ask is left out.
    """
    return replace(_member(user, agreement.NOTHING), unattended=True)


def _member(user: User, agreed: agreement.Agreed, device: Device | None = None) -> Reader:
    bounded = device is not None and device.ceiling is not None
    site = catalogue.policy()
    asking = policy.reader(
        site,
        kind=Kind.KEEPER if user.is_staff and not bounded else Kind.MEMBER,
        name=user.get_username(),
        ceiling=ceiling_of(user, device),
        blocked=policy.tag_rules(user.blocked_tags),
        remembered=user.adult_agreed,
        adult=agreed["adult"],
        unasked=agreed["unasked"] | ArchiveWarning(user.unasked_warnings if site.may_remember else 0),
        agreed=agreed["agreed"],
    )
    return rules.ruled(asking, user, shows_avoided=False)


def ceiling_of(user: User, device: Device | None = None) -> Rating:
    """How far a member may look: by what a keeper set, and on this device. The lower ceiling holds."""
    own = Rating(user.ceiling)
    return own if device is None or device.ceiling is None else min(own, Rating(device.ceiling))
