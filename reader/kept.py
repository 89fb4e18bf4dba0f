"""Everything that is kept about a member: shown to them, handed out, erased."""

from typing import Any

from django.contrib.sessions.models import Session
from django.db import models, transaction

from archive import audit
from reader.models import User

SECRETS = {"password", "key", "digest", "code", "asker"}
"""Proofs of who somebody is: worth nothing to a member, and much to whoever finds the file."""
OF_KEEPERS = {"blocked_tags"}
"""What a keeper has decided never to show to them: naming it would show it."""
OF_DJANGO = {"id", "user", "first_name", "last_name", "is_superuser"}


class LastKeeper(Exception):
    """Without this account nobody would keep the library."""


def about(user: User) -> dict[str, Any]:
    """All rows that are theirs, as plain values by the names of tables and columns; of nobody else anything."""
    found: dict[str, Any] = {"account": _plain(user)}
    for relation in theirs():
        rows = relation.related_model._default_manager.filter(**{relation.field.name: user}).order_by("pk")
        found[str(relation.related_model._meta.verbose_name_plural)] = [_plain(row) for row in rows]
    return {name: rows for name, rows in found.items() if rows}


def in_words(user: User) -> dict[str, list[dict[str, Any]]]:
    """The same for the screen: every table as a list of rows, and no underscores."""
    tables = {name: rows if isinstance(rows, list) else [rows] for name, rows in about(user).items()}
    return {name: [_spaced(row) for row in rows] for name, rows in tables.items()}


def erase(user: User, by: str = "") -> None:
    """Close an account and forget all that hangs on it, agreements in sessions included. Raises LastKeeper.

    `by` is the keeper who does it, if they do not do it themselves. The log of deeds keeps the number alone.
    """
    with transaction.atomic():
        everybody = list(User.objects.select_for_update().filter(is_staff=True, is_active=True).order_by("pk"))
        if user in everybody and not any(one.is_superuser for one in everybody if one != user):
            raise LastKeeper
        number = user.pk
        user.delete()
        audit.note(by, audit.Deed.MEMBER_ERASED, audit.member(number))
        _forget_sessions(str(number))


def theirs() -> list[Any]:
    """What belongs to a member and ends with them. Found in the schema, so that no later table is forgotten."""
    rows = [one for one in User._meta.related_objects if one.on_delete is models.CASCADE]
    return [one for one in rows if one.related_model._meta.app_label == "reader"]


def _plain(row: models.Model) -> dict[str, Any]:
    shown = [field for field in row._meta.concrete_fields if field.name not in SECRETS | OF_KEEPERS | OF_DJANGO]
    return {field.name: field.value_from_object(row) for field in shown}


def _spaced(row: dict[str, Any]) -> dict[str, Any]:
    return {name.replace("_", " "): "" if value in ([], None) else value for name, value in row.items()}


def _forget_sessions(number: str) -> None:
    """A session tells whose it is only when it is opened; there are few, and this is rare."""
    for session in Session.objects.iterator():
        if session.get_decoded().get("_auth_user_id") == number:
            session.delete()
