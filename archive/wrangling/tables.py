"""What tag tables say: synonyms and canonicals in bulk, wherever no keeper has wrangled.

A tag says by `by_table` that a table has placed it. So a synonym without it is a keeper's, and so is a canonical with
such a synonym or with metatags, of which tables know nothing. None of these is ever moved.
"""

from collections import Counter
from collections.abc import Iterable, Mapping

from django.db.models import Q

from archive.models import Metatagging, Tag
from archive.naming import key_of
from archive.wrangling.graph import alone
from archive.wrangling.names import tags_of


def follow_table(told: Mapping[int, str]) -> Counter[str]:
    """Place tags (by id) as a table says: under the canonical of that name, or, for an empty name, as canonical itself.

    Canonicals that are missing are made. Returns how many are `synonyms` and `canonicals` now, how many tags have
    `changed`, and how many were `kept` as a keeper has placed them. No canonical that is named may be told of as a
    synonym.
    """
    counts: Counter[str] = Counter()
    with alone() as recording:
        rows = _locked(told)
        heads = tags_of((rows[pk].kind, name) for pk, name in told.items() if name and pk in rows)
        rows |= _locked(set(heads.values()) - rows.keys())
        placing = _Placing(_by_hand(rows))
        for pk in sorted(heads.values()):
            placing.place(rows[pk], None)
        for pk, name in told.items():
            if (tag := rows.get(pk)) is None:
                continue
            head = rows[heads[tag.kind, key_of(name)]] if name else None
            placed = placing.place(tag, head and (head.canonical or head))
            counts["kept" if not placed else "synonyms" if name else "canonicals"] += 1
        changed = placing.moved()
        Tag.everything.bulk_update(changed, ["canonical", "by_table"])
        recording.tags.update(tag.pk for tag in changed)
    counts["changed"] = len(changed)
    return counts


class _Placing:
    """Tags on their way to where a table puts them."""

    def __init__(self, kept: set[int]) -> None:
        self._kept = kept
        self._changed: dict[int, Tag] = {}

    def place(self, tag: Tag, canonical: Tag | None) -> bool:
        """Put a tag under a canonical, or nowhere; False where a keeper's word stands against it."""
        if tag.pk in self._kept or (canonical and canonical.pk == tag.pk):
            return False
        if not tag.by_table or tag.canonical_id != (canonical and canonical.pk):
            tag.canonical, tag.by_table = canonical, True
            self._changed[tag.pk] = tag
        return True

    def moved(self) -> list[Tag]:
        """What has changed, and the synonyms that came along with a canonical that is one no longer."""
        merged = {pk: tag.canonical for pk, tag in self._changed.items() if tag.canonical}
        for synonym in Tag.everything.filter(canonical__in=merged).exclude(pk__in=self._changed):
            synonym.canonical = merged[synonym.canonical_id]
            self._changed[synonym.pk] = synonym
        return list(self._changed.values())


def _locked(ids: Iterable[int]) -> dict[int, Tag]:
    """These tags as they are now, with their canonicals; locked against another keeper."""
    rows = Tag.everything.select_for_update(of=("self",)).select_related("canonical").order_by("pk")
    return rows.in_bulk(list(ids))


def _by_hand(rows: Mapping[int, Tag]) -> set[int]:
    """Those of these tags that keepers have placed, or have placed others under."""
    kept = {pk for pk, tag in rows.items() if tag.canonical_id and not tag.by_table}
    kept.update(Tag.everything.filter(canonical__in=rows, by_table=False).values_list("canonical_id", flat=True))
    above_or_below = Metatagging.everything.filter(Q(tag__in=rows) | Q(metatag__in=rows))
    for pair in above_or_below.values_list("tag_id", "metatag_id"):
        kept.update(pair)
    return kept
