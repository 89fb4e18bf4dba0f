"""What becomes of a work: created, updated, unchanged, held, refused or ignored, and each work once."""

import zlib
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from archive import changes, importing, originals
from archive.access import stakes
from archive.importing import Outcome, Run, batches, import_files
from archive.importing.storing import LESSER, REMOVED
from archive.models import (
    Author,
    Chapter,
    ImportRun,
    RunEntry,
    SearchText,
    Series,
    SeriesEntry,
    SitePolicy,
    SourceFile,
    Text,
    Tombstone,
    Version,
    VersionChapter,
    Work,
)
from archive.parsed import ParsedSeries
from archive.vocabulary import ArchiveWarning, Rating
from tests.importing.exports import PROSE, write
from tests.shelving import bring, parsed, prepared, shelve

pytestmark = pytest.mark.django_db


def counts(run: Run) -> dict[str, int]:
    row = run.row
    return {one.value: number for one in Outcome if (number := getattr(row, one.value))}


def bring_in(*paths: Path) -> dict[str, int]:
    return counts(import_files(paths, jobs=0))


def test_a_new_work_stands_on_the_shelf_with_all_that_its_file_states(tmp_path: Path) -> None:
    write(tmp_path, 7, Published="2024-05-01", Additional_Tags="Slow Burn, Pining", Language="Français")
    assert bring_in(tmp_path) == {"created": 1}
    work = Work.everything.get()
    assert (work.identity, work.source_id) == ("archiveofourown.org:2000007", "2000007")
    assert work.source_url == "https://archiveofourown.org/works/2000007"
    assert (work.rating, work.warnings) == (Rating.GENERAL, ArchiveWarning.NONE_APPLY)
    assert (work.language, work.language_stated) == ("fr", "Français")
    assert work.dated.isoformat() == "2024-05-01"
    assert [row.spelling for row in work.taggings.order_by("position")] == ["Harbour Lights", "Slow Burn", "Pining"]
    folded = SearchText.everything.get().folded
    assert folded.startswith(" work 7 ¶ quillfeather ¶ harbour lights ¶ slow burn ¶ pining ¶ a lamp ")
    assert folded.endswith(" who keeps it ")


def test_a_work_without_dates_is_sorted_by_the_day_it_came() -> None:
    shelve()
    work = Work.everything.get()
    assert work.dated == work.added.date()


def test_importing_a_folder_twice_gives_only_unchanged_and_writes_nothing_but_the_run(tmp_path: Path) -> None:
    for number in range(5):
        write(tmp_path, number, Archive_Warning="Underage Sex" if number == 4 else "")
    assert bring_in(tmp_path) == {"created": 4, "held": 1}
    with CaptureQueriesContext(
        connection,
    ) as queries:
        assert bring_in(tmp_path) == {"unchanged": 5}
    written = [q["sql"] for q in queries if q["sql"].startswith(("INSERT", "UPDATE", "DELETE"))]
    assert written
    assert all("archive_importrun" in sql for sql in written)


def test_a_changed_file_updates_the_work_and_keeps_the_older_text(tmp_path: Path) -> None:
    write(tmp_path, 1)
    bring_in(tmp_path)
    write(tmp_path, 1, body=PROSE + "\nThen the storm came, and she counted again.\n")
    assert bring_in(tmp_path) == {"updated": 1}
    work, version = Work.everything.get(), Version.everything.get()
    assert (version.work_id, version.number) == (work.pk, 1)
    assert version.sha256 != work.sha256
    old, new = VersionChapter.everything.get().text, Chapter.everything.get().text
    assert old.words < new.words
    assert Text.everything.count() == 2
    assert originals.read(version.sha256) != originals.read(work.sha256)


def test_chapters_that_did_not_change_share_their_text_with_the_version(tmp_path: Path) -> None:
    chapter = "Chapter {0}\n\nAda climbed the stairs for the {0}th time that night.\n\n"
    two = "".join(chapter.format(number) for number in (1, 2))
    write(tmp_path, 1, body=two, Chapters="2/3")
    bring_in(tmp_path)
    write(tmp_path, 1, body=two + chapter.format(3), Chapters="3/3")
    assert bring_in(tmp_path) == {"updated": 1}
    assert (Chapter.everything.count(), VersionChapter.everything.count(), Text.everything.count()) == (3, 2, 3)


