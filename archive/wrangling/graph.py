"""The tag graph: synonyms point to a canonical of their kind, canonicals stand under metatags, and nothing is round."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

from archive import changes
from archive.changes import Recording
from archive.models import Metatagging, Tag

_LOCK = 0x_CA88E2
"""The number of the advisory lock on Postgres."""


class CannotWrangle(Exception):
    """What was asked for would make the tag graph false. Its message is for the keeper."""


@contextmanager
def alone() -> Iterator[Recording]:
    """Open a recording in which nobody else adds to the graph before it has ended.

    Whether something would go round shows only along the whole way, of which two keepers may be moving tags that are
    not the same. SQLite has one writer at a time as it is.
    """
    with changes.recorded() as recording:
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
        yield recording


def make_synonym(tag: Tag, canonical: Tag) -> None:
    """Merge a tag into another: it stays as a synonym, and its own synonyms and metatags move along."""
    with alone() as recording:
        tag, canonical = _locked(tag, canonical)
        if tag.pk == canonical.pk:
            raise CannotWrangle(f"{tag.name} cannot be a synonym of itself")
        _same_kind(tag, canonical)
        moved = list(Tag.everything.filter(canonical=tag))
        tag.by_table = False
        for synonym in (tag, *moved):
            synonym.canonical = canonical
            synonym.save(update_fields=["canonical", "by_table"])
        _move_metatags(tag, canonical)
        recording.tags.add(canonical.pk)


def unmake_synonym(tag: Tag) -> None:
    """Part a merged tag from its canonical: it stands for itself again, as do the works that carry it.

    What moved along when it was merged (synonyms of its own, metatags) stays with the canonical.
    """
    with changes.recorded() as recording:
        row = Tag.everything.select_for_update().get(pk=tag.pk)
        if row.canonical_id is None:
            raise CannotWrangle(f"{row.name} is no synonym")
        recording.tags.add(row.canonical_id)
        row.canonical, row.by_table = None, False
        row.save(update_fields=["canonical", "by_table"])


def set_metatag(tag: Tag, metatag: Tag) -> None:
    """Put a canonical under another, as *Slow Burn* under *Romance*; a synonym stands for its canonical."""
    with alone():
        tag, metatag = _locked(tag, metatag, heads=True)
        _same_kind(tag, metatag)
        if tag.pk == metatag.pk or metatag.pk in _below(tag.pk):
            raise CannotWrangle(f"{metatag.name} stands under {tag.name} already; the two cannot go round")
        if not Metatagging.everything.filter(tag=tag, metatag=metatag).exists():
            Metatagging(tag=tag, metatag=metatag).save()


def unset_metatag(tag: Tag, metatag: Tag) -> None:
    """Take a canonical out from under another."""
    with changes.recorded():
        for metatagging in Metatagging.everything.filter(tag=tag, metatag=metatag):
            metatagging.delete()


def _locked(first: Tag, second: Tag, heads: bool = False) -> tuple[Tag, Tag]:
    """Both as they are now, the second (or both) at the head of its synonyms; locked against another keeper."""
    rows = Tag.everything.select_for_update().order_by("pk").in_bulk([first.pk, second.pk])
    first, second = rows[first.pk], rows[second.pk]
    return (_head(first) if heads else first), _head(second)


def _head(tag: Tag) -> Tag:
    return tag.canonical or tag


def _same_kind(tag: Tag, other: Tag) -> None:
    if tag.kind != other.kind:
        raise CannotWrangle(f"{tag.name} is a {tag.kind}, {other.name} a {other.kind}")


def _below(tag: int) -> set[int]:
    """Every tag under this one, at any depth."""
    below: set[int] = set()
    level = {tag}
    while level:
        level = set(Metatagging.everything.filter(metatag__in=level).values_list("tag", flat=True)) - below
        below |= level
    return below


def _move_metatags(tag: Tag, canonical: Tag) -> None:
    """What stood above and below the merged tag stands above and below its canonical, unless that went round."""
    for old in list(Metatagging.everything.filter(tag=tag).select_related("metatag")):
        above = old.metatag
        old.delete()
        if above.pk != canonical.pk and above.pk not in _below(canonical.pk):
            set_metatag(canonical, above)
    for old in list(Metatagging.everything.filter(metatag=tag).select_related("tag")):
        below = old.tag
        old.delete()
        if below.pk != canonical.pk and canonical.pk not in _below(below.pk):
            set_metatag(below, canonical)
