"""What became of chapters: each is known again, whatever number it has now."""

from hashlib import blake2b

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.differences import Change, Comparison, Kind, Side, compare


def chapter(number: int, words: str, title: str = "", *, key: str = "", notes: str = "", text: str = "") -> Side:
    """A chapter whose paragraphs are words."""
    digests = b"".join(blake2b(word.encode(), digest_size=8).digest() for word in words.split())
    return Side(number, key or str(number), title, text or words, digests, len(words.split()), notes)


def work(*chapters: str) -> list[Side]:
    return [chapter(number, words) for number, words in enumerate(chapters, 1)]


def told(comparison: Comparison) -> list[tuple[str, int | None, int | None]]:
    return [
        (change.kind.value, change.old and change.old.number, change.new and change.new.number)
        for change in comparison.changes
    ]


def only(comparison: Comparison) -> Change:
    [change] = [change for change in comparison.changes if not change.silent]
    return change


A, B, C, D = "a b c d", "e f g h", "i j k l", "m n o p"


def test_a_work_that_has_not_changed_has_nothing_to_tell() -> None:
    same = compare(work(A, B), work(A, B))
    assert all(change.silent for change in same.changes)
    assert not same.markup_only


def test_new_chapters_at_the_end_are_added() -> None:
    assert told(compare(work(A, B), work(A, B, C))) == [("same", 1, 1), ("same", 2, 2), ("added", None, 3)]


def test_a_chapter_that_is_inserted_changes_no_other() -> None:
    assert told(compare(work(A, B), work(A, C, B))) == [("same", 1, 1), ("added", None, 2), ("same", 2, 3)]


def test_a_chapter_that_is_taken_out_stands_where_it_stood() -> None:
    assert told(compare(work(A, B, C), work(A, C))) == [("same", 1, 1), ("removed", 2, None), ("same", 3, 2)]


def test_an_edited_chapter_is_known_by_its_paragraphs_even_behind_an_inserted_one() -> None:
    compared = compare(work(A, B, C), work(A, D, "e F g h x", C))
    assert told(compared)[1:3] == [("added", None, 2), ("edited", 2, 3)]
    assert [change.paragraphs for change in compared.of(Kind.EDITED)] == [2]
    assert not any(change.moved for change in compared.changes)


def test_a_chapter_that_was_written_anew_in_its_place_is_edited() -> None:
    assert told(compare(work(A, B, C), work(A, D, C)))[1] == ("edited", 2, 2)


def test_chapters_that_changed_places_are_moved() -> None:
    moved = [change.moved for change in compare(work(A, B, C), work(B, C, A)).changes]
    assert moved == [False, False, True]


def test_of_chapters_that_are_alike_each_stays_where_it_is() -> None:
    assert told(compare(work(A, A, B), work(C, A, B))) == [("edited", 1, 1), ("same", 2, 2), ("same", 3, 3)]


def test_names_of_chapters_count_more_than_their_words() -> None:
    old = [chapter(1, A, key="n1"), chapter(2, B, key="n2")]
    new = [chapter(1, B, key="n1"), chapter(2, A, key="n2")]
    assert told(compare(old, new)) == [("edited", 1, 1), ("edited", 2, 2)]


def test_files_that_name_their_chapters_are_compared_with_those_that_do_not() -> None:
    new = [chapter(1, A, key="n1"), chapter(2, "e f g H", key="n2")]
    assert told(compare(work(A, B), new)) == [("same", 1, 1), ("edited", 2, 2)]


def test_a_title_and_notes_may_change_while_the_text_stays() -> None:
    change = only(compare([chapter(1, A, "Ebb", notes="x")], [chapter(1, A, "Flood", notes="y")]))
    assert (change.kind, change.renamed, change.annotated) == (Kind.SAME, True, True)


def test_the_same_words_in_other_markup_are_told_as_such() -> None:
    compared = compare([chapter(1, A, text="plain")], [chapter(1, A, text="marked")])
    assert compared.markup_only
    assert only(compared).kind is Kind.MARKUP
    both = compare([chapter(1, A, text="plain")], [chapter(1, A, text="marked"), chapter(2, B)])
    assert not both.markup_only


def test_what_became_of_them_is_said_in_a_line() -> None:
    assert compare(work(A, B), work(A, "e f g H", C, D)).sentence == (
        "2 chapters added, 1 edited (1 paragraph), words 8 → 16"
    )
    assert compare(work(A, B, C), work(A, C)).sentence == "1 chapter taken out, words 12 → 8"
    assert compare([chapter(1, A, text="plain")], work(A)).sentence == "the same words in other markup"
    assert compare(work(A), work(A)).sentence == "nothing has changed"


@pytest.mark.parametrize("count", [5_000])
def test_thousands_of_chapters_that_share_their_paragraphs_are_compared(count: int) -> None:
    old = [chapter(number, "*", text=f"old {number}") for number in range(1, count + 1)]
    new = [chapter(number, "* *", text=f"new {number}") for number in range(1, count + 1)]
    assert len(compare(old, new).of(Kind.EDITED)) == count


CHAPTERS = st.lists(st.lists(st.sampled_from("abcdefgh"), max_size=5).map(" ".join), max_size=5)


@given(CHAPTERS, CHAPTERS)
def test_every_chapter_of_both_sides_is_told_once(old: list[str], new: list[str]) -> None:
    compared = compare(work(*old), work(*new))
    assert sorted(change.old.number for change in compared.changes if change.old) == list(range(1, len(old) + 1))
    assert [change.new.number for change in compared.changes if change.new] == list(range(1, len(new) + 1))
