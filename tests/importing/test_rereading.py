"""Originals read again: works gain what today's readers see, and lose neither who they are nor what keepers said."""

import dataclasses
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from archive import clean, crew, formats, keeping, originals, preparing
from archive.formats.texts import text_export
from archive.importing import better_readable, import_files, loading, rereading, sifting
from archive.importing.closing import stored_report
from archive.models import Chapter, ImportRun, RunEntry, SourceFile, Text, Version, Work
from archive.parsed import ParsedWork
from archive.vocabulary import Rating
from tests.importing.exports import text, write

pytestmark = pytest.mark.django_db


@pytest.fixture
def better(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Makes the reader of text exports a newer one, which sees works as the given function changes them."""

    def improve(change: Any) -> None:
        before = text_export.FORMAT

        def read(source: Any) -> Iterator[Any]:
            for work in before.read(source):
                yield from better if isinstance(better := change(work), tuple) else (better,)

        known = tuple(
            dataclasses.replace(one, version=one.version + 1, read=read) if one.name == before.name else one
            for one in formats.FORMATS
        )
        monkeypatch.setattr(formats, "FORMATS", known)
        monkeypatch.setattr(rereading, "FORMATS", known)
        monkeypatch.setattr(sifting, "_VERSIONS", {one.name: one.version for one in known})

    return improve


def bring(folder: Path, number: int = 1, **labels: str) -> Work:
    path = write(folder, number, **labels)
    import_files([path], jobs=0)
    return Work.everything.latest("pk")


def nameless(folder: Path, **labels: str) -> Work:
    """A work that no source names, so that it is known by its fingerprint."""
    return bring(folder, Work_ID="", **labels)


def again(**options: Any) -> ImportRun:
    return rereading.reread(jobs=0, **options).row


def retitled(work: ParsedWork) -> ParsedWork:
    return dataclasses.replace(work, title=work.title.upper() + " (whole)")


def test_nothing_changes_while_the_readers_are_the_same(tmp_path: Path) -> None:
    work = bring(tmp_path)
    row = again()
    assert (row.unchanged, row.updated, row.changed) == (1, 0, {})
    assert row.way == ImportRun.Way.REREAD
    assert Work.everything.get() == work


def test_a_better_reader_changes_works_and_the_run_says_in_what(tmp_path: Path, better: Any) -> None:
    bring(tmp_path, 1, Rating="")
    bring(tmp_path, 2)
    better(lambda work: dataclasses.replace(work, ratings=("Mature",), freeforms=("Storms",)))
    assert better_readable() == 2
    row = again()
    assert (row.updated, row.created, row.total, row.done) == (2, 0, 2, 2)
    assert row.changed == {"rating": 2, "tags": 2}
    assert set(Work.everything.values_list("rating", flat=True)) == {Rating.MATURE}
    assert better_readable() == 0


def test_a_dry_run_tells_the_same_and_changes_nothing(tmp_path: Path, better: Any) -> None:
    nameless(tmp_path)
    better(retitled)
    runs = ImportRun.everything.count()
    row = again(dry_run=True)
    assert (row.updated, row.created, row.changed) == (1, 0, {"title": 1})
    assert Work.everything.get().title == "Work 1"
    assert ImportRun.everything.count() == runs
    assert better_readable() == 1


def test_what_keepers_said_stands(tmp_path: Path, better: Any) -> None:
    work = bring(tmp_path)
    keeping.say(work.pk, {"title": "Mine", "fandoms": ["Ours"]})
    better(lambda read: dataclasses.replace(read, title="Theirs", fandoms=("Theirs",), summary="<p>Longer.</p>"))
    again()
    kept = Work.everything.get()
    assert (kept.title, kept.summary) == ("Mine", "<p>Longer.</p>")
    assert list(kept.taggings.values_list("spelling", flat=True)) == ["Ours"]


def test_a_work_known_by_its_fingerprint_stays_one_when_it_is_read_otherwise(tmp_path: Path, better: Any) -> None:
    work = nameless(tmp_path, body="The lamp was lit before the ships came in. " * 40)
    better(retitled)
    row = again()
    now = Work.everything.get()
    assert (now.pk, now.title, row.updated, row.created) == (work.pk, "WORK 1 (whole)", 1, 0)
    assert now.identity != work.identity
    (tmp_path / "1.txt").write_text((tmp_path / "1.txt").read_text() + "\nOne more line.\n")
    import_files([tmp_path], jobs=0)
    assert Work.everything.count() == 1


def test_a_source_that_is_seen_only_now_becomes_the_identity(tmp_path: Path, better: Any) -> None:
    work = nameless(tmp_path)
    better(lambda read: dataclasses.replace(read, source="example.org", source_id="7"))
    again()
    now = Work.everything.get()
    assert (now.pk, now.identity, now.source_id) == (work.pk, "example.org:7", "7")


def test_a_work_that_turns_out_to_be_another_is_left_to_a_keeper(tmp_path: Path, better: Any) -> None:
    doubled = nameless(tmp_path, Title="Doubled")
    known = bring(tmp_path, 2, Title="Known")
    better(lambda read: dataclasses.replace(read, source="archiveofourown.org", source_id=known.source_id))
    row = again()
    assert (row.refused, Work.everything.count()) == (0, 2)
    doubled.refresh_from_db()
    assert doubled.attention == f"Its file is now read as work {known.pk}, which is here as well: perhaps they are one"
    assert doubled.title == "Doubled"


def test_works_of_one_file_are_told_apart(tmp_path: Path, better: Any) -> None:
    (tmp_path / "many.txt").write_text("\n\n\n".join(text(number) for number in range(5)))
    better(_unsourced)
    import_files([tmp_path], jobs=0)
    before = dict(Work.everything.values_list("title", "pk"))
    assert len(before) == 5

    def changed(work: ParsedWork) -> ParsedWork:
        chapters = tuple(dataclasses.replace(one, body="<p>New.</p>") for one in work.chapters)
        title = "Renamed" if work.title == "Work 3" else work.title
        return dataclasses.replace(_unsourced(work), title=title, chapters=chapters)

    better(changed)
    assert again().created == 0
    after = dict(Work.everything.values_list("title", "pk"))
    assert after == {"Renamed" if title == "Work 3" else title: pk for title, pk in before.items()}


def _unsourced(work: ParsedWork) -> ParsedWork:
    return dataclasses.replace(work, source="", source_id="", source_url="")


def test_a_work_that_only_todays_reader_finds_comes_in(tmp_path: Path, better: Any) -> None:
    bring(tmp_path)
    better(lambda work: (work, dataclasses.replace(work, source_id="9")))
    row = again()
    assert (row.created, row.unchanged) == (1, 1)


def test_no_version_is_made_where_an_author_changed_nothing(tmp_path: Path, better: Any) -> None:
    bring(tmp_path / "a")
    bring(tmp_path / "b", body="The lamp was lit before the ships came in.\n\nAda counted them twice.\n")
    copy = tmp_path / "c" / "1.txt"
    copy.parent.mkdir()
    copy.write_text((tmp_path / "a" / "1.txt").read_text() + "\n")
    import_files([copy], jobs=0)
    assert (Work.everything.count(), SourceFile.everything.count()) == (1, 3)
    versions = Version.everything.count()
    better(
        lambda read: dataclasses.replace(
            read,
            chapters=tuple(dataclasses.replace(one, body=one.body.replace("lamp", "lantern")) for one in read.chapters),
        )
    )
    again()
    assert Version.everything.count() == versions
    assert "lantern" in zlib.decompress(Chapter.everything.get().text.body).decode()


def test_copies_that_are_read_one_after_the_other_leave_no_version(
    tmp_path: Path, better: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    bring(tmp_path / "a")
    write(tmp_path / "b", Additional_Tags="A tag")
    import_files([tmp_path / "b"], jobs=0)
    assert (SourceFile.everything.count(), Version.everything.count()) == (2, 0)
    better(
        lambda read: dataclasses.replace(
            read, chapters=tuple(dataclasses.replace(one, body=f"{one.body}<p>Sooner.</p>") for one in read.chapters)
        )
    )
    monkeypatch.setattr(loading.Loader, "_end", _at_once(loading.Loader._end))  # noqa: SLF001
    again()
    assert Version.everything.count() == 0


def _at_once(end: Any) -> Any:
    """Store each file for itself."""

    def ended(loader: Any, file: Any) -> None:
        end(loader, file)
        loader.flush()

    return ended


def test_a_file_with_a_part_nobody_can_read_is_not_better_readable(tmp_path: Path) -> None:
    path = tmp_path / "both.txt"
    path.write_text(text(1) + "\n\n" + text(2, body=""), encoding="utf-8")
    assert import_files([path], jobs=0).row.refused == 1
    assert better_readable() == 0
    assert stored_report(again())[-1].startswith("Could not read 1: ")


def test_a_file_that_a_newer_copy_has_replaced_is_not_better_readable(tmp_path: Path) -> None:
    bring(tmp_path)
    bring(tmp_path, body="The lamp went out before the ships came in.\n")
    assert set(SourceFile.everything.values_list("format_version", flat=True)) == {0, text_export.FORMAT.version}
    assert better_readable() == 0


def test_texts_of_an_older_cleaner_count_as_better_readable_until_they_were_tried(tmp_path: Path) -> None:
    bring(tmp_path)
    Text.everything.update(cleaner=clean.VERSION - 1)
    assert better_readable() == 1
    assert again().unchanged == 1
    assert better_readable() == 0
    assert Text.everything.get().cleaner == clean.VERSION


def test_texts_that_only_an_older_cleaner_made_go_and_those_of_lesser_copies_stay(
    tmp_path: Path, better: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    bring(tmp_path / "a")
    bring(tmp_path / "b", body="One.\n")
    original = SourceFile.everything.earliest("pk").sha256
    Text.everything.update(cleaner=clean.VERSION - 1)
    better(
        lambda read: dataclasses.replace(
            read, chapters=tuple(dataclasses.replace(one, body=f"{one.body}<p>More.</p>") for one in read.chapters)
        )
    )
    before = set(Text.everything.values_list("digest", flat=True))
    (originals.folder() / original[:2] / f"{original}.gz").unlink()
    again()
    stated = {one["digest"] for file in SourceFile.everything.all() for one in file.stated["chapters"]}
    assert set(Text.everything.values_list("digest", flat=True)) == stated
    assert len(stated & before) == 1


def test_an_original_that_is_gone_or_damaged_is_named_and_its_work_stays(tmp_path: Path) -> None:
    works = [bring(tmp_path, number, Title=f"Gone {number}") for number in (1, 2)]
    first, second = (SourceFile.everything.get(work=work).sha256 for work in works)
    place = originals.folder()
    (place / first[:2] / f"{first}.gz").unlink()
    (place / second[:2] / f"{second}.gz").write_bytes(b"\x1f\x8b damaged")
    row = again()
    assert row.refused == 2
    assert dict(RunEntry.everything.filter(run=row).values_list("title", "reason")) == {
        "Gone 1": "its original is gone",
        "Gone 2": "its original is damaged",
    }
    assert Work.everything.count() == 2


def test_an_original_that_is_refused_by_todays_reader_leaves_its_work_as_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    work = bring(tmp_path)

    def fail(*_: Any) -> Any:
        raise preparing.Refused("no longer a work")

    monkeypatch.setattr(crew, "works_of", fail)
    assert again().refused == 1
    assert Work.everything.get() == work


def test_works_in_the_bin_are_passed_over(tmp_path: Path) -> None:
    keeping.bin(bring(tmp_path).pk)
    row = again()
    assert (row.refused, row.unchanged) == (0, 0)


def test_a_large_original_is_read_from_a_file_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rereading, "IN_MEMORY", 10)
    bring(tmp_path)
    assert again().unchanged == 1


def test_the_command_reports_in_plain_lines(tmp_path: Path, better: Any, capsys: pytest.CaptureFixture[str]) -> None:
    bring(tmp_path)
    better(lambda work: dataclasses.replace(work, warnings=("Major Character Death",)))
    call_command("reread", jobs=0)
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith("1 work read again in ")
    assert lines[0].endswith(": 1 say something better or otherwise now, 0 as before")
    assert lines[1] == "Better now: warnings 1."


def test_the_command_knows_only_formats_that_are_read(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(CommandError, match="invalid choice"):
        call_command("reread", "--format", "papyrus")
    with pytest.raises(CommandError, match="a number from 0 on"):
        call_command("reread", jobs=-1)


def test_only_one_format_is_read_again_when_it_is_named(tmp_path: Path) -> None:
    bring(tmp_path)
    assert again(only="carrel-export").total == 0
    assert again(only="text-export").total == 1
