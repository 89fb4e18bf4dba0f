"""The readers who ask: a stranger, a member who sees all, and one whose own rules shut some tags out."""

from typing import Any

from django.contrib.auth import get_user_model
from django.test import Client

from archive import index
from archive.browse import BrowseQuery
from archive.models import Tag
from archive.vocabulary import ArchiveWarning
from reader.models import ReadingRules
from tests.bench.holdings import everybody
from tests.bench.questions import READERS, SHIELDED, STRANGER

HOST = "127.0.0.1"
_SHUT_OUT = (("freeform", 5), ("character", 3))
"""Kinds, and which of the most used tags of each is shut out."""


def account(reader: str) -> Any:
    """The account of a reader, None for a stranger. Both have agreed to adult works, and are asked about nothing."""
    if reader == STRANGER:
        return None
    found, made = get_user_model()._default_manager.get_or_create(
        username=f"bench-{reader}", defaults={"adult_agreed": True, "unasked_warnings": sum(ArchiveWarning)}
    )
    if made and reader == SHIELDED:
        ReadingRules.objects.create(user=found, avoided_tags=[[name, ""] for name in _shut_out()])
    return found


def _shut_out() -> list[str]:
    told = index.facets(everybody(), BrowseQuery())
    tags = [tag for kind, place in _SHUT_OUT for tag, _ in told[kind].values[place : place + 1] if tag]
    return list(Tag.everything.filter(pk__in=tags).order_by("pk").values_list("name", flat=True))


def browsers() -> dict[str, Client]:
    """A browser for each reader."""
    found = {}
    for reader in READERS:
        found[reader] = Client(headers={"host": HOST})
        if one := account(reader):
            found[reader].force_login(one)
    return found
