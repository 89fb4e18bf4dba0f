"""Access tokens: passwords for feeds and e-readers. They read as their member, and only where a route says so.

A token sees what its member may see at that moment, and has agreed to nothing but what the account remembers: a work
that would ask first is not found.
"""

import base64
import binascii
import secrets
from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from typing import Any

from django.http import HttpResponse
from django.utils import timezone
from django.utils.cache import patch_vary_headers

from reader.account_names import key_of
from reader.devices import digest
from reader.models import AccessToken, User
from reader.readers import reader_of_token

MOST = 50
AN_HOUR = timedelta(hours=1)
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
    """The token in an Authorization header: Bearer, or the password of Basic beside the member's own name."""
    scheme, _, given = header.strip().partition(" ")
    if scheme.lower() == "bearer":
        return _of(given.strip())
    if scheme.lower() != "basic":
        return None
    try:
        name, _, password = base64.b64decode(given, validate=True).decode().partition(":")
    except (binascii.Error, UnicodeDecodeError):
        return None
    token = _of(password)
    return token if token and key_of(name) == token.user.key else None


def takes_tokens(view: View) -> View:
    """Let a route that only reads be asked with a token, instead of from a browser that is signed in."""

    @wraps(view)
    def asked(request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        header = request.headers.get("Authorization")
        if header is None:
            response = view(request, *args, **kwargs) if request.reader.welcome else _challenge()
        elif (token := recognise(header)) is None or request.method not in ("GET", "HEAD"):
            response = _challenge()
        else:
            response = _answer(view, token, request, *args, **kwargs)
        patch_vary_headers(response, ["Authorization"])
        return response

    return asked


def _answer(view: View, token: AccessToken, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
    now = timezone.now()
    if token.used is None or token.used < now - AN_HOUR:
        AccessToken.objects.filter(pk=token.pk).update(used=now)
    request.user, request.reader = token.user, reader_of_token(token.user)
    response = view(request, *args, **kwargs)
    response["Cache-Control"] = "private, no-store"
    return response


def _of(secret: str) -> AccessToken | None:
    held = AccessToken.objects.select_related("user").filter(digest=digest(secret), user__is_active=True)
    return held.first()


def _challenge() -> HttpResponse:
    words = "A name and an access token are wanted here; members make tokens on their account page.\n"
    response = HttpResponse(words, status=401, content_type="text/plain; charset=utf-8")
    response["WWW-Authenticate"] = 'Basic realm="Carrel", charset="UTF-8"'
    response["Cache-Control"] = "private, no-store"
    return response
