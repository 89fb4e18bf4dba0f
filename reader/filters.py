"""Saved filters: the questions that a member keeps under a name, and the one they begin with."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from urllib.parse import parse_qs

from django.db import transaction
from django.http import HttpRequest

from archive.browse import BrowseQuery
from reader.models import SavedFilter, User

MOST = 100
LONGEST_NAME = 80


class NotKept(Exception):
    """A filter that cannot be kept; says why, for the screen."""


def kept(request: HttpRequest) -> list[SavedFilter]:
    """The filters of whoever asks, by name, looked up once a request; strangers have none."""
    if not isinstance(request.user, User):
        return []
    known: list[SavedFilter] | None = getattr(request, "_filters", None)
    if known is None:
        known = list(request.user.filters.all())
        setattr(request, "_filters", known)  # noqa: B010 - it is nobody's field but ours
    return known


def first(request: HttpRequest) -> SavedFilter | None:
    """The one that whoever asks begins with."""
    return next((one for one in kept(request) if one.default), None)


def plain(address: str) -> str:
    """A question as it is kept: its shortest address, from its first page; empty for the bare shelf."""
    given = parse_qs(address.removeprefix("?"), max_num_fields=500)
    query = replace(BrowseQuery.read(given), page=1, more="", seed=0)
    return query.address() if query != BrowseQuery() else ""


def keep(user: User, name: str, address: str, *, default: bool) -> SavedFilter:
    """Keep a question under a name; what had that name is replaced. Raises NotKept."""
    try:
        question = plain(address)
    except ValueError:  # no address of ours has so many fields
        raise NotKept("That is no question that can be kept.") from None
    if not question:
        raise NotKept("There is nothing to keep yet: choose something first.")
    with _one_by_one(user.pk):
        if default:
            user.filters.filter(default=True).update(default=False)
        known = user.filters.filter(name=_named(name)).first()
        if known is None and user.filters.count() >= MOST:
            raise NotKept(f"You keep {MOST} filters already: remove one first.")
        one = known or SavedFilter(user=user, name=_named(name))
        one.question, one.default = question, default or one.default
        one.save()
    return one


def rename(one: SavedFilter, name: str) -> None:
    """Give a filter another name. Raises NotKept."""
    named = _named(name)
    with _one_by_one(one.user_id):
        if SavedFilter.objects.filter(user=one.user_id, name=named).exclude(pk=one.pk).exists():
            raise NotKept(f"You have another filter with the name “{named}”.")
        one.name = named
        one.save(update_fields=["name"])


def begin_with(one: SavedFilter, *, default: bool) -> None:
    """Ask this question whenever the bare shelf is asked for, or no longer."""
    with _one_by_one(one.user_id):
        SavedFilter.objects.filter(user=one.user_id, default=True).update(default=False)
        one.default = default
        one.save(update_fields=["default"])


@contextmanager
def _one_by_one(user: int) -> Iterator[None]:
    """A transaction in which nobody else changes the filters of this member: names and the default stay their own."""
    with transaction.atomic():
        User.objects.select_for_update().filter(pk=user).first()
        yield


def _named(name: str) -> str:
    words = " ".join(name.replace("\0", " ").split())
    if not words:
        raise NotKept("A filter needs a name.")
    if len(words) > LONGEST_NAME:
        raise NotKept(f"A name has at most {LONGEST_NAME} characters.")
    return words
