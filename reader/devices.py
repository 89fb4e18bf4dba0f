"""Where members are signed in: each session has its row, and a session whose row is gone belongs to nobody.

A device with a ceiling of its own keeps its row when it is signed out: whoever holds it is a stranger then, and
strangers see no more than such a device may (`archive.limits`), until its owner or a keeper forgets it.
"""

import hashlib
import secrets
from datetime import timedelta
from typing import Any

from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY, login
from django.contrib.auth.middleware import AuthenticationMiddleware
from django.contrib.auth.models import AnonymousUser
from django.contrib.auth.signals import user_logged_in, user_logged_out
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import CharField, QuerySet, Value
from django.db.models.functions import Cast, Concat
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.utils.functional import SimpleLazyObject

from archive import catalogue
from archive.vocabulary import Rating
from reader import doorkeeper
from reader.device_names import plain_name
from reader.look import COOKIE, Look
from reader.models import Device, User

PROOF = "device"
"""Where a session keeps what it shows for itself."""
STAYS = timedelta(days=400)
"""Longer than any policy lets a device stay signed in: what was not seen since is gone."""
AN_HOUR = timedelta(hours=1)
JUST_NOW = timedelta(minutes=10)


class SignedIn(AuthenticationMiddleware):
    """Finds out who is signed in, from the session and its device: so revoking one acts at its next request."""

    def process_request(self, request: HttpRequest) -> None:
        """Look it up when somebody asks, as Django does."""
        super().process_request(request)
        request.user = SimpleLazyObject(lambda: _who(request))  # type: ignore[assignment]

    def process_view(self, request: HttpRequest, *_: Any) -> None:
        """A device with a ceiling of its own is for reading: whoever holds it cannot raise it as a keeper."""
        match = request.resolver_match
        if match and match.app_name == "admin" and bounded(request):
            raise PermissionDenied

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        """Note the hour of the visit, and tell a browser in which somebody has just signed in."""
        if "carrel.entered" in request.META:
            doorkeeper.remember(request, response, request.META["carrel.entered"])
        elif request.method not in ("HEAD", "OPTIONS") and (device := request.META.get("carrel.device")):
            _see(device)
        return response


def digest(secret: str) -> str:
    """What is kept of a secret that is long enough not to be guessed."""
    return hashlib.sha256(secret.encode("utf-8", "replace")).hexdigest()


def device_of(request: HttpRequest) -> Device | None:
    """The device that this request comes from, if somebody is signed in there."""
    return request.META.get("carrel.device") if request.user.is_authenticated else None


def bounded(request: HttpRequest) -> bool:
    """Whether this device has a ceiling of its own."""
    device = device_of(request)
    return device is not None and device.ceiling is not None


def just_entered(request: HttpRequest) -> bool:
    """Whether somebody has signed in here only just: the one proof of those who have no password."""
    device = device_of(request)
    return device is not None and device.ceiling is None and device.made > timezone.now() - JUST_NOW


def enter(request: HttpRequest, user: User, *, ceiling: Rating | None = None) -> None:
    """Sign a member in here, on a device with this ceiling of its own. The session gets a new key."""
    request.META["carrel.ceiling"] = ceiling
    login(request, user)


def leave_everywhere(user: User, *, but: Device | None = None) -> None:
    """Sign a member out on every device, or on every other."""
    sign_out(user.devices.exclude(key=but.key if but else ""))


def sign_out(devices: QuerySet[Device]) -> None:
    """End these sessions at their next request. What has a ceiling stays, under a key that no session can show."""
    left = Concat(Value("left "), Cast("pk", CharField()))
    with transaction.atomic():
        devices.filter(ceiling__lt=Rating.EXPLICIT, left=None).update(left=timezone.now(), key=left)
        devices.filter(left=None).delete()


def forget(devices: QuerySet[Device]) -> None:
    """Forget devices with a ceiling, wherever they are: strangers are held to it no longer."""
    devices.filter(ceiling__isnull=False).delete()


def _who(request: HttpRequest) -> User | AnonymousUser:
    """The member whose session this is: device, account and own rules in one question, since each page asks it.

    As in Django, a session ends with the password that it was begun with.
    """
    session = request.session
    if SESSION_KEY not in session:
        return AnonymousUser()
    device = _here(request).filter(user=session[SESSION_KEY]).select_related("user__rules").first()
    begun_with = session.get(HASH_SESSION_KEY, "")
    if device is None or not constant_time_compare(begun_with, device.user.get_session_auth_hash()):
        session.flush()
        return AnonymousUser()
    if not device.user.is_active:
        return AnonymousUser()
    request.META["carrel.device"] = device
    return device.user


def _enter(request: HttpRequest, user: User, **_: Any) -> None:
    """Somebody has signed in: this session gets a row, in place of the one it may have had."""
    sign_out(_here(request))
    sign_out(user.devices.filter(seen__lt=timezone.now() - STAYS))
    request.session[PROOF] = proof = secrets.token_urlsafe(32)
    request.session.set_expiry(timedelta(days=catalogue.policy().signed_in_days))
    request.META["carrel.device"] = Device.objects.create(
        user=user,
        key=digest(proof),
        name=plain_name(request.META.get("HTTP_USER_AGENT", "")),
        ceiling=request.META.get("carrel.ceiling"),
    )
    request.META["carrel.entered"] = user
    if not user.look and (look := str(Look.read(request.COOKIES.get(COOKIE, "")))):
        user.look = look
        user.save(update_fields=["look"])


def _leave(request: HttpRequest, **_: Any) -> None:
    """Somebody signs out here."""
    sign_out(_here(request))


def _here(request: HttpRequest) -> QuerySet[Device]:
    """The row of this session, whoever it belongs to."""
    return Device.objects.filter(key=digest(request.session.get(PROOF, "")))


def _see(device: Device) -> None:
    now = timezone.now()
    if device.seen < now - AN_HOUR:
        Device.objects.filter(pk=device.pk, seen__lt=now - AN_HOUR).update(seen=now)


def watch() -> None:
    """Watch who signs in and out, by whatever door."""
    user_logged_in.connect(_enter, dispatch_uid="devices")
    user_logged_out.connect(_leave, dispatch_uid="devices")
