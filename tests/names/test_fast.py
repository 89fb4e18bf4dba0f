"""What the index tells of names equals plain SQL and brute force, whatever has changed since its snapshot."""

from collections import defaultdict
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase
from pyroaring import BitMap

from archive import changes, wrangling
from archive.access import Reader, Sight
from archive.index import building
from archive.index.matching import met
from archive.index.part import Part
from archive.index.state import State
from archive.models import Author, Byline, Metatagging, Series, SeriesEntry, Tag, Tagging, Work
from archive.names.directories import Asked, directory
from archive.names.suggesting import suggested
from archive.visible import listed
from archive.vocabulary import Rating
from tests.rows import row_of_work

NAMES = ["les mis", "les miserables", "mis", "a/les", "seamist", "mist", "лес", "灯塔", "2 mis", "les"]
works = st.fixed_dictionaries(
    {
        "rating": st.sampled_from([Rating.GENERAL, Rating.GENERAL, Rating.EXPLICIT]),
        "held": st.sampled_from([False, False, True]),
        "freeform": st.sets(st.sampled_from(NAMES), max_size=4),
        "fandom": st.sets(st.sampled_from(NAMES), max_size=2),
        "people": st.sets(st.sampled_from(NAMES), max_size=2),
        "language": st.sampled_from(["", "en", "fr"]),
    }
)
pairs = st.lists(st.tuples(st.sampled_from(NAMES), st.sampled_from(NAMES)), max_size=3)
READERS = [
    Reader(welcome=True, ceiling=Rating.EXPLICIT, adult=True),
    Reader(welcome=True, ceiling=Rating.EXPLICIT, adult=False),
    Reader(welcome=False),
]
TYPED = ["l", "les", "mist", "is", "iser", "лес", "塔"]


class FastNames(TestCase):
    @settings(max_examples=15)
    @given(
        before=st.lists(works, max_size=8),
        after=st.lists(works, max_size=4),
        gone=st.sets(st.integers(0, 7), max_size=3),
        merged=st.tuples(pairs, pairs),
        above=st.tuples(pairs, pairs),
        blocked=st.sampled_from([None, *NAMES[:3]]),
    )
    def test_suggestions_and_directories_equal_brute_force(self, **given: Any) -> None:
        """With a snapshot of what was before, and the rest as changes."""
        first = put(given["before"], 0)
        wrangle(given["merged"][0], given["above"][0])
        with TemporaryDirectory() as folder:
            state = changed(Path(folder) / "1", first, given)
            for reader in READERS:
                ids = wrangling.closed([given["blocked"]]) if given["blocked"] else frozenset()
                compare(state, Sight(reader, blocked=ids))


def changed(folder: Path, first: list[int], given: dict[str, Any]) -> State:
    """A snapshot now, then changes, and the state that follows from both."""
    building.snapshot(folder)
    touched = wrangle(given["merged"][1], given["above"][1])
    moved = [first[place] for place in given["gone"] if place < len(first)]
    with changes.recorded():
        wrangling.retag({work: {"freeform": ["mis", "new les"], "fandom": []} for work in moved})
    added = put(given["after"], 100)
    again = set(Tagging.everything.filter(tag__in=touched).values_list("content_object", flat=True))
    return State(Part.open(folder), BitMap([*moved, *again]), building.part({*moved, *added, *again}))


def wrangle(merged: list[tuple[str, str]], above: list[tuple[str, str]]) -> set[int]:
    """Merge and put under each other what can be, and name all tags whose works are found otherwise now."""
    before = meanings()
    for pairs, act in ((merged, wrangling.make_synonym), (above, wrangling.set_metatag)):
        for one, other in pairs:
            tags = [Tag.everything.filter(kind="freeform", key=key).first() for key in (one, other)]
            if all(tags) and not (act is wrangling.set_metatag and any(tag.canonical_id for tag in tags if tag)):
                with suppress(wrangling.CannotWrangle):
                    act(*tags)
    now = meanings()
    return {tag for tag in now if before.get(tag) != now[tag]}


