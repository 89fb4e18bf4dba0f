"""Shelving: the facts of works written into the rows that the shelf is made of, many works at once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.core.management.color import no_style
from django.db import connection
from django.utils import timezone

from archive import changes, clean, wrangling
from archive.importing.chapters import set_chapters
from archive.importing.columns import columns_of
from archive.importing.holding import HoldRules
from archive.importing.illustrating import set_pictures
from archive.importing.people import set_bylines, set_series
from archive.inserting import insert
from archive.merging import Facts
from archive.models import SearchText, Work
from archive.naming import key_of
from archive.search.words import parted
from archive.statements import Statement
from archive.vocabulary import TagKind


@dataclass(frozen=True, slots=True)
class Shelved:
    """One work on its way to the shelf: its row (not saved yet when it is new), its facts, all its statements."""

    row: Work
    facts: Facts
    statements: Sequence[Statement]

    @property
    def names(self) -> dict[str, Sequence[str]]:
        """The tags of the work by kind."""
        return {
            TagKind.FANDOM.value: self.facts.fandoms,
            TagKind.RELATIONSHIP.value: self.facts.relationships,
            TagKind.CHARACTER.value: self.facts.characters,
            TagKind.FREEFORM.value: self.facts.freeforms,
        }


def shelve(works: Sequence[Shelved]) -> None:
    """Make rows say what the facts say: works, people, tags, chapters, versions, search. All of it, or nothing.

    What stands in rows already is looked for with the works that were here before (`here`): a new one has none.
    """
    with changes.recorded() as recording:
        tags = wrangling.tags_of(wrangling.named(one.names for one in works))
        known = [one.row for one in works if one.row.added]
        _set_rows(works, tags)
        here = [row.pk for row in known]
        ids = {one.row.pk: one for one in works}
        set_bylines({pk: one.facts.authors for pk, one in ids.items()}, here)
        set_series({pk: (one.facts.series, (*one.facts.authors, "")[0]) for pk, one in ids.items()}, here)
        wrangling.retag({pk: one.names for pk, one in ids.items()}, tags, here)
        set_chapters({pk: (one.facts, one.statements) for pk, one in ids.items()}, here)
        set_pictures({pk: one.statements for pk, one in ids.items()}, here)
        _set_search({pk: one.facts for pk, one in ids.items()}, here)
        recording.works.update(ids)


def _set_rows(works: Sequence[Shelved], tags: Mapping[wrangling.Key, int]) -> None:
    """New rows are made, others changed where the facts differ, and held if the site wants it."""
    rules = HoldRules({one.row.identity for one in works})
    now = timezone.now()
    new: list[Work] = []
    old: list[Work] = []
    changed: set[str] = set()
    for one in works:
        row, facts = one.row, one.facts
        before = {name: getattr(row, name) for name in _WRITTEN}
        fresh = row.added is None
        for name, value in columns_of(facts, (facts.added or now) if fresh else row.added).items():
            setattr(row, name, value)
        row.attention = facts.attention or row.attention
        keys = ((kind, key_of(name)) for kind, each in one.names.items() for name in each)
        rules.apply(row, frozenset(tags[key] for key in keys if key in tags))
        (new if fresh else old).append(row)
        changed |= {name for name in _WRITTEN if getattr(row, name) != before[name]} if not fresh else set()
    _create(new)
    if old:
        Work.everything.bulk_update(old, sorted(changed | {"ruled", "kept"}))


_WRITTEN = tuple(
    field.attname
    for field in Work._meta.concrete_fields
    if field.attname not in ("id", "identity", "released", "binned_at", "ruled", "kept")
)


_COLUMNS = tuple(field.attname for field in Work._meta.concrete_fields if not field.primary_key)


def _create(rows: Sequence[Work]) -> None:
    """Rows that bring their id keep it, and the counter of the database steps over it."""
    if numbered := [row for row in rows if row.pk is not None]:
        Work.everything.bulk_create(numbered)
        with connection.cursor() as cursor:
            for sql in connection.ops.sequence_reset_sql(no_style(), [Work]):
                cursor.execute(sql)
    if new := {row.identity: row for row in rows if row.pk is None}:
        insert(Work, _COLUMNS, ([getattr(row, column) for column in _COLUMNS] for row in new.values()))
        for identity, pk in Work.everything.filter(identity__in=new).values_list("identity", "pk"):
            new[identity].pk = pk


def _set_search(works: Mapping[int, Facts], here: Sequence[int]) -> None:
    SearchText.everything.filter(work__in=here).delete()
    insert(SearchText, ("work_id", "folded"), ((work, searchable(facts)) for work, facts in works.items()))


def searchable(facts: Facts) -> str:
    """What the search box looks through: folded words, the title first, the summary last, authors and tags between."""
    tags = (*facts.fandoms, *facts.relationships, *facts.characters, *facts.freeforms)
    return parted(facts.title, *facts.authors, *tags, clean.plain(facts.summary))
