"""One tag by its address, and what hangs together with it, as far as listed works carry it."""

from collections.abc import Iterable
from dataclasses import dataclass

from archive.access import Sight
from archive.models import Metatagging, Tag
from archive.names import asking
from archive.shown import Entry, Kin, Name, Shelf
from archive.vocabulary import TagKind

MOST_KIN = 50
MOST_BESIDE = 5
_NOBODY = 0


@dataclass(frozen=True, slots=True)
class Found:
    """A tag that has a page, or had one before it was merged."""

    id: int
    kind: TagKind
    name: str
    moved_to: Name | None

    @property
    def label(self) -> str:
        """What it is, for the screen."""
        return self.kind.name_of_one


def tag(sight: Sight, kind: str, slug: str) -> Found | None:
    """The tag at an address. One that was merged is there only while a listed work carries it by itself."""
    row = Tag.everything.filter(kind=kind, slug=slug).values_list("pk", "name", "canonical__name", "canonical__slug")
    pk, name, *canonical = row.first() or (_NOBODY, "", None, None)
    moved = Name(*canonical) if all(canonical) else None
    carried = asking.carried(sight, [pk])
    if not pk or (moved and pk not in carried):
        return None
    return Found(pk, TagKind(kind), name, moved)


def kin(sight: Sight, found: Found, shelf: Shelf) -> Kin | None:
    """What hangs together with a tag; nothing for one that was merged, or while more is asked than the tag itself."""
    if found.moved_to or shelf.chips or shelf.page > 1:
        return None
    parents = Tag.everything.filter(pk__in=Metatagging.everything.filter(tag=found.id).values("metatag"))
    below = _below(sight, found.id)
    own = {_slug(found.id), *_above([found.id]), *(child.slug for child in below)}
    return Kin(
        kind=found.kind.value,
        synonyms=_synonyms(sight, found.id),
        above=tuple(Name(name, slug) for name, slug in parents.order_by("key").values_list("name", "slug")),
        below=below,
        beside=tuple(_beside(shelf, {(found.kind.value, slug) for slug in own})),
    )


def _slug(tag: int) -> str:
    return str(Tag.everything.values_list("slug", flat=True).get(pk=tag))


def _above(tags: Iterable[int]) -> set[str]:
    """The slugs of all metatags over these, at any height."""
    slugs: dict[int, str] = {}
    level = set(tags)
    while level:
        rows = Metatagging.everything.filter(tag__in=level).values_list("metatag", "metatag__slug")
        level = {pk for pk, _ in rows} - slugs.keys()
        slugs.update(rows)
    return set(slugs.values())


def _synonyms(sight: Sight, tag: int) -> tuple[str, ...]:
    names = dict(Tag.everything.filter(canonical=tag).values_list("pk", "name"))
    known = sorted(asking.carried(sight, names).items(), key=lambda pair: (-pair[1], pair[0])) if names else []
    return tuple(names[pk] for pk, _ in known[:MOST_KIN])


def _below(sight: Sight, tag: int) -> tuple[Entry, ...]:
    counts = asking.under(sight, list(Metatagging.everything.filter(metatag=tag).values_list("tag", flat=True)))
    best = sorted(counts, key=lambda pk: (-counts[pk], pk))[:MOST_KIN]
    rows = Tag.everything.filter(pk__in=best).in_bulk()
    return tuple(Entry(rows[pk].name, rows[pk].slug, counts[pk]) for pk in best)


def _beside(shelf: Shelf, own: set[tuple[str, str]]) -> Iterable[tuple[str, str, tuple[Entry, ...]]]:
    """The most common companions: what the facets of the tag's shelf count, but for the tag and its own kin."""
    told = {facet.field: facet.values for facet in shelf.facets}  # without those that this reader has hidden
    for kind in TagKind:
        values = [value for value in told.get(kind.value, ()) if (kind.value, value.value) not in own]
        entries = tuple(Entry(one.label, one.value, one.count) for one in values[:MOST_BESIDE])
        if entries:
            yield kind.value, kind.label, entries
