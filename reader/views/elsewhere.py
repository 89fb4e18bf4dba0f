"""Signing in through the provider that a keeper has named: out to it, back from it, and whose account there is whose.

These addresses exist only where CARREL_OIDC_ISSUER is set.
"""

from datetime import timedelta

from django.contrib.auth import logout
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from reader import devices, groups, guessing, identities, openid
from reader.account_forms import PasswordAgain
from reader.addresses import safe_next
from reader.guessing import Limit
from reader.members import members_only
from reader.models import Identity, User
from reader.requests import ReadingRequest
from reader.views.members import MemberRequest

QUESTIONS = Limit(30, timedelta(minutes=15))
"""How often the provider is asked for one address before it waits; whoever comes in is not counted."""
NAMES = ("preferred_username", "nickname", "name")
"""Where the provider says what somebody is called, the best first."""
STATUS = {"failed": 503, "stale": 400, "cancelled": 400, "waits": 429}
"""Of any other answer it is 403."""


@require_POST
@never_cache
def begin(request: ReadingRequest) -> HttpResponse:
    """To the provider, to come back as whoever one is there."""
    way_on = safe_next(request.POST.get("next"), reverse("browse"))
    return redirect(way_on) if request.user.is_authenticated else _out(request, way_on, shared="shared" in request.POST)


@require_GET
@never_cache
def back(request: ReadingRequest) -> HttpResponse:
    """Back from the provider. The one GET that signs somebody in: the session must have asked for it just now."""
    try:
        vouched = openid.answer(request)
        meant = groups.meaning(openid.provider(), vouched.claims)
        member = _member(request, vouched, meant) if meant else None
    except (openid.Unproved, identities.Refused) as nobody:
        return _nothing_came_of_it(request, nobody.why)
    if member is None:
        return _nothing_came_of_it(request, "no member")
    guessing.right(forget=_asker(request), spare={})
    devices.enter(request, member)
    if vouched.shared:
        request.session.set_expiry(0)
    return redirect(safe_next(vouched.way_on, reverse("browse")))


@members_only
def connection(request: MemberRequest) -> HttpResponse:
    """A member's own account at the provider: connect it, or part the two again. Either takes the password."""
    form = PasswordAgain(request, request.POST or None)
    bounded = devices.bounded(request)
    if request.method == "POST" and not bounded and form.is_valid():
        if request.POST.get("answer") != "part":
            return _out(request, reverse("connection"), member=request.user)
        identities.part(request.user)
        return redirect("connection")
    theirs = Identity.objects.filter(user=request.user).first()
    shown = {"form": form, "provider": openid.provider(), "identity": theirs, "bounded": bounded}
    return render(request, "account/connection.html", shown)


def _out(request: ReadingRequest, way_on: str, *, member: User | None = None, shared: bool = False) -> HttpResponse:
    """A page that leads on to the provider by itself: browsers follow no form from here to another house."""
    try:
        guessing.begin({_asker(request): QUESTIONS})
        address = openid.way_out(request, way_on, member=member, shared=shared)
    except guessing.Wait:
        return _nothing_came_of_it(request, "waits")
    except openid.Failed:
        return _nothing_came_of_it(request, "failed")
    response = render(request, "account/leading.html", {"provider": openid.provider(), "address": address})
    response["Refresh"] = f"0;url={address}"
    return response


def _member(request: ReadingRequest, vouched: openid.Vouched, meant: groups.Meaning) -> User:
    """Whom this account opens here. Raises Refused."""
    called = (vouched.claims.get(name) for name in NAMES)
    account = identities.Account(
        vouched.issuer, vouched.subject, tuple(name for name in called if isinstance(name, str))
    )
    if vouched.member is None:
        if request.user.is_authenticated:
            logout(request)  # whoever has come in here meanwhile
        return identities.come_in(account, meant, by=openid.provider().name)
    if not isinstance(request.user, User) or request.user.pk != vouched.member or devices.bounded(request):
        raise identities.Taken
    return identities.connect(account, meant, request.user)


def _asker(request: ReadingRequest) -> str:
    return guessing.key("elsewhere", guessing.peer(request))


def _nothing_came_of_it(request: ReadingRequest, why: str) -> HttpResponse:
    """Say calmly that nobody was signed in, and why."""
    shown = {"provider": openid.provider(), "why": why}
    return render(request, "account/elsewhere.html", shown, status=STATUS.get(why, 403))
