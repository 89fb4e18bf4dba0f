"""Kinship: which tags a name stands for, closed over synonyms and metatags. Asked anew at every question."""

from collections.abc import Iterable

from django.db.models import Q

from archive.models import Metatagging, Tag
from archive.naming import key_of
from archive.vocabulary import TagKind, fold

_KINDS = frozenset(kind.value for kind in TagKind)


def closed(rules: Iterable[str]) -> frozenset[int]:
    """The ids of all tags that some rules mean: names, or `kind:name` for one kind only, in any spelling.

    A rule that names a synonym or a canonical means the canonical and all its synonyms; one that names a metatag
    means all below it too, at any depth. A name that no tag bears yet means nothing until one does.
    """
    which = Q()
    for rule in rules:
        if key := key_of(rule):
            which |= Q(key=key)
        kind, colon, name = rule.partition(":")
        if colon and fold(kind) in _KINDS and (key := key_of(name)):
            which |= Q(kind=fold(kind), key=key)
    if not which:
        return frozenset()
    return _closed(Tag.everything.filter(which).values_list("pk", "canonical_id"))


def _closed(tags: Iterable[tuple[int, int | None]]) -> frozenset[int]:
    kin: set[int] = set()
    heads = {canonical or pk for pk, canonical in tags}
    while heads:
        kin |= heads
        below = set(Metatagging.everything.filter(metatag__in=heads).values_list("tag", "tag__canonical"))
        kin.update(Tag.everything.filter(canonical__in=heads).values_list("pk", flat=True))
        heads = {canonical or pk for pk, canonical in below} - kin
    return frozenset(kin)
