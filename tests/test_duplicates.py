"""Duplicates: offered where text and names agree, joined only by a keeper, and nothing lost by it."""

import random
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from archive import duplicates, keeping
from archive.duplicates.looking import _pairs
from archive.duplicates.shingles import likeness, sketch
from archive.models import Chapter, JoinedWork, PossibleDuplicate, SourceFile, Version, Work
from archive.parsed import ParsedChapter
from tests.cast import enter
from tests.shelving import bring, parsed, shelve

pytestmark = pytest.mark.django_db

WORDS = [f"word{number}" for number in range(400)]


def prose(seed: int, paragraphs: int = 12) -> str:
    """Invented text that differs from seed to seed."""
    rng = random.Random(seed)
    return "".join(f"<p>{' '.join(rng.choices(WORDS, k=40))}.</p>" for _ in range(paragraphs))


TEXT = prose(1)
EDITED = TEXT.replace("word7 ", "Word7, ").replace("</p><p>", "</p><p>Ada said so. </p><p>", 1)
HOME: dict[str, Any] = {"source": "example.org", "source_id": "7"}


def pairs() -> list[tuple[int, int]]:
    duplicates.look()
    return list(PossibleDuplicate.everything.filter(apart=False).values_list("first_id", "second_id"))


def test_nearly_the_same_text_under_the_same_names_is_offered_and_not_joined() -> None:
    first, second = shelve(body=TEXT), shelve(title="THE lamplighter's  Ledger", body=EDITED)
    assert pairs() == [(first, second)]
    assert PossibleDuplicate.everything.get().likeness in range(80, 100)
    assert Work.everything.count() == 2


def test_the_work_that_names_its_source_is_the_one_that_would_stay() -> None:
    nameless, named = shelve(body=TEXT), shelve(body=EDITED, **HOME)
    assert pairs() == [(named, nameless)]


@pytest.mark.parametrize(
    "other",
    [{"body": prose(2)}, {"title": "Another", "body": EDITED}, {"authors": ("somebody",), "body": EDITED}],
    ids=["other text", "other title", "other author"],
)
def test_works_that_differ_are_not_offered(other: dict[str, Any]) -> None:
    shelve(body=TEXT)
    shelve(**other)
    assert pairs() == []


def test_two_works_that_both_name_their_source_are_two_works() -> None:
    shelve(body=TEXT, **HOME)
    shelve(body=EDITED, source="example.org", source_id="8")
    assert pairs() == []


