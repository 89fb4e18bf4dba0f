"""Taggings: which works carry which tags, spelled and ordered as their authors did."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from archive import changes
from archive.inserting import insert
from archive.models import Tagging
from archive.naming import fitted, key_of
from archive.wrangling.names import Key, tags_of

Names = Mapping[str, Sequence[str]]
"""The tag names of one work by kind, in the author's order."""

_Row = tuple[int, str, int]
"""Tag, spelling, position."""
_COLUMNS = ("content_object_id", "tag_id", "spelling", "position")


def retag(
    works: Mapping[int, Names], tags: Mapping[Key, int] | None = None, here: Collection[int] | None = None
) -> dict[int, frozenset[int]]:
    """Give works exactly these tags, in bulk; returns the ids of each work's tags.

    `tags` is what `tags_of` gave for these names, if somebody has asked it already, `here` those of the works that may
    have tags by now: any, unless it is said. A tag that a work states twice, in whatever spelling, is one tagging: the
    first.
    """
    with changes.recorded() as recording:
        known = tags if tags is not None else tags_of(named(works.values()))
        wanted = {work: _rows(names, known) for work, names in works.items()}
        present: dict[int, set[_Row]] = {}
        taggings = Tagging.everything.filter(content_object__in=list(works if here is None else here))
        for work, *row in taggings.values_list("content_object_id", "tag_id", "spelling", "position"):
            present.setdefault(work, set()).add(tuple(row))
        changed = [work for work, rows in wanted.items() if set(rows) != present.get(work, set())]
        if old := [work for work in changed if work in present]:
            Tagging.everything.filter(content_object__in=old).delete()
        insert(Tagging, _COLUMNS, ((work, *row) for work in changed for row in wanted[work]))
        recording.works.update(changed)
    return {work: frozenset(tag for tag, _, _ in rows) for work, rows in wanted.items()}


def named(works: Iterable[Names]) -> Iterator[tuple[str, str]]:
    """Every (kind, name) of these works."""
    return ((kind, name) for names in works for kind, each in names.items() for name in each)


def _rows(names: Names, tags: Mapping[Key, int]) -> list[_Row]:
    spellings: dict[int, str] = {}
    for kind, each in names.items():
        for name in each:
            if (tag := tags.get((kind, key_of(name)))) is not None:
                spellings.setdefault(tag, fitted(name))
    return [(tag, spelling, position) for position, (tag, spelling) in enumerate(spellings.items())]
