"""Hard-wrapped prose comes back as it was, at any width; what nobody wrapped stays as it is."""

import textwrap

from hypothesis import given
from hypothesis import strategies as st

from archive.formats.texts.unwrapping import unwrapped

WORDS = ["lamp", "ledger", "stairs", "a", "I", "the", "water-side", "boat", "extraordinarily", "rain", "of", "it"]
PARAGRAPH = st.lists(st.sampled_from(WORDS), min_size=60, max_size=120).map(" ".join)


@given(st.lists(PARAGRAPH, min_size=2, max_size=5), st.integers(62, 80), st.booleans())
def test_what_a_program_wrapped_is_joined_again(paragraphs: list[str], width: int, hyphens: bool) -> None:
    lines = []
    for paragraph in paragraphs:
        lines += [*textwrap.wrap(paragraph, width, break_on_hyphens=hyphens), ""]
    assert [line for line in unwrapped(lines) if line] == paragraphs


@given(st.lists(PARAGRAPH, min_size=1, max_size=5))
def test_long_lines_stay_as_they_are(paragraphs: list[str]) -> None:
    assert unwrapped(paragraphs) is paragraphs


@given(st.lists(st.lists(st.sampled_from(WORDS), min_size=3, max_size=9).map(" ".join), min_size=8, max_size=60))
def test_lines_of_uneven_length_stay_lines(lines: list[str]) -> None:
    assert unwrapped(lines) == lines


def test_a_text_without_lines_is_left_alone() -> None:
    assert unwrapped([]) == []
    assert unwrapped(["", "\v", ""]) == ["", "\v", ""]
