"""What was changed within a text, laid out so that it can be read."""

from hypothesis import given
from hypothesis import strategies as st

from archive.differences import Effort, Paragraph, Piece, differences, same_words
from archive.differences.prose import LONGEST, Mark

LAMP = "The lamp was lit before the ships came in."
COUNT = "Ada counted them twice, and wrote both numbers down."
REST = [f"Nothing happened on day {number} of that year." for number in range(9)]


def laid(old: list[str], new: list[str]) -> list[Paragraph]:
    return differences(old, new, Effort())


def marked(paragraph: Paragraph) -> str:
    """Pieces as a line: `-gone- +new+`."""
    signs = {Mark.GONE: "-", Mark.NEW: "+", Mark.SAME: ""}
    return "".join(f"{signs[one.mark]}{one.text}{signs[one.mark]}" for one in paragraph.pieces)


def test_what_is_the_same_far_from_any_change_is_skipped() -> None:
    found = laid([*REST, LAMP], [*REST, LAMP, COUNT])
    assert [(one.mark.value, one.count) for one in found] == [("skipped", 9), ("same", 1), ("new", 1)]
    assert laid(REST, REST) == [Paragraph(Mark.SKIPPED, count=9)]


def test_an_edited_paragraph_shows_the_words_that_changed() -> None:
    [one] = laid([COUNT], ["Ada counted them three times, and wrote all numbers down."])
    assert one.mark is Mark.CHANGED
    assert marked(one) == "Ada counted them -twice-+three times+, and wrote -both -+all +numbers down."


def test_a_word_that_stays_by_chance_between_two_changes_is_not_left_standing() -> None:
    [one] = laid(["We saw the red lamp burn at night near home."], ["We saw a blue lamp glow at night near home."])
    assert marked(one) == "We saw -the red lamp burn -+a blue lamp glow +at night near home."


def test_a_paragraph_that_has_little_in_common_is_another_one() -> None:
    assert [one.mark for one in laid([LAMP], ["Nobody came."])] == [Mark.GONE, Mark.NEW]


def test_edited_paragraphs_are_found_among_new_ones() -> None:
    found = laid([LAMP, COUNT], ["A storm.", LAMP.replace("lit", "dark"), "Rain.", COUNT.replace("twice", "once")])
    assert [one.mark.value for one in found] == ["new", "changed", "new", "changed"]


def test_other_quotes_and_spaces_are_no_change() -> None:
    assert laid(["“Yes,” she said…"], ['"Yes," she\u00a0said...']) == [Paragraph(Mark.SKIPPED)]
    assert same_words(["one two", "three"], ["one", "two  three"])
    assert not same_words(["one two"], ["one too"])


def test_chinese_is_compared_sign_by_sign() -> None:
    [one] = laid(["灯塔的光照亮了海面。"], ["灯塔的火照亮了海面。"])
    assert marked(one) == "灯塔的-光-+火+照亮了海面。"


def test_a_paragraph_of_hostile_length_is_shown_in_part_and_not_compared_word_by_word() -> None:
    [one] = laid(["lamp " * 10**6], ["lamp " * 10**6 + "sea"])
    assert one.mark is Mark.CHANGED
    assert [len(piece.text) for piece in one.pieces] == [LONGEST + 1] * 2


def test_thousands_of_paragraphs_against_thousands_are_laid_out() -> None:
    old = [f"lamp {number} {'sea ' * 60}" for number in range(5_000)]
    new = [f"lamp {number} {'sea ' * 59}fog" for number in range(1, 5_001)]
    assert len(laid(old, new)) >= 5_000
    heavy = [f"{number} {'sea ' * 400}" for number in range(5_000)]
    assert len(laid(heavy, heavy[::-1])) > 5_000
    alternating = differences(["a", "b"] * 2_500, ["b", "a"] * 2_500, Effort())
    assert sum(one.count for one in alternating) == 5_001


TEXT = st.lists(st.lists(st.sampled_from(["a", "b,", "it’s", "灯塔", "  "]), max_size=6).map(" ".join), max_size=6)


@given(TEXT, TEXT)
def test_both_texts_can_be_read_off_what_is_laid_out(old: list[str], new: list[str]) -> None:
    def side(leave: Mark) -> list[str]:
        return ["".join(p.text for p in one.pieces if p.mark is not leave) for one in found if one.mark is not leave]

    found = [one for one in laid(old, new) if one.mark is not Mark.SKIPPED]
    for text in side(Mark.GONE):
        assert "".join(text.split()) in {"".join(one.split()) for one in new}
    gone = [one for one in found if one.mark in (Mark.GONE, Mark.CHANGED)]
    for one in gone:
        before = "".join(p.text for p in one.pieces if p.mark is Mark.GONE or p.mark is Mark.SAME)
        assert "".join(before.split()) in {"".join(text.split()) for text in old}
    assert all(isinstance(piece, Piece) for one in found for piece in one.pieces)
