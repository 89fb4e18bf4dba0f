"""Guesses at something secret are counted before they are looked at, and too many of them wait.

Counted in the database, under a lock: several processes see one count. A wait doubles with each wrong guess up to a
limit, and a guess that comes too early is neither looked at nor counted, so that nobody can prolong it for others.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from ipaddress import ip_address, ip_network

from django.db import transaction
from django.db.models import F
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import salted_hmac

from reader.models import Guessing

FIRST_WAIT = timedelta(seconds=30)
FORGOTTEN = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Limit:
    """How many wrong guesses are free, and how long the longest wait is."""

    free: int
    longest: timedelta


class Wait(Exception):
    """Too many wrong guesses; says for how long, in seconds."""

    def __init__(self, seconds: int) -> None:
        super().__init__(f"wait {seconds} seconds")
        self.seconds = seconds


def key(*parts: str) -> str:
    """What a count is kept under: a keyed digest, since names and addresses are nobody's business."""
    return salted_hmac("guessing", "\n".join(parts), algorithm="sha256").hexdigest()


def peer(request: HttpRequest) -> str:
    """Where a request comes from, as `reader.proxies` sees it; of IPv6 the network, in which addresses are free."""
    try:
        address = ip_address(request.META.get("REMOTE_ADDR", ""))
    except ValueError:
        return "unknown"
    return str(address) if address.version == 4 else str(ip_network(f"{address}/64", strict=False))


def begin(limits: Mapping[str, Limit]) -> None:
    """Count one guess under each of these keys, before it is looked at. Raises Wait, and then counts nothing."""
    now = timezone.now()
    with transaction.atomic():
        new = [Guessing(key=one, last=now, until=now) for one in sorted(limits)]
        Guessing.objects.bulk_create(new, ignore_conflicts=True)
        rows = list(Guessing.objects.select_for_update().filter(key__in=limits).order_by("key"))
        wait = max(row.until for row in rows) - now
        if wait > timedelta(0):
            raise Wait(int(wait.total_seconds()) + 1)
        for row in rows:
            _count(row, limits[row.key])
        Guessing.objects.bulk_update(rows, ["wrong", "last", "until"])


def right(*, forget: str, spare: Mapping[str, Limit]) -> None:
    """The guess was none: forget what was counted under one key, and take it back under the others."""
    now = timezone.now()
    Guessing.objects.filter(key=forget).delete()
    Guessing.objects.filter(key__in=spare, wrong__gt=0).update(wrong=F("wrong") - 1, until=now)
    Guessing.objects.filter(last__lt=now - 2 * FORGOTTEN).delete()


def _count(row: Guessing, limit: Limit) -> None:
    now = timezone.now()
    if row.last < now - FORGOTTEN:
        row.wrong = 0
    row.wrong, row.last = row.wrong + 1, now
    if row.wrong >= limit.free:
        doubled = min(row.wrong - limit.free, 20)
        row.until = now + min(FIRST_WAIT * 2**doubled, limit.longest)
