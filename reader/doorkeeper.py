"""Who signs in with a name and a password, and how often it may be tried.

Three counts stand before a password: of this name from this address, of this address, and of this name from anywhere.
A browser in which this name has signed in before carries a cookie that says so, and has a count of its own instead: a
stranger who tries a member's name all day long keeps the member out of no device that is theirs. Whether a name exists
changes nothing of this, nor what is said, nor how long it takes.
"""

import secrets
from datetime import timedelta
from typing import Any

from django.contrib.auth.backends import ModelBackend
from django.core import signing
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse

from reader import guessing
from reader.account_names import key_of
from reader.guessing import Limit
from reader.models import User

KNOWN = "carrel_known"
A_YEAR = timedelta(days=365)
QUARTER, MOMENTS = timedelta(minutes=15), timedelta(minutes=5)
MOST_NAMES = 8


class Doorkeeper(ModelBackend):
    """Django's way of signing in, with limits. It stands before every form that takes a password, admin's included."""

    def authenticate(
        self, request: HttpRequest | None, username: str | None = None, password: str | None = None, **kwargs: Any
    ) -> User | None:
        """The member of this name and password, or None. Raises PermissionDenied when one must wait (`waits`)."""
        if request is None or not username or password is None:
            return _member(super().authenticate(request, username, password, **kwargs))
        own, shared = _limits(request, username)
        try:
            guessing.begin(own | shared)
        except guessing.Wait as wait:
            request.META["carrel.waits"] = wait.seconds
            raise PermissionDenied from None
        user = _member(super().authenticate(request, username, password, **kwargs))
        if user is not None:
            guessing.right(forget=next(iter(own)), spare=shared)
        return user


def waits(request: HttpRequest) -> int:
    """For how many seconds this browser has to wait before its next try; 0 when it was just wrong."""
    return int(request.META.get("carrel.waits", 0))


def remember(request: HttpRequest, response: HttpResponse, user: User) -> None:
    """Tell this browser that this member has signed in here. It opens nothing: it only counts by itself."""
    nonce, names = _known(request)
    mine = _short(user.username)
    told = {"device": nonce or secrets.token_urlsafe(12), "names": [mine, *(name for name in names if name != mine)]}
    told["names"] = told["names"][:MOST_NAMES]
    response.set_cookie(
        KNOWN,
        signing.dumps(told, salt=KNOWN),
        max_age=A_YEAR,
        httponly=True,
        samesite="Lax",
        secure=request.is_secure(),
    )


def _limits(request: HttpRequest, username: str) -> tuple[dict[str, Limit], dict[str, Limit]]:
    """The count that is this browser's own, and those that it shares with others."""
    name, peer = key_of(username), guessing.peer(request)
    nonce, names = _known(request)
    if _short(username) in names:
        return {guessing.key("known", name, nonce): Limit(10, QUARTER)}, {}
    shared = {guessing.key("peer", peer): Limit(30, QUARTER), guessing.key("name", name): Limit(50, MOMENTS)}
    return {guessing.key("here", name, peer): Limit(5, QUARTER)}, shared


def _known(request: HttpRequest) -> tuple[str, list[str]]:
    """What the cookie says: the number of this browser, and the names that have signed in here."""
    try:
        told = signing.loads(request.COOKIES.get(KNOWN, ""), salt=KNOWN, max_age=A_YEAR)
    except signing.BadSignature:
        return "", []
    return told["device"], told["names"]


def _short(username: str) -> str:
    return guessing.key("name in a cookie", key_of(username))[:16]


def _member(found: Any) -> User | None:
    return found if isinstance(found, User) else None
