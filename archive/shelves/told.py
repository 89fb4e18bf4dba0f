"""What tags are called, kept from page to page as long as nothing changes: the same few are on every sidebar."""

from collections.abc import Mapping, Set

from archive import changes
from archive.models import Tag

Names = dict[int, tuple[str, str]]
"""Slug and name of a tag by its id."""

_MOST = 20_000
_kept: tuple[tuple[int, str], Names] = ((0, ""), {})


def told(tags: Set[int]) -> Mapping[int, tuple[str, str]]:
    """Slugs and names of tags that a reader may know of, by id.

    What is kept was read at the newest entry of the change log or after it, and is left behind with the next one:
    nothing that is called otherwise by now is told.
    """
    global _kept  # noqa: PLW0603 - one for each process, swapped as a whole
    position = changes.latest()
    kept, names = _kept
    if kept != position or len(names) > _MOST:
        names = {}
        _kept = position, names
    if unknown := tags - names.keys():
        rows = Tag.everything.filter(pk__in=unknown).order_by().values_list("pk", "slug", "name")
        names |= {pk: (slug, name) for pk, slug, name in rows}
    return names
