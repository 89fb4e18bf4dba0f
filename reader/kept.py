"""Everything that is kept about a member: shown to them, handed out, erased."""

from typing import Any

from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.db import models, transaction

from archive import audit
from reader.models import Invitation, User

SECRETS = {"password", "key", "digest", "code", "asker"}
"""Proofs of who somebody is: worth nothing to a member, and much to whoever finds the file."""
OF_KEEPERS = {"blocked_tags", "note", "made_by"}
"""What a keeper has decided never to show to them, and has noted of them: naming it would show it."""
OF_DJANGO = {"id", "user", "used_by", "first_name", "last_name"}

ELSEWHERE = {
    "reader.User_groups.user": "is told with the account",
    "reader.User_user_permissions.user": "is told with the account",
    "reader.Invitation.made_by": "is told among the deeds of a keeper; the invitation stays, and names nobody",
    "admin.LogEntry.user": "is what a keeper did on the keepers’ pages, told there; it ends with the account",
}
"""Columns that point to a member and are no tables of theirs, each with what becomes of it."""


class LastKeeper(Exception):
    """Without this account nobody would keep the library."""


def about(user: User) -> dict[str, Any]:
    """All that is theirs, as plain values by the names of tables and columns; of nobody else anything."""
    found: dict[str, Any] = {"account": {**_plain(user), "permissions": sorted(user.get_all_permissions())}}
    if user.is_superuser:
        found["account"]["permissions"] = ["all"]
    for model, rows in tables(user):
        found[str(model._meta.verbose_name_plural)] = [_plain(row) for row in rows]
    found["deeds as a keeper"] = deeds(user)
    return {name: rows for name, rows in found.items() if rows}


def tables(user: User) -> list[tuple[type[models.Model], list[Any]]]:
    """The rows that are theirs, table by table."""
    columns = [(one.model, one.model._default_manager.filter(**{one.name: user})) for one in theirs()]
    return [(model, list(rows.order_by("pk"))) for model, rows in columns]


def shown(row: models.Model) -> list[Any]:
    """The columns of a row that its member may see."""
    return [field for field in row._meta.concrete_fields if field.name not in SECRETS | OF_KEEPERS | OF_DJANGO]


def deeds(user: User) -> list[dict[str, Any]]:
    """What the log of keepers says that they have done. It stays when the account is closed."""
    return audit.deeds_of(user.username, user.date_joined)


def erase(user: User, by: str = "") -> None:
    """Close an account and forget all that hangs on it, agreements in sessions included. Raises LastKeeper.

    `by` is the keeper who does it, if they do not do it themselves. The log names members by number, and keepers by
    name for what they did as such: of that it forgets nothing.
    """
    with transaction.atomic():
        everybody = list(User.objects.select_for_update().filter(is_staff=True, is_active=True).order_by("pk"))
        if user in everybody and not any(one.is_superuser for one in everybody if one != user):
            raise LastKeeper
        number = user.pk
        for row in (*Invitation.objects.filter(used_by=user), user):
            _forget_entries(row)
            row.delete()
        audit.note(by, audit.Deed.MEMBER_ERASED, audit.member(number))
        _forget_sessions(str(number))


def theirs() -> list[Any]:
    """The columns by which a row belongs to a member. Found in the schema, so that no later table is forgotten."""
    pointing = (one for one in User._meta.get_fields(include_hidden=True) if one.auto_created and one.is_relation)
    columns = [one.remote_field for one in pointing]
    return [one for one in columns if str(one) not in ELSEWHERE]


def _plain(row: models.Model) -> dict[str, Any]:
    return {field.name: field.value_from_object(row) for field in shown(row)}


def _forget_entries(row: models.Model) -> None:
    """The keepers' pages have noted what was done to a row under the name that it had."""
    kind = ContentType.objects.get_for_model(row)
    LogEntry.objects.filter(content_type=kind, object_id=str(row.pk)).delete()


def _forget_sessions(number: str) -> None:
    """A session tells whose it is only when it is opened; there are few, and this is rare."""
    for session in Session.objects.iterator():
        if session.get_decoded().get("_auth_user_id") == number:
            session.delete()
