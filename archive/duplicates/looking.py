"""Looking for duplicates among the works that have changed since the last time."""

import zlib
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from archive import clean
from archive.duplicates.shingles import Sketch, likeness, sketch
from archive.models import Change, Chapter, DuplicateSearch, PossibleDuplicate, Work

ALIKE = 0.5
"""The share of their text that makes two works of one title and author a possible duplicate."""
SLICE = 500
"""Works that are looked at together."""
_CROWD = 200
"""Of more works with one title and author ("Untitled" by nobody) only the newest so many are compared."""


@dataclass(frozen=True, slots=True)
class _Known:
    """What is asked of a work before its text is."""

    pk: int
    names_source: bool


def look() -> int:
    """Look through all that has changed since the last time; returns how many pairs are new.

    It may be cut off at any moment, and done by two at once: each slice is noted when its pairs are kept.
    """
    DuplicateSearch.everything.get_or_create(pk=1)
    found = 0
    while True:
        since = DuplicateSearch.everything.values_list("number", flat=True).get(pk=1)
        last, works = _changed(since)
        if last == since:
            return found
        found += _keep(_pairs(works))
        DuplicateSearch.everything.filter(pk=1, number__lt=last).update(number=last)


def _changed(since: int) -> tuple[int, set[int]]:
    """Works that were changed after a number of the change log, and the number up to which these are all."""
    works: set[int] = set()
    for number, some in (
        Change.everything.filter(number__gt=since).order_by("number").values_list("number", "works")[:SLICE]
    ):
        since = number
        works.update(some)
        if len(works) >= SLICE:
            break
    return since, works


def _pairs(works: Collection[int]) -> Iterator[tuple[int, int, float]]:
    """Pairs, the one that would stay first, of which one is among these works, with their likeness."""
    for group in _groups(works):
        if len(group) > 1 and not all(one.names_source for one in group):
            sketches = {one: _sketch(one.pk) for one in group}
            for place, one in enumerate(group):
                for other in group[place + 1 :]:
                    if (one.pk in works or other.pk in works) and not (one.names_source and other.names_source):
                        alike = likeness(sketches[one], sketches[other])
                        if alike >= ALIKE:
                            yield one.pk, other.pk, alike


def _groups(works: Collection[int]) -> Iterable[list[_Known]]:
    """The works that share title and author with one of these, those that name a source first, then the oldest."""
    here = Work.everything.filter(binned_at=None)
    keys = _doubtful(set(here.filter(pk__in=works).values_list("title_key", "author_key")))
    groups: dict[tuple[str, str], list[_Known]] = defaultdict(list)
    rows = here.filter(title_key__in={title for title, _ in keys}).order_by("-pk")
    for pk, title, author, source_id in rows.values_list("pk", "title_key", "author_key", "source_id"):
        if (title, author) in keys and len(groups[title, author]) < _CROWD:
            groups[title, author].append(_Known(pk, bool(source_id)))
    return (sorted(group, key=lambda one: (not one.names_source, one.pk)) for group in groups.values())


def _doubtful(keys: set[tuple[str, str]]) -> set[tuple[str, str]]:
    """Of titles with authors those that a work without a source bears: there is no pair without one, and few have any.

    To look for the works themselves is the dear part: in a library of a million works there are many of any title.
    """
    titles = {title for title, _ in keys if title}
    of_no_source = Work.everything.filter(source_id="", title_key__in=titles)
    return keys & set(of_no_source.values_list("title_key", "author_key"))


def _sketch(work: int) -> Sketch:
    bodies = Chapter.everything.filter(work=work).order_by("number").values_list("text__body", flat=True)
    return sketch(clean.plain(zlib.decompress(body).decode()) for body in bodies.iterator())


def _keep(pairs: Iterable[tuple[int, int, float]]) -> int:
    """Keep pairs that are not known yet, whatever a keeper has said of those that are."""
    alike = {frozenset((one, other)): (one, other, share) for one, other, share in pairs}
    ids = {pk for pair in alike for pk in pair}
    known = PossibleDuplicate.everything.filter(first__in=ids, second__in=ids).values_list("first_id", "second_id")
    for pair in known:
        alike.pop(frozenset(pair), None)
    rows = [
        PossibleDuplicate(first_id=one, second_id=other, likeness=round(100 * share))
        for one, other, share in alike.values()
    ]
    PossibleDuplicate.everything.bulk_create(rows, ignore_conflicts=True)
    return len(rows)
