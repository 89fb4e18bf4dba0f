"""Importing a tag table: every tag of this library is looked up in it, and wrangling is told what it says."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import groupby
from operator import itemgetter
from pathlib import Path

from django.conf import settings
from django.db import transaction

from archive import wrangling
from archive.audit import Deed, note
from archive.models import Tag
from archive.tagtables.rows import Row, rows
from archive.tagtables.scratch import Scratch, Wrong, scratch

_Tag = tuple[str, str, int]
"""Kind, key and id."""
Watch = Callable[[Iterable[Row]], Iterable[Row]]

BATCH = 500
"""Tags that are looked up, and wrangled in one transaction."""


@dataclass(slots=True)
class Report:
    """What became of a table: `rows` of kinds that works carry here, and of this library's tags how many are what."""

    rows: int = 0
    tags: Counter[str] = field(default_factory=Counter)

    def __str__(self) -> str:
        each = self.tags
        return (
            f"{self.rows:,} tags in the table; of those that are here {each['synonyms']:,} are synonyms and"
            f" {each['canonicals']:,} canonical, {each['changed']:,} of them newly so;"
            f" left alone: {each['kept']:,} wrangled by keepers, {each['dangling']:,} dangling,"
            f" {each['contradictory']:,} contradictory, {each['redacted']:,} redacted"
        )


def import_table(path: Path, watch: Watch = iter) -> Report:
    """Learn synonyms and canonicals from a table; doing so again changes nothing.

    `watch` looks on while its rows pass, as a progress bar does. The audit log names the table, once with the first
    tags that it moves. Raises `NoTagTable`, and `OSError`.
    """
    folder = Path(settings.DATA) / "tmp"
    folder.mkdir(parents=True, exist_ok=True)
    report = Report()
    with scratch(folder) as table:
        table.fill(watch(rows(path)))
        report.rows = table.rows
        for tags in _tags():
            if told := _told(table, tags, report):
                with transaction.atomic():
                    moved = wrangling.follow_table(told)
                    if moved["changed"] and not report.tags["changed"]:
                        note("", Deed.TAGS_WRANGLED, f"as the table {path.name} says")
                report.tags.update(moved)
    return report


def _tags() -> Iterator[list[_Tag]]:
    """Every tag of the library, some at a time; canonicals that are made meanwhile come last."""
    last = 0
    while found := list(Tag.everything.filter(pk__gt=last).order_by("pk").values_list("kind", "key", "pk")[:BATCH]):
        last = found[-1][2]
        yield found


def _told(table: Scratch, tags: list[_Tag], report: Report) -> dict[int, str]:
    """What the table says of some tags: for each the name of its canonical, empty when it is canonical itself."""
    told: dict[int, str] = {}
    for kind, of_kind in groupby(sorted(tags), itemgetter(0)):
        ids = {key: pk for _, key, pk in of_kind}
        for key, head in table.heads(kind, list(ids)).items():
            if isinstance(head, Wrong):
                report.tags[head.value] += 1
            else:
                told[ids[key]] = "" if head.itself else head.name
    return told
