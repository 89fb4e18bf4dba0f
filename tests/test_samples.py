"""The sample shelf: what stands on it, and that it comes and goes without touching anything else."""

from dataclasses import replace

import pytest
from django.core.management import call_command

from archive import changes, formats, originals, samples
from archive.formats import Source
from archive.importing import Arrival, store
from archive.models import Author, Change, Chapter, Series, SeriesEntry, SourceFile, Tag, Text, Tombstone, Work
from archive.parsed import ParsedWork
from archive.preparing import File, prepare
from archive.vocabulary import ArchiveWarning, Rating, warnings_of
from archive.wrangling import make_synonym, tags_of


@pytest.fixture(scope="module")
def shelf() -> dict[str, ParsedWork]:
    """The samples as their files state them, by id."""
    works = {}
    for path in samples.FILES:
        source = Source.open(path)
        found = formats.recognise(source)
        assert found is not None, path
        [work] = found.read(source)
        assert isinstance(work, ParsedWork), path
        works[work.source_id] = work
    return works


def test_there_are_a_dozen_each_with_an_identity_of_its_own(shelf: dict[str, ParsedWork]) -> None:
    assert set(shelf) == {str(number) for number in range(1, 13)}
    assert {work.source for work in shelf.values()} == {samples.SOURCE}
    assert not any(work.source_url for work in shelf.values())


def test_every_rating_stands_there_and_one_that_is_not_stated(shelf: dict[str, ParsedWork]) -> None:
    stated = {rating for work in shelf.values() for rating in work.ratings}
    assert stated == {rating.label for rating in Rating if rating <= Rating.NOT_RATED}
    assert sum(not work.ratings for work in shelf.values()) == 1


def test_some_warn_some_say_that_nothing_applies_and_some_say_nothing(shelf: dict[str, ParsedWork]) -> None:
    bits = [warnings_of(work.warnings) for work in shelf.values()]
    for warning in (ArchiveWarning.DEATH, ArchiveWarning.VIOLENCE, ArchiveWarning.CHOSE_NOT):
        assert bits.count(warning) == 1
    assert bits.count(ArchiveWarning.NONE_APPLY) >= 3
    assert bits.count(ArchiveWarning.NOT_STATED) >= 3
    assert not any(one & ArchiveWarning.UNDERAGE for one in bits)


def test_there_are_four_scripts_and_works_of_one_to_five_chapters(shelf: dict[str, ParsedWork]) -> None:
    assert {work.language for work in shelf.values()} == {"English", "Français", "العربية", "中文-普通话 國語"}
    assert {len(work.chapters) for work in shelf.values()} == {1, 2, 3, 5}
    assert [work.chapters_planned for work in shelf.values() if work.complete is False] == [None]
    assert any(not work.fandoms for work in shelf.values())


def test_two_stand_in_a_series_in_their_order(shelf: dict[str, ParsedWork]) -> None:
    places = sorted((series.title, series.position) for work in shelf.values() for series in work.series)
    assert [position for _, position in places] == [1, 2]
    assert len({title for title, _ in places}) == 1


def test_scene_breaks_notes_and_chapter_titles_are_there_to_be_seen(shelf: dict[str, ParsedWork]) -> None:
    assert any("<hr" in chapter.body for work in shelf.values() for chapter in work.chapters)
    assert any(work.notes for work in shelf.values())
    assert any(work.end_notes for work in shelf.values())
    assert any(chapter.title for work in shelf.values() for chapter in work.chapters)


def test_adult_samples_say_that_they_stand_for_adult_text(shelf: dict[str, ParsedWork]) -> None:
    for work in shelf.values():
        if set(work.ratings) & {"Mature", "Explicit"}:
            assert "stands for a work with" in work.notes


def test_nothing_of_a_header_is_left_in_a_body_and_nothing_is_unknown(shelf: dict[str, ParsedWork]) -> None:
    for work in shelf.values():
        assert not work.extra
        text = "".join(chapter.body for chapter in work.chapters)
        assert "Work text" not in text
        assert "Chapter 1" not in text
        assert len(text) > 1_000


@pytest.mark.django_db
def test_importing_twice_adds_nothing() -> None:
    assert not samples.present()
    samples.import_samples()
    assert samples.present()
    assert Work.everything.filter(source=samples.SOURCE, held=False).count() == 12
    before = changes.latest()
    samples.import_samples()
    assert changes.latest() == before
    assert Work.everything.count() == 12


@pytest.mark.django_db
def test_the_command_leaves_a_library_alone_that_has_works_if_it_is_told_so() -> None:
    _brought("Mine")
    call_command("import_samples", "--if-empty")
    assert not samples.present()
    call_command("import_samples")
    assert samples.present()


@pytest.mark.django_db
def test_removing_them_leaves_nothing_behind() -> None:
    samples.import_samples()
    call_command("remove_samples")
    assert not samples.present()
    for model in (Work, Chapter, Text, Tag, Author, Series, SeriesEntry, SourceFile, Tombstone):
        assert not model.everything.exists(), model
    assert samples.remove() == 0


@pytest.mark.django_db
def test_removing_them_is_in_the_change_log() -> None:
    samples.import_samples()
    works = set(Work.everything.values_list("pk", flat=True))
    tags = set(Tag.everything.values_list("pk", flat=True))
    before, _ = changes.latest()
    samples.remove()
    after = Change.everything.filter(number__gt=before)
    assert {work for change in after for work in change.works} == works
    assert {tag for change in after for tag in change.tags} == tags


@pytest.mark.django_db
def test_they_can_come_back() -> None:
    samples.import_samples()
    samples.remove()
    samples.import_samples()
    assert Work.everything.filter(binned_at=None).count() == 12
    digest = SourceFile.everything.values_list("sha256", flat=True)[0]
    assert b"carrel.samples" in originals.read(digest)


@pytest.mark.django_db
def test_the_readers_own_works_stay_with_the_tags_authors_and_texts_they_share() -> None:
    samples.import_samples()
    mine = _brought("Mine", like="1")
    samples.remove()
    assert list(Work.everything.values_list("pk", flat=True)) == [mine]
    assert set(Author.everything.values_list("name", flat=True)) == {"wrenfold"}
    assert set(Tag.everything.values_list("name", flat=True)) >= {"The Lighthouse Cycle", "Tea"}
    assert Chapter.everything.filter(work=mine).count() == 3
    assert Series.everything.count() == 1


@pytest.mark.django_db
def test_what_a_keeper_has_wrangled_stays() -> None:
    samples.import_samples()
    ids = tags_of([("freeform", "Storms"), ("freeform", "Bad Weather")])
    storms, weather = (
        Tag.everything.get(pk=ids["freeform", "storms"]),
        Tag.everything.get(pk=ids["freeform", "bad weather"]),
    )
    make_synonym(storms, weather)
    samples.remove()
    assert set(Tag.everything.values_list("name", flat=True)) == {"Storms", "Bad Weather"}


def _brought(title: str, like: str = "9") -> int:
    """A work of the reader's own, with the tags, authors, series and texts of a sample."""
    source = Source.open(samples.FILES[int(like) - 1])
    found = formats.recognise(source)
    assert found is not None
    [work] = found.read(source)
    assert isinstance(work, ParsedWork)
    own = replace(work, title=title, source="", source_id="")
    [told] = store([Arrival(prepare(own, File(f"{title}.txt", "0" * 64, 10, "text-export", 1)))])
    assert told.work is not None
    return told.work
