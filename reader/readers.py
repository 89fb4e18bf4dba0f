"""The one place where a request becomes a Reader: from account, device, session and policy."""

from django.http import HttpRequest

from archive import catalogue, policy
from archive.access import Kind, Reader
from archive.vocabulary import ArchiveWarning, Rating
from reader import agreement, rules
from reader.models import User


def reader_of(request: HttpRequest) -> Reader:
    """Who is asking. A stranger is a reader too."""
    user = request.user  # first: whoever turns out to be signed in no longer has nothing agreed in the session either
    agreed = agreement.in_session(request)
    site = catalogue.policy()
    if not isinstance(user, User):
        others = catalogue.limits() if site.strangers_welcome else policy.NO_LIMITS
        return policy.reader(site, kind=Kind.STRANGER, others=others, **agreed)
    if site.may_remember:
        agreed["unasked"] |= ArchiveWarning(user.unasked_warnings)
    asking = policy.reader(
        site,
        kind=Kind.KEEPER if user.is_staff else Kind.MEMBER,
        name=user.get_username(),
        ceiling=ceiling_of(user),
        blocked=policy.tag_rules(user.blocked_tags),
        remembered=user.adult_agreed,
        **agreed,
    )
    return rules.ruled(asking, user, shows_avoided=rules.once(request))


def ceiling_of(user: User) -> Rating:
    """How far a member may look: by what a keeper set."""
    return Rating(user.ceiling)
