"""What tags are called, kept from page to page as long as nothing changes: the same few are on every sidebar."""

from collections.abc import Mapping, Set

from archive.meanwhile import Meanwhile
from archive.models import Tag

_names: Meanwhile[int, tuple[str, str]] = Meanwhile(20_000)


def told(tags: Set[int]) -> Mapping[int, tuple[str, str]]:
    """Slugs and names of tags that a reader may know of, by id."""
    names = _names.now()
    if unknown := tags - names.keys():
        rows = Tag.everything.filter(pk__in=unknown).order_by().values_list("pk", "slug", "name")
        names |= {pk: (slug, name) for pk, slug, name in rows}
    return names