@pytest.mark.parametrize("jobs", [1, 2])
@pytest.mark.parametrize("names", [("a.txt", "b.txt"), ("b.txt", "a.txt")])
def test_two_files_of_one_work_in_one_run_are_one_work_whatever_the_order(
    tmp_path: Path, names: tuple[str, str], jobs: int
) -> None:
    write(tmp_path, 1, names[0], Rating="Explicit", Additional_Tags="Pining")
    write(tmp_path, 1, names[1], body=PROSE + "\nAnd so to bed.\n", Additional_Tags="")
    run = import_files([tmp_path], jobs=jobs)
    assert counts(run)["created"] == 1
    work = Work.everything.get()
    assert work.rating == Rating.EXPLICIT
    assert work.taggings.filter(spelling="Pining").exists()
    assert b"so to bed" in zlib.decompress(Chapter.everything.get().text.body)
    assert Version.everything.count() == 1


def test_an_older_copy_changes_nothing_but_is_kept() -> None:
    stated = {"source": "s", "source_id": "1"}
    told = bring(parsed(**stated, body="<p>a b</p>"), parsed(**stated, body="<p>a</p>"))
    assert [one.outcome for one in told] == [Outcome.CREATED, Outcome.UNCHANGED]
    [late] = bring(parsed(**stated, body="<p>c</p>"))
    assert (late.outcome, late.reason) == (Outcome.UNCHANGED, LESSER)
    assert SourceFile.everything.count() == 3
    assert Version.everything.count() == 2


def test_without_a_source_a_work_is_known_by_title_authors_and_first_words() -> None:
    first = shelve(body="<p>One two three.</p>")
    assert shelve(title="the  lamplighter's LEDGER", body="<p>One two three.</p>", summary="<p>New.</p>") == first
    assert shelve(authors=("other",), body="<p>One two three.</p>") != first
    assert shelve(body="<p>One two four.</p>") != first


def test_a_work_that_is_binned_or_removed_is_refused(tmp_path: Path) -> None:
    file = write(tmp_path, 1)
    bring_in(tmp_path)
    with changes.recorded() as recording:
        recording.works.add(Work.everything.get().pk)
        Work.everything.update(binned_at=datetime.now(UTC))
    assert bring_in(tmp_path) == {"refused": 1}
    file.write_text(file.read_text() + "\nMore.\n")
    assert bring_in(tmp_path) == {"refused": 1}
    with changes.recorded() as recording:
        work = Work.everything.get()
        Tombstone.everything.create(identity=work.identity, removed_at=datetime.now(UTC))
        Work.everything.filter(pk=work.pk).delete()
        recording.works.add(work.pk)
    assert bring_in(tmp_path) == {"refused": 1}
    assert {entry.reason for entry in RunEntry.everything.all()} == {REMOVED}
    assert not Work.everything.exists()


def test_a_held_work_says_why_and_a_release_holds_until_its_rating_or_warnings_rise() -> None:
    pk = shelve(source="s", source_id="1", warnings=("Underage",))
    work = Work.everything.get()
    assert (work.held, work.hold_reason) == (True, "Underage Sex")
    with changes.recorded():
        work.held, work.hold_reason, work.released = False, "", stakes(work.rating, work.warnings)
        work.save()
    shelve(source="s", source_id="1", warnings=("Underage",), summary="<p>New.</p>")
    assert not Work.everything.get().held
    shelve(source="s", source_id="1", warnings=("Underage",), ratings=("Explicit",))
    assert Work.everything.get().held
    assert pk == Work.everything.get().pk


def test_works_are_held_by_rating_and_by_tag_too() -> None:
    SitePolicy.everything.update(hold_ratings=[Rating.MATURE], hold_tags=["fandom:Lamps"], hold_warnings=0)
    told = bring(parsed(ratings=("Mature",), title="A"), parsed(fandoms=("LAMPS",), title="B"), parsed(title="C"))
    assert [one.outcome for one in told] == [Outcome.HELD, Outcome.HELD, Outcome.CREATED]
    assert [one.reason for one in told] == ["Mature", "LAMPS", ""]