def test_works_of_one_title_are_only_looked_up_when_one_of_them_names_no_source(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    shelve(body=TEXT, **HOME)
    shelve(body=EDITED, source="example.org", source_id="8")
    with django_assert_num_queries(2):  # titles and authors, and who of them names no source
        assert list(_pairs(Work.everything.values_list("pk", flat=True))) == []


def test_a_copy_with_fewer_chapters_is_offered() -> None:
    chapters = tuple(ParsedChapter(number, prose(number)) for number in range(1, 6))
    first, second = shelve(chapters=(ParsedChapter(1, prose(9)), *chapters)), shelve(chapters=chapters[:4])
    assert pairs() == [(first, second)]


def test_what_was_looked_through_is_not_looked_through_again_until_it_changes() -> None:
    first, second = shelve(body=TEXT), shelve(body=EDITED)
    assert duplicates.look() == 1
    PossibleDuplicate.everything.all().delete()
    assert duplicates.look() == 0
    keeping.say(second, {"language": "English"})
    assert pairs() == [(first, second)]


def test_a_pair_that_was_kept_apart_is_never_offered_again() -> None:
    shelve(body=TEXT)
    second = shelve(body=EDITED)
    duplicates.look()
    duplicates.keep_apart([PossibleDuplicate.everything.get().pk])
    keeping.say(second, {"language": "English"})
    assert pairs() == []


def test_works_in_the_bin_are_not_offered() -> None:
    shelve(body=TEXT)
    keeping.bin(shelve(body=EDITED))
    assert pairs() == []


def test_a_crowd_of_one_name_is_compared_in_bounds() -> None:
    bring(*(parsed(title="Untitled", body=prose(number, 2)) for number in range(300)))
    assert pairs() == []


def test_joined_works_are_one_with_the_files_and_texts_of_both() -> None:
    nameless, named = shelve(body=TEXT, fandoms=("The Lighthouse Cycle",)), shelve(body=EDITED, **HOME)
    keeping.say(nameless, {"language": "English"})
    duplicates.join(named, nameless)
    work = Work.everything.get()
    assert (work.pk, work.source_id, work.language) == (named, "7", "en")
    assert SourceFile.everything.filter(work=named).count() == 2
    assert work.taggings.count() == 1
    assert Chapter.everything.filter(work=named).count() == Version.everything.filter(work=named).count() == 1


def test_a_new_import_of_the_joined_file_finds_the_work_it_is_part_of() -> None:
    nameless, named = shelve(body=TEXT), shelve(body=EDITED, **HOME)
    duplicates.join(named, nameless)
    [again] = bring(parsed(body=TEXT))
    assert (again.work, again.outcome) == (named, "unchanged")
    [both, one] = bring(parsed(body=TEXT, language="English"), parsed(body=EDITED, **HOME))
    assert both.work == one.work == named
    assert Work.everything.count() == 1


def test_a_hold_outlives_the_joining() -> None:
    nameless, named = shelve(body=TEXT, warnings=("Underage Sex",)), shelve(body=EDITED, **HOME)
    duplicates.join(named, nameless)
    assert Work.everything.get().held


def test_joining_twice_keeps_every_former_number() -> None:
    one, two, three = shelve(body=TEXT), shelve(body=EDITED), shelve(body=EDITED + "<p>More.</p>", **HOME)
    duplicates.join(one, two)
    duplicates.join(three, one)
    assert set(JoinedWork.everything.values_list("number", "work")) == {(one, three), (two, three)}


@pytest.mark.parametrize("case", ["both name a source", "the wrong one goes", "one is gone", "one is in the bin"])
def test_what_cannot_be_joined_stays_as_it_is(case: str) -> None:
    nameless, named = shelve(body=TEXT), shelve(body=EDITED, **HOME)
    other = shelve(body=EDITED, source="example.org", source_id="8")
    keeping.bin(binned := shelve(title="Binned"))
    stays, goes = {
        "both name a source": (named, other),
        "the wrong one goes": (nameless, named),
        "one is gone": (named, 999_999),
        "one is in the bin": (named, binned),
    }[case]
    with pytest.raises(duplicates.CannotJoin):
        duplicates.join(stays, goes)
    assert Work.everything.count() == 4


def test_the_address_of_a_joined_work_leads_to_the_one_it_is_part_of() -> None:
    nameless, named = shelve(body=TEXT), shelve(body=EDITED, **HOME)
    duplicates.join(named, nameless)
    for page in ("", "all/", "chapters/1/"):
        assert Client().get(f"/works/{nameless}/{page}").headers["Location"] == f"/works/{named}/"


def test_the_address_of_a_joined_work_tells_nothing_of_one_that_is_hidden() -> None:
    nameless, named = shelve(body=TEXT), shelve(body=EDITED, ratings=("Explicit",), **HOME)
    duplicates.join(named, nameless)
    assert enter("teen").get(f"/works/{nameless}/").status_code == 404
    keeping.hold(named, "for a test")
    assert Client().get(f"/works/{nameless}/").status_code == 404


def test_keepers_join_and_keep_apart_after_a_question() -> None:
    keeper = enter("keeper")
    first, second, third = shelve(body=TEXT), shelve(body=EDITED), shelve(body="<p>More.</p>" + EDITED)
    duplicates.look()
    room = "/admin/archive/possibleduplicate/"
    page = keeper.get(room).content.decode()
    assert page.count("Names no source") == 6
    assert "possible duplicates" in keeper.get("/admin/").content.decode()
    asked = [PossibleDuplicate.everything.get(first=first, second=second).pk]
    question = keeper.post(room, {"action": "join", "_selected_action": asked}).content.decode()
    assert "Nothing undoes this" in question
    assert Work.everything.count() == 3
    keeper.post(room, {"action": "join", "_selected_action": asked, "confirmed": "Join"})
    assert Work.everything.count() == 2
    left = list(PossibleDuplicate.everything.filter(second=third).values_list("pk", flat=True))
    keeper.post(room, {"action": "keep_apart", "_selected_action": left})
    assert not PossibleDuplicate.everything.filter(apart=False).exists()


def test_the_import_tells_of_possible_duplicates(tmp_path: Any, capsys: pytest.CaptureFixture[str]) -> None:
    text = "\n\n".join(" ".join(random.Random(number).choices(WORDS, k=60)) for number in range(9))
    for name, more in (("a.txt", ""), ("b.txt", "\n\nAda said so.")):
        header = "Title: The Ledger\nAuthor: quillfeather\nRating: General Audiences\n\nWork text:\n\n"
        (tmp_path / name).write_text(f"{header}{more}{text}")
    call_command("import_works", str(tmp_path))
    assert "Possible duplicates: 1" in capsys.readouterr().out


def test_likeness_is_none_for_nothing_and_one_for_the_same() -> None:
    assert likeness(sketch([]), sketch([])) == 0
    assert likeness(sketch([TEXT]), sketch([TEXT])) == 1
    assert likeness(sketch([TEXT]), sketch([prose(3)])) < 0.05
