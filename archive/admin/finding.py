"""Finding works by a few words of title, author or number, by way of indexes."""

from collections.abc import Iterator
from typing import Any

from django.db.models import Q, QuerySet

from archive.models import Author, Byline, Work
from archive.vocabulary import fold

LAST = "\U0010ffff"
"""Sorts after every letter."""


def found(works: QuerySet[Any], words: str) -> QuerySet[Any]:
    """Works whose title or an author holds these words, or that go by this number, here or at their source."""
    key = fold(words)
    if not key:
        return works
    first, *others = (_titled(key), _by(key), *_numbered(words.strip()))
    return works.filter(pk__in=first.union(*others))


def starting(field: str, key: str) -> Q:
    """A folded key begins with these letters: a range, which both databases answer from the index."""
    return Q(**{f"{field}__gte": key, f"{field}__lt": key + LAST})


def _titled(key: str) -> QuerySet[Any]:
    return Work.everything.order_by().filter(title_key__contains=key).values("pk")


def _by(key: str) -> QuerySet[Any]:
    authors = Author.everything.order_by().filter(key__contains=key).values("pk")
    return Byline.everything.order_by().filter(author__in=authors).values("work_id")


def _numbered(words: str) -> Iterator[QuerySet[Any]]:
    """Each number is looked for by itself: asked together they would have the whole table read."""
    works = Work.everything.order_by().values("pk")
    yield works.filter(identity=words)
    yield works.filter(source_id=words).exclude(source="")
    if words.isdecimal() and len(words) < 19:
        yield works.filter(pk=int(words))