def test_without_a_policy_all_is_held_but_what_is_general_and_warns_of_nothing() -> None:
    SitePolicy.everything.all().delete()
    told = bring(parsed(title="A"), parsed(title="B", warnings=()), parsed(title="C", ratings=("Teen",)))
    assert [one.outcome for one in told] == [Outcome.CREATED, Outcome.HELD, Outcome.HELD]


def test_settling_applies_what_a_keeper_says_and_a_later_stricter_file_is_seen_at_once() -> None:
    pk = shelve(source="s", source_id="1", ratings=("Teen",), title="Titel")
    with changes.recorded():
        work = Work.everything.get()
        work.kept = {"rating": "General", "title": "Title"}
        work.save()
        importing.settle([pk])
    work = Work.everything.get()
    assert (work.rating, work.title, work.title_key) == (Rating.GENERAL, "Title", "title")
    assert " title " in SearchText.everything.get().folded
    shelve(source="s", source_id="1", ratings=("Teen",), title="Titel", summary="<p>More.</p>")
    assert Work.everything.get().rating == Rating.GENERAL
    shelve(source="s", source_id="1", ratings=("Explicit",), title="Titel")
    work = Work.everything.get()
    assert (work.rating, work.title) == (Rating.EXPLICIT, "Title")
    assert work.attention


def test_authors_and_series_are_kept_once_however_they_are_spelled() -> None:
    one = shelve(title="A", authors=("Wren (rook)", "wren (ROOK)"), series=(ParsedSeries("Lamps", 1),))
    shelve(title="B", authors=("wren (rook)",), series=(ParsedSeries("LAMPS", 2),))
    assert Author.everything.count() == 1
    assert Work.everything.get(pk=one).bylines.count() == 1
    assert SeriesEntry.everything.count() == 2
    assert Series.everything.get().title == "Lamps"


def test_a_work_that_cannot_be_stored_is_refused_and_those_beside_it_are_not(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for number in range(4):
        write(tmp_path, number)

    def store(batch: list[importing.Arrival]) -> list[importing.Told]:
        with changes.recorded():
            told = importing.store(batch)
            if any(one.prepared.statement.work.title == "Work 2" for one in batch):
                raise ValueError("too much\nof it")
        return told

    monkeypatch.setattr(batches, "store", store)
    run = import_files([tmp_path], jobs=0)
    assert counts(run) == {"created": 3, "refused": 1}
    assert RunEntry.everything.get().reason == "cannot be stored: too much"
    assert Work.everything.count() == SourceFile.everything.count() == 3


def questions(works: int, first: int) -> int:
    batch = [
        importing.Arrival(
            prepared(parsed(title=f"W{n}", source="s", source_id=str(n), fandoms=(f"F{n}",), body=f"<p>{n} x</p>"))
        )
        for n in range(first, first + works)
    ]
    with CaptureQueriesContext(connection) as queries:
        importing.store(batch)
    return len(queries)


def test_a_batch_costs_a_fixed_number_of_questions(on_postgres: bool) -> None:
    questions(1, 0)  # from the second batch on the author and the counter of changes are there
    few, many = questions(10, 1), questions(100, 11)
    assert many == few if on_postgres else many <= few + 10  # SQLite takes a thousand values at a time


@pytest.fixture
def ran() -> Callable[[], ImportRun]:
    return lambda: ImportRun.everything.order_by("-pk")[0]


def test_a_run_counts_what_files_leave_out(tmp_path: Path, ran: Callable[[], ImportRun]) -> None:
    write(tmp_path, 1, Fandom="", Rating="", Archive_Warning="")
    write(tmp_path, 2)
    import_files([tmp_path], jobs=0)
    row = ran()
    assert row.not_stated == {"fandom": 1, "rating": 1, "warnings": 1}
    assert (row.total, row.done, row.state) == (2, 2, ImportRun.State.FINISHED)