def meanings() -> dict[int, frozenset[int]]:
    """All heads that each tag counts for."""
    parents: dict[int, set[int]] = defaultdict(set)
    for tag, metatag in Metatagging.everything.values_list("tag", "metatag"):
        parents[tag].add(metatag)

    def up(tag: int) -> set[int]:
        return {tag}.union(*(up(parent) for parent in parents[tag])) if tag in parents else {tag}

    return {pk: frozenset(up(head or pk)) for pk, head in Tag.everything.values_list("pk", "canonical")}


def put(given_works: list[dict[str, Any]], first: int) -> list[int]:
    with changes.recorded() as recording:
        rows = [row_of_work(first + at, rating=one["rating"], held=one["held"]) for at, one in enumerate(given_works)]
        for row, one in zip(rows, given_works, strict=True):
            row.language = one["language"]
        made = [work.pk for work in Work.everything.bulk_create(rows)]
        recording.works.update(made)
        kinds = ("freeform", "fandom")
        wrangling.retag(
            {work: {kind: sorted(one[kind]) for kind in kinds} for work, one in zip(made, given_works, strict=True)}
        )
        for work, one in zip(made, given_works, strict=True):
            for name in one["people"]:
                author, _ = Author.everything.get_or_create(name=name, key=name, slug=name)
                Byline.everything.create(work_id=work, author=author, position=0)
                series, _ = Series.everything.get_or_create(title=name, key=name, identity=name)
                SeriesEntry.everything.create(work_id=work, series=series)
    return made


def compare(state: State, sight: Sight) -> None:
    shown = set(listed(sight).values_list("pk", flat=True))
    for kind in ("freeform", "fandom", "author"):
        for typed in TYPED:
            fast, plain = suggested(sight, kind, typed, state), suggested(sight, kind, typed, None)
            assert fast == plain
            assert [(one.name, one.count) for one in fast] == brute(kind, typed, shown)
    for typed in TYPED:
        assert suggested(sight, None, typed, state) == suggested(sight, None, typed, None)
    for kind in ("freeform", "fandom", "author", "series", "language"):
        for asked in (Asked(), Asked(typed="les"), Asked(by_count=True), Asked(letter="m")):
            assert directory(sight, kind, asked, state) == directory(sight, kind, asked, None)


def brute(kind: str, typed: str, shown: set[int]) -> list[tuple[str, int]]:
    """The best ten, by looking at every name and every work."""
    if kind == "author":
        rows = [(pk, pk, key) for pk, key in Author.everything.values_list("pk", "key")]
        borne = set(Byline.everything.filter(work__in=shown).values_list("author", "work"))
        means = {pk: frozenset([pk]) for pk, _, _ in rows}
    else:
        tags = Tag.everything.filter(kind=kind)
        rows = [(pk, head or pk, key) for pk, head, key in tags.values_list("pk", "canonical", "key")]
        borne = set(Tagging.everything.filter(content_object__in=shown).values_list("tag", "content_object"))
        means = meanings()
    works: dict[int, set[int]] = defaultdict(set)
    for tag, work in borne:
        for head in means.get(tag, ()):
            works[head].add(work)
    best: dict[int, int] = {}
    for pk, head, key in rows:
        how = met(key, typed)
        if how is not None and works[head] and (pk == head or any(tag == pk for tag, _ in borne)):
            best[head] = min(how, best.get(head, how))
    names = {pk: key for pk, _, key in rows}
    order = sorted(best, key=lambda pk: (best[pk], -len(works[pk]), pk))
    return [(names[pk], len(works[pk])) for pk in order[:10]]


@pytest.mark.django_db
def test_ten_are_suggested_the_most_used_of_many(tmp_path: Path) -> None:
    with changes.recorded() as recording:
        made = Work.everything.bulk_create(row_of_work(number) for number in range(60))
        recording.works.update(work.pk for work in made)
        wrangling.retag(
            {work.pk: {"freeform": [f"les {at:02}" for at in range(place)]} for place, work in enumerate(made)}
        )
    building.snapshot(tmp_path / "1")
    state = State(Part.open(tmp_path / "1"), BitMap([made[-1].pk]), building.part([]))
    sight = Sight(READERS[0])
    expected = [(f"les {at:02}", 58 - at) for at in range(10)]
    assert [(one.name, one.count) for one in suggested(sight, "freeform", "les", state)] == expected
