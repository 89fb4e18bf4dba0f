"""The synthetic library: the same for the same seed, in the shape of real archives, and read back as it was written."""

from collections import Counter
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from archive import formats
from archive.corpus import Corpus, exports
from archive.corpus.draws import seeded
from archive.corpus.spellings import another, meant, own
from archive.formats.source import Source
from archive.models import Change, Chapter, Metatagging, SitePolicy, Tag, Tagging, Text, Work
from archive.naming import key_of
from archive.parsed import ParsedWork
from archive.vocabulary import ArchiveWarning

SEVERAL = 2_000


@pytest.fixture(scope="module")
def works() -> list[ParsedWork]:
    return list(Corpus(SEVERAL))


def test_the_same_seed_gives_the_same_library_and_another_seed_another(works: list[ParsedWork]) -> None:
    assert list(Corpus(SEVERAL)) == works
    others = list(Corpus(SEVERAL, seed=1))
    assert not {work.source_id for work in others} & {work.source_id for work in works}
    assert [work.title for work in others] != [work.title for work in works]


def test_every_kind_of_rating_and_warning_occurs(works: list[ParsedWork]) -> None:
    assert {work.ratings for work in works} >= {(), ("Explicit",), ("Mature",), ("Not Rated",), ("General Audiences",)}
    stated = {warning for work in works for warning in work.warnings}
    assert stated >= {bit.label for bit in ArchiveWarning.STATED & ~ArchiveWarning.OTHER}
    assert any(not work.warnings for work in works)


@pytest.mark.parametrize(
    ("field", "low", "high"),
    [("fandoms", 1.2, 1.7), ("relationships", 1.2, 1.7), ("characters", 3, 4.3), ("freeforms", 5.5, 7.5)],
)
def test_works_carry_as_many_tags_as_real_ones_do(works: list[ParsedWork], field: str, low: float, high: float) -> None:
    assert low < sum(len(getattr(work, field)) for work in works) / SEVERAL < high


def test_a_few_freeforms_are_everywhere_and_most_are_used_once(works: list[ParsedWork]) -> None:
    uses = Counter(name for work in works for name in work.freeforms)
    assert sum(number == 1 for number in uses.values()) > 0.7 * len(uses)
    assert sum(number for _, number in uses.most_common(100)) > 0.2 * uses.total()


