"""Files of one work are one work, in whatever order, batches, runs and formats they come."""

import json
import shutil
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import permutations
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from archive import changes, clean, exporting
from archive.corpus import Corpus, downloads
from archive.formats import Source, recognise
from archive.importing import import_files
from archive.models import Chapter, SitePolicy, SourceFile, Version, Work
from archive.parsed import ParsedChapter, ParsedWork
from tests.shelving import bring, parsed


def hold_nothing() -> None:
    """A held work stays held until it is released, so that what holds works must not depend on the order."""
    SitePolicy.everything.get_or_create()
    SitePolicy.everything.update(hold_ratings=[], hold_warnings=0, hold_tags=[])


def standing() -> dict[str, Any]:
    """All that is known of a work, but for what is ours alone: ids, and the moments at which things came.

    A text that came, went and came back may be among the versions too; pages do not call it an older one.
    """
    works = [{name: value for name, value in work.items() if name not in ("id", "added")} for work in exporting.works()]
    versions = {
        tuple(version.chapters.order_by("number").values_list("text__digest", "title"))
        for version in Version.everything.all()
    }
    stated = sorted(json.dumps(one, sort_keys=True) for one in SourceFile.everything.values_list("stated", flat=True))
    present = tuple(Chapter.everything.order_by("number").values_list("text__digest", "title"))
    return {"works": works, "versions": versions - {present}, "stated": stated}


def sweep() -> None:
    with changes.recorded() as recording:
        ids = list(Work.everything.values_list("pk", flat=True))
        Work.everything.filter(pk__in=ids).delete()
        recording.works.update(ids)


BODIES = st.sampled_from(
    ["<p>a b c</p>", "<p>a <em>b</em> c</p>", "<p>a *b*</p><p>c</p>", "<p>d</p><p>e</p>", "<p>f g</p>"]
)
CHAPTERS = st.lists(BODIES, min_size=0, max_size=3).map(
    lambda bodies: tuple(ParsedChapter(number, body) for number, body in enumerate(bodies, 1))
)
NAMED = CHAPTERS.map(
    lambda each: tuple(ParsedChapter(one.number, one.body, title="Ebb", key=f"n{one.number}") for one in each)
)
WORKS = st.builds(
    parsed,
    source=st.just("archiveofourown.org"),
    source_id=st.just("2000101"),
    title=st.sampled_from(["Unlit", "Lit"]),
    chapters=CHAPTERS | NAMED,
    format=st.sampled_from(["", "epub", "plain-text", "fanficfare-text"]),
    ratings=st.sampled_from([(), ("General Audiences",), ("Explicit",), ("Tweenie",)]),
    warnings=st.sampled_from([(), ("No Archive Warnings Apply",), ("Underage Sex",), ("Major Character Death",)]),
    fandoms=st.sampled_from([(), ("Harbour Lights",), ("Lamps", "Ledgers")]),
    freeforms=st.sampled_from([(), ("Slow Burn", "Pining")]),
    updated=st.sampled_from([None, date(2025, 1, 1), date(2026, 1, 1)]),
    partial=st.booleans(),
    complete=st.sampled_from([None, True, False]),
    chapters_planned=st.sampled_from([None, 4]),
    kudos=st.sampled_from([None, 3, 9]),
    hits=st.sampled_from([None, 0, 500]),
    counted=st.sampled_from([None, date(2025, 6, 1), date(2026, 6, 1)]),
    summary=st.sampled_from(["", "<p>A lamp.</p>"]),
    extra=st.sampled_from([{}, {"Beta": "wren"}, {"Beta": "rook", "Collections": "Lamps"}]),
)


def brought(batches: Sequence[Sequence[ParsedWork]]) -> dict[str, Any]:
    for batch in batches:
        if batch:
            bring(*batch)
    found = standing()
    sweep()
    return found


class AnyOrder(TestCase):
    """Each example begins with an empty library."""

    @given(st.lists(WORKS, min_size=2, max_size=5), st.randoms(use_true_random=False))
    @settings(max_examples=25)
    def test_order_and_batches_make_no_difference(self, works: list[ParsedWork], random: Random) -> None:
        hold_nothing()
        shuffled = random.sample(works, len(works))
        cut = random.randint(0, len(works))
        once = brought([works])
        assert len(once["works"]) == 1
        assert brought([[one] for one in shuffled]) == once
        assert brought([shuffled[:cut], shuffled[cut:], shuffled[:1]]) == once

    @given(st.lists(WORKS, min_size=1, max_size=5))
    @settings(max_examples=25)
    def test_counts_are_those_of_one_moment(self, works: list[ParsedWork]) -> None:
        hold_nothing()
        bring(*works)
        work = Work.everything.get()
        assert (work.kudos, work.hits, work.counted) in {
            (None, None, None), *((one.kudos, one.hits, one.counted) for one in works)
        }  # fmt: skip
        counted = [one.counted for one in works if one.counted and (one.kudos is not None or one.hits is not None)]
        assert not counted or (work.counted or work.updated or date.min) >= max(counted)


def files(folder: Path) -> Iterator[Path]:
    """One work as AO3 gives it, in each format: the text of today, and an older, shorter and stricter download."""
    work = next(one for one in Corpus(40, 7) if (one.chapters_posted or 0) > 3 and one.updated)
    for kind, writer in (("html", downloads.ao3_html), ("epub", downloads.ao3_epub)):
        path = folder / f"today.{kind}"
        path.write_bytes(writer(work, Random(1), 12_000))
        yield path
    today = (folder / "today.html").read_text("utf-8")
    older = folder / "older.html"
    older.write_text(_stricter(_shorter(today)), "utf-8")
    yield older
    export = folder / "today.txt"
    export.write_text(_exported(folder / "today.html"), "utf-8")
    yield export


def _shorter(page: str) -> str:
    start, end = page.rindex('<div class="meta group">'), page.index('<div id="afterword">')
    return page[:start] + "</div>" + page[end:]


def _stricter(page: str) -> str:
    start = page.index("<dt>Rating:</dt>")
    return page[:start] + '<dt>Rating:</dt><dd><a href="x">Explicit</a></dd>' + page[page.index("</dd>", start) + 5 :]


def _exported(page: Path) -> str:
    source = Source.open(page)
    found = recognise(source)
    assert found
    [work] = found.read(source)
    assert isinstance(work, ParsedWork)
    lines = [f"Title: {work.title}", f"Work ID: {work.source_id}", f"Author: {', '.join(work.authors)}"]
    lines += [f"Rating: {', '.join(work.ratings)}", f"Chapters: {len(work.chapters)}/?", "", "Work text:", ""]
    for chapter in work.chapters:
        lines += [f"Chapter {chapter.number}", "", clean.plain(chapter.body), ""]
    return "\n".join(lines)


@pytest.mark.django_db
@pytest.mark.parametrize("jobs", [0, 2])
def test_text_export_html_and_epub_are_one_work_in_any_order(tmp_path: Path, jobs: int) -> None:
    hold_nothing()
    there = list(files(tmp_path))
    expected: dict[str, Any] = {}
    orders = list(permutations(there))
    for which, order in enumerate(orders[::6] if jobs else orders):
        with TemporaryDirectory() as name:
            copies = [Path(shutil.copy(path, Path(name, f"{at}-{path.name}"))) for at, path in enumerate(order)]
            for run in [copies] if which % 2 else [[copy] for copy in copies]:
                import_files(run, jobs=jobs)
        found = standing()
        sweep()
        assert len(found["works"]) == 1
        assert len(found["stated"]) == 4
        assert found == (expected or found)
        expected = found
    assert len(expected["works"][0]["chapters"]) > 3
