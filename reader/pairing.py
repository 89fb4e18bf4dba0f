"""Pairing: a device with a poor keyboard is signed in by six digits that a signed-in device shows.

The member shows a code, the new device gives it, and the member says that it is theirs: a code that is guessed or seen
over a shoulder lets nobody in by itself. It lives five minutes and is good for one device.
"""

import secrets
from datetime import timedelta

from django.db import IntegrityError, transaction
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import salted_hmac

from archive.vocabulary import Rating
from reader import devices, guessing
from reader.device_names import plain_name
from reader.devices import digest
from reader.guessing import Limit
from reader.models import Pairing, User

LIVES = timedelta(minutes=5)
ASKER = "pairing"
"""Where the session of the new device keeps what it shows for itself."""
PROVED = "keeper-proved"
"""Where a session says when the password was given (`archive.admin.again`): here it was not."""
OF_A_PEER, OF_ALL = Limit(5, timedelta(minutes=15)), Limit(100, timedelta(minutes=1))
"""Of a million codes, a hundred and five can be tried by all the world together while one lives."""


def show(user: User, ceiling: Rating | None) -> str:
    """Make a code for a member's next device, in place of an older one."""
    while True:
        code = f"{secrets.randbelow(10**6):06}"
        told = {"until": timezone.now() + LIVES, "ceiling": ceiling, "asker": "", "name": "", "confirmed": False}
        try:
            with transaction.atomic():
                Pairing.objects.filter(until__lt=timezone.now()).delete()
                Pairing.objects.update_or_create(user=user, defaults={**told, "code": _keyed(code)})
        except IntegrityError:  # somebody else shows the same six digits at this moment
            continue
        return code


def of(user: User) -> Pairing | None:
    """The pairing that a member has begun, while it lives."""
    return Pairing.objects.filter(user=user, until__gt=timezone.now()).first()


def confirm(user: User, asker: str) -> None:
    """The member says that the device that they were shown is theirs."""
    Pairing.objects.filter(user=user, until__gt=timezone.now(), asker=asker).exclude(asker="").update(confirmed=True)


def end(user: User) -> None:
    """The member wants none, or does not know the device that asks."""
    Pairing.objects.filter(user=user).delete()


def ask(request: HttpRequest, code: str) -> bool:
    """Give a code from a new device; whether it was one. Raises guessing.Wait."""
    own, shared = {guessing.key("pair", guessing.peer(request)): OF_A_PEER}, {guessing.key("pair"): OF_ALL}
    guessing.begin(own | shared)
    secret = secrets.token_urlsafe(32)
    waiting = Pairing.objects.filter(code=_keyed(code), until__gt=timezone.now(), asker="")
    name = plain_name(request.META.get("HTTP_USER_AGENT", ""))
    if not waiting.update(asker=digest(secret), name=name):
        return False
    guessing.right(forget=next(iter(own)), spare=shared)
    request.session.cycle_key()
    request.session[ASKER] = secret
    return True


def asked(request: HttpRequest) -> Pairing | None:
    """The pairing for which this browser has given the code, while it lives."""
    secret = request.session.get(ASKER)
    if not secret:
        return None
    return Pairing.objects.filter(asker=digest(secret), until__gt=timezone.now()).select_related("user").first()


def finish(request: HttpRequest) -> bool:
    """Sign the new device in, if the member has said that it is theirs; whether they have."""
    pairing = asked(request)
    if pairing is None or not Pairing.objects.filter(pk=pairing.pk, confirmed=True).delete()[0]:
        return False
    user = pairing.user
    if not user.is_active:
        return False
    request.session.pop(ASKER)
    devices.enter(request, user, ceiling=None if pairing.ceiling is None else Rating(pairing.ceiling))
    request.session.pop(PROVED, None)
    return True


def _keyed(code: str) -> str:
    """A code under the house's key: a million digests could be tried in a second."""
    return salted_hmac("pairing", code, algorithm="sha256").hexdigest()
