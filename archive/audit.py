"""The audit log: every keeper's deed that decides who sees what is noted where it is done, in its transaction."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from enum import StrEnum
from typing import Any

from archive.models import AuditEntry


class Deed(StrEnum):
    """What can be done. The words after "Wren ..." are those that keepers read."""

    POLICY_CHANGED = "changed the policy"

    WORKS_HELD = "held works"
    WORKS_RELEASED = "released works"
    WORKS_BINNED = "put works into the bin"
    WORKS_RESTORED = "brought works back"
    WORKS_REMOVED = "removed works for good"
    WORKS_REFUSED = "refused works from now on"
    WORKS_SAID = "said what is so of works"
    WORKS_INSISTED = "let keepers’ words stand"
    WORKS_FOLLOWED = "followed newer files"
    WORKS_JOINED = "joined works"
    WORKS_APART = "kept works apart"
    STONES_LIFTED = "lifted refusals"

    TAGS_WRANGLED = "wrangled tags"

    IMPORT_ASKED = "asked for an import"
    IMPORT_STOPPED = "stopped an import"

    MEMBER_MADE = "made a member"
    MEMBER_JOINED = "let a new member in"
    MEMBER_CHANGED = "changed a member"
    MEMBER_CLOSED = "closed an account"
    MEMBER_OPENED = "opened an account again"
    MEMBER_ERASED = "erased an account"
    LIMITS_CHANGED = "changed a member’s limits"
    POWERS_CHANGED = "changed what a member may do"
    PASSWORD_SET = "set a member’s password"  # noqa: S105 - a deed, no password
    PASSWORD_LINK_MADE = "made a link for a new password"  # noqa: S105 - a deed, no password
    INVITATION_MADE = "made an invitation"
    INVITATION_WITHDRAWN = "withdrew an invitation"
    SESSIONS_ENDED = "signed a member out"
    DEVICES_FORGOTTEN = "forgot a member’s devices"
    FIRST_KEEPER_MADE = "became the first keeper"


MOST = 200
"""Numbers in one entry; of more works there are more entries."""


def note(
    who: str,
    what: str,
    about: str = "",
    *,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
) -> None:
    """Add one deed to the log, in the transaction of whoever calls: it is there if what was done is.

    `who` is the name of the keeper, "" for the house itself. `what` is a `Deed`; any other word is a ValueError.
    `about` names works and members by number: "works 12, 15", "member 7". No titles, no text, nobody's reading.
    `before` and `after` are plain JSON values by field, and hold only what differs.
    """
    AuditEntry.everything.create(
        who=who, what=Deed(what).value, about=about, before=dict(before or {}), after=dict(after or {})
    )


def note_changes(who: str, what: str, about: str = "", *, before: Mapping[str, Any], after: Mapping[str, Any]) -> None:
    """Add a deed with what differs between before and after; where nothing does, nothing was done."""
    names = [name for name in {**before, **after} if before.get(name) != after.get(name)]
    if names:
        then, since = ({name: side[name] for name in names if name in side} for side in (before, after))
        note(who, what, about, before=then, after=since)


def note_works(who: str, what: str, works: Iterable[int], why: str = "") -> None:
    """Add a deed that was done to these works, naming each by its number."""
    AuditEntry.everything.bulk_create(
        AuditEntry(who=who, what=Deed(what).value, about=about) for about in _numbered(sorted(set(works)), why)
    )


def member(number: int | None) -> str:
    """How the log names a member: by a number that says nothing any more once the account is closed."""
    return f"member {number}"


def deeds_of(who: str, since: datetime) -> list[dict[str, Any]]:
    """What a keeper has done, as plain rows of `at`, `what` and `about`: all that the log keeps under their name.

    `since` is when their account was made: of a closed account of that name the deeds are somebody else's.
    """
    rows = AuditEntry.everything.filter(who=who, at__gte=since).order_by("pk") if who else AuditEntry.everything.none()
    return list(rows.values("at", "what", "about"))


def _numbered(works: list[int], why: str) -> Iterator[str]:
    for start in range(0, len(works), MOST):
        some = works[start : start + MOST]
        numbers = ", ".join(map(str, some))
        yield f"{'work' if len(some) == 1 else 'works'} {numbers}" + (f": {why}" if why else "")
