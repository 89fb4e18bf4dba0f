"""Unused texts: what an older cleaner made, and nothing shows or states any more since it was made anew."""

from collections.abc import Sequence

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from archive import clean
from archive.models import Chapter, SourceFile, Text, VersionChapter

AT_ONCE = 500


def drop_unused() -> int:
    """Drop the texts of older cleaners that neither chapters nor versions show and no file states. Returns how many.

    What a lesser copy states is shown by nobody and is kept, since it may be wanted when the better one goes.
    """
    unused = dict(_unshown().values_list("digest", "pk"))
    if unused:
        for stated in SourceFile.everything.values_list("stated", flat=True).iterator():
            for chapter in stated.get("chapters", ()):
                unused.pop(chapter["digest"], None)
    numbers = sorted(unused.values())
    return sum(_dropped(numbers[start : start + AT_ONCE]) for start in range(0, len(numbers), AT_ONCE))


def _unshown() -> "QuerySet[Text]":
    shown = Exists(Chapter.everything.filter(text=OuterRef("pk")))
    kept = Exists(VersionChapter.everything.filter(text=OuterRef("pk")))
    return Text.everything.filter(~shown, ~kept, cleaner__lt=clean.VERSION)


def _dropped(numbers: Sequence[int]) -> int:
    """They are locked first: an import may be taking one up again, and makes it a text of today by that."""
    with transaction.atomic():
        list(Text.everything.select_for_update().filter(pk__in=numbers).order_by("pk").values_list("pk"))
        return _unshown().filter(pk__in=numbers).delete()[0]
