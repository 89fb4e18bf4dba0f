"""What is kept about a member, as they read it: every column and value in words."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.utils import dateformat

from archive.vocabulary import ArchiveWarning
from reader import kept
from reader.look import SETTINGS, Look
from reader.models import User

_CALLED = {
    "username": "Name",
    "email": "E-mail address",
    "date_joined": "Member since",
    "last_login": "Last signed in",
    "is_active": "Account open",
    "is_staff": "Keeper",
    "is_superuser": "May do everything",
    "ceiling": "Shown at most",
    "adult_agreed": "Agreed to see adult works, for good",
    "unasked_warnings": "Never asked about",
    "look": "How pages look",
    "made": "Since",
    "seen": "Last used",
    "left": "Signed out",
    "used": "Used",
    "issuer": "Provider",
    "subject": "Your number there",
    "keeper": "Keeper by a group there",
    "own_ceiling": "Shown at most, whatever the groups there",
    "until": "Good until",
    "confirmed": "Let in",
    "question": "Address",
    "default": "Asked whenever the shelf opens",
    "avoided_tags": "Tags left out",
    "avoided_authors": "Authors left out",
    "avoided_works": "Works left out",
    "avoided_warnings": "Warnings left out",
    "asked_warnings": "Warnings that ask first",
    "asked_tags": "Tags that ask first",
    "highlighted_tags": "Tags pointed out",
    "hides_warnings": "Warnings told only when asked",
    "hides_freeforms": "Additional Tags told only when asked",
}
"""Columns whose own names do not say on a page what they are."""


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of one sort; each is a list of what is told and the words for it, one or many."""

    name: str
    rows: list[list[tuple[str, list[str]]]]


def tables(user: User) -> list[Table]:
    """All that is kept about a member, the account first."""
    account = Table("Account", [[*_row(user), ("May, as a keeper,", _powers(user))]])
    theirs = [Table(_capital(model._meta.verbose_name_plural), [*map(_row, rows)]) for model, rows in kept.tables(user)]
    deeds = Table("What you did as a keeper", [_deed(one) for one in kept.deeds(user)])
    return [table for table in (account, *theirs, deeds) if table.rows]


def _row(row: models.Model) -> list[tuple[str, list[str]]]:
    return [
        (_CALLED.get(field.name, _capital(field.verbose_name)), _said(field, field.value_from_object(row)))
        for field in kept.shown(row)
    ]


def _said(field: Any, value: Any) -> list[str]:
    """The words for a value, as many as it has parts."""
    if say := _SAYING.get(field.name):
        return list(say(value)) or ["None"]
    if field.choices and value is not None:
        return [str(dict(field.flatchoices)[value])]
    if isinstance(field, models.BooleanField):
        return ["Yes" if value else "No"]
    if isinstance(field, models.DateTimeField):
        return [_moment(value) if value else "Never"]
    if isinstance(value, list):
        return [_rule(one) for one in value] or ["None"]
    return ["None" if value in (None, "") else str(value)]


def _warnings(bits: int) -> list[str]:
    return [bit.label for bit in ArchiveWarning(bits)]


def _look(chosen: str) -> list[str]:
    named = {(one.name, value): f"{one.label}: {words}" for one in SETTINGS for value, words in one.values}
    words = [named[choice] for choice in Look.read(chosen).chosen]
    return words or ["As usual"]


def _rule(rule: Any) -> str:
    """A name, or a pair of what is avoided and why."""
    what, why = rule if isinstance(rule, list) else (rule, "")
    return f"{what} ({why})" if why else str(what)


_SAYING: dict[str, Callable[[Any], Iterable[str]]] = {
    "unasked_warnings": _warnings,
    "avoided_warnings": _warnings,
    "asked_warnings": _warnings,
    "look": _look,
    "avoided_works": lambda rules: (f"Work {_rule(rule)}" for rule in rules),
}


def _powers(user: User) -> list[str]:
    """What a keeper may do, as the keepers' pages call it."""
    if user.is_superuser:
        return ["Everything"]
    return sorted(power.replace(".", ": ").replace("_", " ") for power in user.get_all_permissions()) or ["Nothing"]


def _deed(deed: dict[str, Any]) -> list[tuple[str, list[str]]]:
    return [("When", [_moment(deed["at"])]), ("What", [_capital(deed["what"])]), ("About", [deed["about"] or "None"])]


def _moment(value: Any) -> str:
    return f"{dateformat.format(value, 'j F Y, H:i')} (UTC)"


def _capital(words: Any) -> str:
    return str(words)[:1].upper() + str(words)[1:]
