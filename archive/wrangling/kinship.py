"""Kinship: which tags a name stands for, closed over synonyms and metatags. Asked anew at every question."""

from collections import defaultdict
from collections.abc import Collection, Iterable

from archive.models import Metatagging, Tag
from archive.naming import key_of
from archive.vocabulary import TagKind, fold

_KINDS = frozenset(kind.value for kind in TagKind)


def closed(rules: Iterable[str]) -> frozenset[int]:
    """The ids of all tags that some rules mean: names, or `kind:name` for one kind only, in any spelling.

    A rule that names a synonym or a canonical means the canonical and all its synonyms; one that names a metatag
    means all below it too, at any depth. A name that no tag bears yet means nothing until one does.
    """
    return frozenset().union(*closed_each(rules).values())


def closed_each(rules: Iterable[str]) -> dict[str, frozenset[int]]:
    """What each of some rules means, as `closed` says it; as many queries for many rules as for one."""
    meant = {rule: _named(rule) for rule in rules}
    wanted = {name for names in meant.values() for name in names}
    if not wanted:
        return dict.fromkeys(meant, frozenset())
    heads = _heads(wanted)
    below, synonyms = _families({head for found in heads.values() for head in found})
    return {
        rule: _kin({one for name in names for one in heads[name]}, below, synonyms) for rule, names in meant.items()
    }


_Name = tuple[str, str]
"""Kind and key; the kind is empty where any is meant."""
_Edges = dict[int, set[int]]


def _named(rule: str) -> list[_Name]:
    """The names that a rule may be: one with a colon is taken both ways."""
    found = [("", key)] if (key := key_of(rule)) else []
    kind, colon, name = rule.partition(":")
    if colon and fold(kind) in _KINDS and (key := key_of(name)):
        found.append((fold(kind), key))
    return found


def _heads(names: Collection[_Name]) -> dict[_Name, set[int]]:
    """The canonicals of the tags that bear each of these names."""
    found: dict[_Name, set[int]] = {name: set() for name in names}
    rows = Tag.everything.filter(key__in={key for _, key in names}).order_by()
    for pk, canonical, kind, key in rows.values_list("pk", "canonical_id", "kind", "key"):
        for name in (("", key), (kind, key)):
            if name in found:
                found[name].add(canonical or pk)
    return found


def _families(heads: set[int]) -> tuple[_Edges, _Edges]:
    """All that stands under some canonicals, at any depth: the canonicals below each, and the synonyms of each."""
    below, synonyms = defaultdict[int, set[int]](set), defaultdict[int, set[int]](set)
    known: set[int] = set()
    while heads:
        known |= heads
        for head, synonym in Tag.everything.filter(canonical__in=heads).order_by().values_list("canonical_id", "pk"):
            synonyms[head].add(synonym)
        rows = Metatagging.everything.filter(metatag__in=heads).values_list("metatag_id", "tag_id", "tag__canonical_id")
        for head, tag, canonical in rows:
            below[head].add(canonical or tag)
        heads = {one for found in below.values() for one in found} - known
    return below, synonyms


def _kin(heads: set[int], below: _Edges, synonyms: _Edges) -> frozenset[int]:
    kin: set[int] = set()
    while heads:
        kin |= heads
        kin.update(one for head in heads for one in synonyms.get(head, ()))
        heads = {one for head in heads for one in below.get(head, ())} - kin
    return frozenset(kin)
