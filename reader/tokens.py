"""Access tokens: passwords for feeds and e-readers. They read as their member, and only where a route says so.

A token sees what its member may see at that moment, and has agreed to nothing but what the account remembers: a work
that would ask first is not found. Nobody guesses 256 bits: what is wrong is counted by peer to turn away who tries. A
right token is let in meanwhile, so that one that was revoked and still asks next door locks nobody else out.
"""

import base64
import binascii
import secrets
from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.cache import patch_vary_headers

from reader import guessing
from reader.addresses import sign_in_first
from reader.devices import digest
from reader.guessing import Limit
from reader.models import AccessToken, User
from reader.readers import reader_of_token

MOST = 50
AN_HOUR = timedelta(hours=1)
WRONG = Limit(30, timedelta(minutes=15))
"""How many wrong tokens one peer may try."""
_PROGRAM = "carrel.program"
View = Callable[..., HttpResponse]


class TooMany(Exception):
    """A member has as many as there can be."""


def make(user: User, name: str) -> str:
    """Make a token; this is the only time that it is seen. Raises TooMany."""
    if user.tokens.count() >= MOST:
        raise TooMany
    secret = f"carrel_{secrets.token_urlsafe(32)}"
    AccessToken.objects.create(user=user, name=name, digest=digest(secret))
    return secret


def recognise(header: str) -> AccessToken | None:
    """The token in an Authorization header: Bearer, or the password of Basic, beside whatever name a program wants."""
    scheme, _, given = header.strip().partition(" ")
    if scheme.lower() == "bearer":
        return _of(given.strip())
    if scheme.lower() != "basic":
        return None
    try:
        _, _, password = base64.b64decode(given, validate=True).decode().partition(":")
    except (binascii.Error, UnicodeDecodeError):
        return None
    return _of(password)


def takes_tokens(view: View) -> View:
    """Let a route that only reads be asked with a token, instead of from a browser that is signed in."""

    @wraps(view)
    def asked(request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        request.META[_PROGRAM] = True
        header = request.headers.get("Authorization")
        if header is not None:
            response = _answer(view, header, request, *args, **kwargs)
        elif request.reader.welcome:
            response = view(request, *args, **kwargs)
        else:
            response = redirect(sign_in_first(request)) if request.COOKIES else _challenge()
        patch_vary_headers(response, ["Authorization"])
        return response

    return asked


def by_program(request: HttpRequest) -> bool:
    """Whether a program may be asking, so that nobody need be there: it prolongs no agreement."""
    return _PROGRAM in request.META


def _answer(view: View, header: str, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
    if request.method not in ("GET", "HEAD"):
        return _challenge()
    token = recognise(header)
    if token is None:
        return _refused(request)
    now = timezone.now()
    if request.method == "GET" and (token.used is None or token.used < now - AN_HOUR):
        AccessToken.objects.filter(pk=token.pk).update(used=now)
    request.user, request.reader = token.user, reader_of_token(token.user)
    response = view(request, *args, **kwargs)
    response.headers.setdefault("Cache-Control", "private, no-store")
    return response


def _refused(request: HttpRequest) -> HttpResponse:
    """It is no token, or none any more: that is counted, and whoever goes on is told to wait."""
    try:
        guessing.begin({guessing.key("token", guessing.peer(request)): WRONG})
    except guessing.Wait as wait:
        response = HttpResponse("Tried too often.\n", status=429, content_type="text/plain; charset=utf-8")
        response["Retry-After"] = str(wait.seconds)
        response["Cache-Control"] = "private, no-store"
        return response
    return _challenge()


def _of(secret: str) -> AccessToken | None:
    held = AccessToken.objects.select_related("user").filter(digest=digest(secret), user__is_active=True)
    return held.first()


def _challenge() -> HttpResponse:
    words = "A name and an access token are wanted here; members make tokens on their account page.\n"
    response = HttpResponse(words, status=401, content_type="text/plain; charset=utf-8")
    response["WWW-Authenticate"] = 'Basic realm="Carrel", charset="UTF-8"'
    response["Cache-Control"] = "private, no-store"
    return response
