"""Unused tags: names that no work carries any more and that no keeper has wrangled."""

from collections.abc import Iterable

from django.db.models import Exists, OuterRef

from archive import changes
from archive.models import Metatagging, Tag, Tagging


def drop_unused(tags: Iterable[int]) -> int:
    """Delete those of these tags that nothing refers to: no work, no synonym, no metatag. Returns how many."""
    ids = sorted(set(tags))
    with changes.recorded() as recording:
        list(Tag.everything.select_for_update().filter(pk__in=ids).order_by("pk").values_list("pk", flat=True))
        unused = Tag.everything.filter(
            ~Exists(Tagging.everything.filter(tag=OuterRef("pk"))),
            ~Exists(Tag.everything.filter(canonical=OuterRef("pk"))),
            ~Exists(Metatagging.everything.filter(tag=OuterRef("pk"))),
            ~Exists(Metatagging.everything.filter(metatag=OuterRef("pk"))),
            pk__in=ids,
            canonical=None,
        )
        gone = list(unused.values_list("pk", flat=True))
        Tag.everything.filter(pk__in=gone).delete()
        recording.tags.update(gone)
    return len(gone)
