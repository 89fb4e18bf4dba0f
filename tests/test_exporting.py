"""The export holds the whole library: import it into an empty one, and it is the same again."""

import json
from datetime import UTC, date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from django.core.management import call_command
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TransactionTestCase

from archive import changes, exporting
from archive.models import Author, Change, Series, SitePolicy, SourceFile, Tag, Work
from archive.parsed import ParsedChapter, ParsedSeries
from tests.shelving import bring, parsed, shelve

FIELDS = [
    "id", "source", "source_id", "source_url", "title", "authors", "rating", "warnings", "categories", "fandoms",
    "relationships", "characters", "freeforms", "language", "published", "updated", "added", "complete",
    "chapters_posted", "chapters_planned", "words", "summary", "notes", "end_notes", "series", "chapters", "extra",
    "format", "sha256",
]  # fmt: skip


def empty() -> None:
    with changes.recorded() as recording:
        ids = list(Work.everything.values_list("pk", flat=True))
        Work.everything.filter(pk__in=ids).delete()
        Tag.everything.filter(pk__in=list(Tag.everything.values_list("pk", flat=True))).delete()
        recording.works.update(ids)
    Author.everything.all().delete()
    Series.everything.all().delete()
    Change.everything.all().delete()


def again(tmp_path: Path) -> tuple[str, str]:
    """The export of the library, and that of an empty one that it was imported into."""
    first = "".join(exporting.lines())
    file = tmp_path / "library.jsonl"
    file.write_text(first, encoding="utf-8")
    empty()
    call_command("import_works", file, jobs=0, verbosity=0)
    return first, "".join(exporting.lines())


@pytest.mark.django_db
def test_every_field_of_a_work_is_there_in_its_order() -> None:
    shelve()
    [record] = exporting.works()
    assert list(record) == FIELDS
    assert list(record["chapters"][0]) == ["number", "title", "summary", "notes", "body", "end_notes"]


@pytest.mark.django_db
def test_what_is_not_stated_is_exported_as_empty() -> None:
    shelve(ratings=(), warnings=())
    [record] = exporting.works()
    assert record["rating"] == ""
    assert record["warnings"] == []
    assert record["complete"] is None
    assert record["chapters_planned"] is None


@pytest.mark.django_db
def test_held_works_are_exported_and_binned_ones_are_not() -> None:
    held = shelve(title="Held", warnings=("Underage Sex",))
    binned = shelve(title="Binned")
    with changes.recorded() as recording:
        Work.everything.filter(pk=binned).update(binned_at=datetime.now(UTC))
        recording.works.add(binned)
    assert [record["id"] for record in exporting.works()] == [held]


@pytest.mark.django_db
def test_ids_stay_and_the_next_work_gets_a_free_one(tmp_path: Path) -> None:
    for number in range(3):
        shelve(title=f"Work {number}")
    with changes.recorded() as recording:
        first = Work.everything.order_by("pk").values_list("pk", flat=True)[0]
        Work.everything.filter(pk=first).delete()
        recording.works.add(first)
    kept = [record["id"] for record in exporting.works()]
    before, after = again(tmp_path)
    assert before == after
    assert [record["id"] for record in exporting.works()] == kept
    assert shelve(title="One more") > max(kept)


@pytest.mark.django_db
def test_in_a_library_with_works_of_its_own_an_export_gets_new_ids(tmp_path: Path) -> None:
    mine = shelve(title="Mine")
    [record] = exporting.works()
    file = tmp_path / "other.jsonl"
    other = {**record, "id": mine + 1000, "title": "Theirs", "source": "example.org", "source_id": "7"}
    file.write_text(json.dumps(other) + "\n")
    call_command("import_works", file, jobs=0, verbosity=0)
    assert Work.everything.get(title="Theirs").pk < mine + 1000


@pytest.mark.django_db
def test_digest_and_format_of_the_original_pass_through(tmp_path: Path) -> None:
    shelve()
    [before] = exporting.works()
    again(tmp_path)
    work = Work.everything.get()
    assert (work.format, work.sha256) == (before["format"], before["sha256"])
    assert SourceFile.everything.get().sha256 != before["sha256"]


