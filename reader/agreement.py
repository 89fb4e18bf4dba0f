"""What a reader has agreed to see: kept in the session, or in the account, and never anywhere else."""

import time
from collections.abc import Mapping
from typing import Any, TypedDict

from django.contrib.auth.signals import user_logged_in, user_logged_out
from django.http import HttpRequest

from archive.shown import Gate
from archive.vocabulary import ArchiveWarning
from reader.models import User

ADULT = "agreed-adult"
WORKS = "agreed-works"
UNASKED = "unasked-warnings"
SEEN = "agreed-seen"
"""When somebody last looked at a page with what was agreed to here, in seconds."""
IDLE, HOUR = 12 * 3600, 3600
"""Seconds after which it is forgotten when nobody does; and how seldom a visit is noted."""
MOST_WORKS = 500


class Agreed(TypedDict):
    """What `policy.reader` takes of it."""

    adult: bool
    unasked: ArchiveWarning
    agreed: Mapping[int, str]


NOTHING: Agreed = {"adult": False, "unasked": ArchiveWarning(0), "agreed": {}}


def in_session(request: HttpRequest) -> Agreed:
    """What was agreed to here, by whoever asks now, unless that was too long ago."""
    session = request.session
    if _idle(session) > IDLE:
        return {"adult": False, "unasked": ArchiveWarning(0), "agreed": {}}
    return {
        "adult": session.get(ADULT) is True,
        "unasked": ArchiveWarning(session.get(UNASKED, 0)),
        "agreed": {int(work): stakes for work, stakes in session.get(WORKS, {}).items()},
    }


def stay(request: HttpRequest) -> None:
    """Somebody looks at a page: what was agreed to here holds for another while. Noted once an hour."""
    fetched_ahead = request.headers.get("Sec-Purpose", request.headers.get("Purpose", "")).startswith("prefetch")
    if request.method == "GET" and not fetched_ahead and HOUR < _idle(request.session) <= IDLE:
        request.session[SEEN] = int(time.time())


def _idle(session: Any) -> float:
    return time.time() - int(session.get(SEEN, 0))


def _agreed(session: Any) -> None:
    """Something is agreed to now. What was too long ago does not come back with it."""
    if _idle(session) > IDLE:
        _forget(session)
    session[SEEN] = int(time.time())


def agree_to_adult_works(request: HttpRequest, *, remember: bool) -> None:
    """The reader says that they are an adult and wish to see adult works."""
    request.session.cycle_key()
    _agreed(request.session)
    request.session[ADULT] = True
    if remember and isinstance(request.user, User):
        request.user.adult_agreed = True
        request.user.save(update_fields=["adult_agreed"])


def agree_to_work(request: HttpRequest, gate: Gate) -> None:
    """The reader wants to read this work, with the rating and warnings it has now. The oldest of many are forgotten."""
    _agreed(request.session)
    works: dict[str, str] = dict(request.session.get(WORKS, {}))
    number = str(-gate.work if gate.file else gate.work)
    works.pop(number, None)
    works[number] = gate.stakes
    request.session[WORKS] = dict(list(works.items())[-MOST_WORKS:])


def stop_asking(request: HttpRequest, warnings: ArchiveWarning, *, remember: bool) -> None:
    """Never ask this member about these warnings again, if that may be kept; anybody else is spared for the session."""
    if remember and isinstance(request.user, User):
        request.user.unasked_warnings |= warnings.value
        request.user.save(update_fields=["unasked_warnings"])
    else:
        _agreed(request.session)
        request.session[UNASKED] = int(request.session.get(UNASKED, 0)) | warnings.value


def withdraw(request: HttpRequest) -> None:
    """Take back every agreement, here and on the account: adult works vanish, and warnings ask again."""
    _forget(request.session)
    if isinstance(request.user, User):
        request.user.adult_agreed = False
        request.user.unasked_warnings = 0
        request.user.save(update_fields=["adult_agreed", "unasked_warnings"])


def unasked_here(request: HttpRequest, *, remembered: bool) -> ArchiveWarning:
    """The warnings this reader is not asked about, by their own word."""
    kept = request.user.unasked_warnings if remembered and isinstance(request.user, User) else 0
    return in_session(request)["unasked"] | ArchiveWarning(kept)


def _forget(session: Any) -> None:
    for name in (ADULT, WORKS, UNASKED, SEEN):
        session.pop(name, None)


def _clear(request: HttpRequest | None = None, **_: Mapping[str, Any]) -> None:
    """Whoever signs in or out begins with nothing agreed in the session."""
    if request is not None and hasattr(request, "session"):
        _forget(request.session)


def watch() -> None:
    """Clear agreements whenever somebody signs in or out."""
    user_logged_in.connect(_clear, dispatch_uid="agreement")
    user_logged_out.connect(_clear, dispatch_uid="agreement")