def test_half_of_the_works_are_short_and_a_few_are_novels(works: list[ParsedWork]) -> None:
    words = sorted(work.words or 0 for work in works)
    assert 1_500 < words[SEVERAL // 2] < 2_500
    assert words[-5] > 70_000


def test_most_works_tell_how_they_were_received_and_some_do_not(works: list[ParsedWork]) -> None:
    kudos = sorted(work.kudos for work in works if work.kudos is not None)
    assert 0.85 < len(kudos) / SEVERAL < 0.95
    assert 35 < kudos[len(kudos) // 2] < 60
    assert all(work.kudos <= work.hits for work in works if work.kudos is not None and work.hits is not None)


@pytest.mark.django_db
def test_a_synthetic_library_stands_on_the_shelf_and_in_the_change_log() -> None:
    call_command("make_corpus", "150", verbosity=0)
    assert Work.everything.count() == 150
    assert Tagging.everything.count() > 150 * 8
    logged = {number for change in Change.everything.all() for number in change.works}
    assert logged >= set(Work.everything.values_list("pk", flat=True))
    posted = sum(Work.everything.values_list("chapters_posted", flat=True))
    assert Chapter.everything.count() == posted
    assert Text.everything.count() < 20, "placeholders are kept once each"


def test_each_spelling_is_known_for_what_it_means(works: list[ParsedWork]) -> None:
    rng = seeded("spellings")
    for name in ("Slow Burn", "Ada Brook/Tom Hale", "Ada Brook & Élise Hale"):
        for _ in range(40):
            assert meant(another(name, rng)) == meant(own(name, rng)) == name
        assert meant(name) == ""
    assert not any(meant(name) for work in works for name in (*work.fandoms, *work.characters) if "(" not in name)


@pytest.mark.parametrize("field", ["relationships", "freeforms"])
def test_many_spellings_mean_another_name(works: list[ParsedWork], field: str) -> None:
    used = [name for work in works for name in getattr(work, field)]
    assert 0.1 < sum(bool(meant(name)) for name in used) / len(used) < 0.28
    assert 0.15 < sum(bool(meant(name)) for name in set(used)) / len(set(used)) < 0.4


@pytest.mark.django_db
def test_a_synthetic_library_has_been_wrangled() -> None:
    call_command("make_corpus", "400", verbosity=0)
    for tag in Tag.everything.exclude(canonical=None).select_related("canonical"):
        assert tag.canonical.key == key_of(meant(tag.name))
        assert tag.canonical.canonical_id is None
    assert not [tag for tag in Tag.everything.filter(kind="freeform", canonical=None) if meant(tag.name)]
    above = dict(Metatagging.everything.values_list("tag", "metatag"))
    assert {"freeform", "fandom", "character"} <= set(Metatagging.everything.values_list("tag__kind", flat=True))
    assert any(above.get(metatag) for metatag in above.values()), "a family of three levels"


@pytest.mark.django_db
def test_bodies_are_prose_of_about_the_length_that_is_stated() -> None:
    call_command("make_corpus", "10", "--bodies", verbosity=0)
    for work in Work.everything.filter(words__gt=200, words__lt=5_000):
        written = sum(Chapter.everything.filter(work=work).values_list("words", flat=True))
        assert work.words * 0.8 < written < work.words * 1.5 + 150 * work.chapters_posted


@pytest.mark.django_db
def test_works_that_the_house_would_hold_are_held_in_a_synthetic_library_too() -> None:
    SitePolicy.everything.update(hold_warnings=ArchiveWarning.VIOLENCE)
    call_command("make_corpus", "200", verbosity=0)
    held = {work.held for work in Work.everything.all() if work.warnings & ArchiveWarning.VIOLENCE}
    assert held == {True}
    assert Work.everything.filter(held=False).exists()


@pytest.mark.django_db
def test_making_it_twice_adds_nothing() -> None:
    call_command("make_corpus", "20", verbosity=0)
    before = Tag.everything.count(), Change.everything.count()
    call_command("make_corpus", "20", verbosity=0)
    assert (Tag.everything.count(), Change.everything.count()) == before
    assert Work.everything.count() == 20


def test_text_exports_are_read_back_as_they_were_written(tmp_path: Path) -> None:
    call_command("make_corpus", "120", "--files", str(tmp_path / "files"), "--max-kb", "12", verbosity=0)
    expected = {work.source_id: work for work in Corpus(120)}
    read = {}
    for path in sorted((tmp_path / "files").rglob("*.txt")):
        source = Source.open(path)
        found = formats.recognise(source)
        assert found is not None, path
        for work in found.read(source):
            assert isinstance(work, ParsedWork), work
            read[work.source_id] = work
    assert read.keys() == expected.keys()
    for number, work in read.items():
        stated = expected[number]
        assert (work.title, work.authors, work.ratings) == (stated.title, stated.authors, stated.ratings)
        assert work.freeforms == stated.freeforms
        assert work.relationships == stated.relationships
        assert work.chapters


def test_files_are_about_as_large_as_was_asked_for(tmp_path: Path) -> None:
    assert exports.write(Corpus(60), tmp_path, 5 * 1024, 50 * 1024) <= 60
    sizes = sorted(path.stat().st_size for path in tmp_path.rglob("*.txt"))
    assert sizes[0] > 4 * 1024
    assert 20 * 1024 < sizes[len(sizes) // 2] < 40 * 1024


def test_a_folder_that_holds_something_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    with pytest.raises(CommandError, match="not empty"):
        call_command("make_corpus", "5", "--files", str(tmp_path))
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]
