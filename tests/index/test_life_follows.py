"""The delta, however it came about, equals a part that is built from the database at once."""

from typing import Any

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from archive import changes, keeping, wrangling
from archive.index import building, delta
from archive.index.arrays import Sizes
from archive.index.part import Part
from archive.models import Metatagging, Tag, Work
from archive.vocabulary import Rating
from archive.wrangling import CannotWrangle
from tests.index import libraries
from tests.rows import row_of_work

EDITS = ("save", "rate", "bin", "restore", "release", "remove", "retag", "merge", "under", "out", "new", "many")


class Follows(TestCase):
    @given(data=st.data(), shelved=st.lists(libraries.works, min_size=1, max_size=12), graph=libraries.graphs())
    def test_base_and_delta_are_the_library_after_any_edits(
        self, data: st.DataObject, shelved: libraries.Given, graph: libraries.Graph
    ) -> None:
        libraries.shelve(shelved, graph)
        known = delta.begun(_whole())
        for _ in range(data.draw(st.integers(1, 5))):
            for _ in range(data.draw(st.integers(1, 3))):
                edit(data)
            known = delta.followed(known)
            assert known.position == changes.latest()
            assert not known.hides
            assert not known.lags
            assert told(known.state.delta, known.state.base, known) == told(_whole())


def _whole() -> Part:
    return building.part(list(Work.everything.values_list("pk", flat=True)), Sizes(common=2, width=2, codes=4))


def edit(data: st.DataObject) -> None:
    """Something that a keeper, or an import, may do."""
    works = list(Work.everything.order_by("pk").values_list("pk", flat=True))
    tags = list(Tag.everything.order_by("pk"))
    what = data.draw(st.sampled_from(EDITS))
    one, two = (data.draw(st.sampled_from(tags)) for _ in range(2)) if tags else (None, None)
    if what == "new" or not works:
        make(data, tags)
        return
    work = data.draw(st.sampled_from(works))
    if what == "save":
        with changes.recorded():
            row = Work.everything.get(pk=work)
            row.words, row.title_key = data.draw(st.integers(0, 5000)), data.draw(st.sampled_from("abé"))
            row.save()
    elif what == "many":
        with changes.recorded() as recording:
            Work.everything.filter(pk__in=works).update(kudos=data.draw(st.integers(0, 9)))
            recording.works.update(works)
    elif what == "rate":
        with changes.recorded() as recording:
            Work.everything.filter(pk=work).update(rating=Rating.EXPLICIT)
            recording.works.add(work)
    elif what == "retag":
        retag(data, work, tags)
    elif what in {"bin", "restore", "release", "remove"}:
        {"bin": keeping.bin, "restore": keeping.restore, "release": keeping.release, "remove": _remove}[what](work)
    elif one is not None and two is not None:
        wrangle(what, one, two)


def _remove(work: int) -> None:
    keeping.bin(work)
    keeping.remove(work)


def make(data: st.DataObject, tags: list[Tag]) -> None:
    with changes.recorded():
        number = (Work.everything.order_by("-pk").values_list("pk", flat=True).first() or 0) + 1000
        row = row_of_work(number)
        row.save()
    retag(data, row.pk, tags)


def retag(data: st.DataObject, work: int, tags: list[Tag]) -> None:
    """Other tags, one of which nobody has used before."""
    chosen = data.draw(st.sets(st.sampled_from(tags), max_size=3)) if tags else set()
    names: dict[str, list[str]] = {"freeform": [data.draw(st.sampled_from(["new here", "newer", "a"]))]}
    for tag in sorted(chosen, key=lambda tag: tag.pk):
        names.setdefault(tag.kind, []).append(tag.name)
    wrangling.retag({work: names})


def wrangle(what: str, one: Tag, two: Tag) -> None:
    try:
        if what == "merge":
            wrangling.make_synonym(one, two)
        elif what == "under":
            wrangling.set_metatag(one, two)
        elif pair := Metatagging.everything.first():
            wrangling.unset_metatag(pair.tag, pair.metatag)
    except CannotWrangle:
        pass


def told(part: Part, base: Part | None = None, known: Any = None) -> dict[Any, Any]:
    """All that a part says of each of its works, by id; with a base, also what that says of those not hidden."""
    found: dict[Any, Any] = {int(work): {"id"} for work in part.ids}
    _tell(part, found)
    if base is not None:
        of_base: dict[Any, Any] = {int(work): {"id"} for work in base.ids}
        _tell(base, of_base)
        found |= {work: said for work, said in of_base.items() if work not in known.state.hidden}
    return found


def _tell(part: Part, found: dict[Any, Any]) -> None:
    for name in ("tags", "primary", "raw", "authors", "series"):
        postings = getattr(part, name)
        for ordinal, value in enumerate(postings.values.tolist()):
            for place in postings.of(ordinal):
                found[int(part.ids[place])].add((name, value))
    for name, array in part.arrays.items():
        if name.startswith("column.") and name not in ("column.language", "column.format"):
            for work, value in zip(part.ids.tolist(), array.tolist(), strict=True):
                found[work].add((name, value))
    for name in ("language", "format"):
        for work, code in zip(part.ids.tolist(), np.asarray(part.column(name)).tolist(), strict=True):
            found[work].add((name, part.word(name, code)))
    for place in part.closed["shown"].bearing([1]):
        found[int(part.ids[place])].add("shown")