@pytest.mark.django_db
def test_an_export_to_a_file_is_whole_or_not_there(tmp_path: Path) -> None:
    shelve()
    call_command("export_works", str(tmp_path / "out.jsonl"), verbosity=0)
    assert (tmp_path / "out.jsonl").read_text(encoding="utf-8") == "".join(exporting.lines())
    assert [path.name for path in tmp_path.iterdir()] == ["out.jsonl"]


@pytest.mark.django_db
def test_an_export_goes_to_the_standard_output(capsys: pytest.CaptureFixture[str]) -> None:
    shelve()
    call_command("export_works", "-")
    assert capsys.readouterr().out == "".join(exporting.lines())


WORDS = st.text(st.sampled_from("abc ÀéßЙが中<&\"'/,:😀"), min_size=1, max_size=12).filter(lambda text: text.strip())
NAMES = st.lists(WORDS.map(lambda text: text.strip()), max_size=3).map(tuple)
PROSE = st.sampled_from(["", "<p>One &amp; two.</p>", "<p>ещё</p>", "<p><em>a</em> b</p>"])


def chapters(bodies: list[str]) -> tuple[ParsedChapter, ...]:
    return tuple(
        ParsedChapter(
            number=number,
            body=f"<p>{number} {body}</p>",
            title=body if number % 2 else "",
            summary="<p>s</p>" if number % 3 else "",
            notes="<p>n</p>",
            end_notes="<p>e</p>" if number % 2 else "",
            key=f"n{number}" if body == "x" else "",
        )
        for number, body in enumerate(bodies, 1)
    )


WORKS = st.fixed_dictionaries(
    {
        "title": WORDS.map(lambda text: text.strip()),
        "authors": NAMES,
        "ratings": st.sampled_from([(), ("Teen And Up Audiences",), ("Tweenie",), ("General", "Explicit")]),
        "warnings": st.sampled_from([(), ("No Archive Warnings Apply",), ("Underage", "Swearing")]),
        "categories": st.sampled_from([(), ("F/F", "Gen")]),
        "fandoms": NAMES,
        "characters": NAMES,
        "freeforms": NAMES,
        "relationships": st.sampled_from([(), ("A/B", "A & B")]),
        "language": st.sampled_from(["", "English", "Tengwar"]),
        "published": st.none() | st.dates(date(1990, 1, 1), date(2030, 1, 1)),
        "updated": st.none() | st.dates(date(1990, 1, 1), date(2030, 1, 1)),
        "complete": st.sampled_from([None, True, False]),
        "chapters_planned": st.none() | st.integers(1, 90),
        "words": st.none() | st.integers(0, 10**6),
        "kudos": st.none() | st.integers(0, 10**6),
        "hits": st.none() | st.integers(0, 10**6),
        "bookmarks": st.none() | st.integers(0, 10**6),
        "comments": st.none() | st.integers(0, 10**6),
        "counted": st.none() | st.dates(date(1990, 1, 1), date(2030, 1, 1)),
        "summary": PROSE,
        "notes": PROSE,
        "end_notes": PROSE,
        "series": st.lists(st.builds(ParsedSeries, WORDS, st.none() | st.integers(0, 9)), max_size=2).map(tuple),
        "extra": st.dictionaries(st.sampled_from(["Kudos", "Hits", "Beta readers"]), WORDS, max_size=3),
        "chapters": st.lists(st.sampled_from(["x", "y z", "&lt;"]), min_size=1, max_size=3).map(chapters),
    }
)


class RoundTrip(TransactionTestCase):
    """Hypothesis needs the test case that empties the tables between its examples."""

    @given(works=st.lists(WORKS, min_size=1, max_size=4))
    @settings(max_examples=25)
    def test_an_export_imported_into_an_empty_library_is_the_same_export(self, works: list[dict[str, Any]]) -> None:
        SitePolicy.everything.get_or_create()
        homes = [("", ""), ("archiveofourown.org", "2000101"), ("example.org", "7"), ("", "")]
        bring(*(parsed(**work, source=home, source_id=its) for work, (home, its) in zip(works, homes, strict=False)))
        rows = list(Work.everything.order_by("pk").values())
        with TemporaryDirectory() as name:
            before, after = again(Path(name))
        assert before == after
        assert list(Work.everything.order_by("pk").values()) == rows
