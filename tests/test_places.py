"""A place is found again, whatever has become of the work around it."""

from collections.abc import Sequence
from hashlib import blake2b
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive import clean
from archive.places import Found, Paragraphs, find, place_of


def digest(words: str) -> bytes:
    return blake2b(words.encode(), digest_size=8).digest()


def work(*chapters: str) -> list[Paragraphs]:
    """Chapters whose paragraphs are words parted by spaces."""
    return [
        Paragraphs(number, str(number), b"".join(map(digest, words.split())))
        for number, words in enumerate(chapters, 1)
    ]


def after(before: Sequence[Paragraphs], number: int, paragraph: int, now: Sequence[Paragraphs]) -> tuple[int, int]:
    found = find(place_of(before, number, paragraph), now)
    return found.chapter, found.paragraph


LONG = "a b c d e f g h i j"


def test_a_place_in_a_work_that_has_not_changed_is_where_it_was() -> None:
    assert find(place_of(work(LONG, "k l m"), 2, 2), work(LONG, "k l m")) == Found(2, 2, sure=True)


def test_a_chapter_that_was_inserted_before_moves_the_place_along() -> None:
    assert after(work(LONG, "k l m"), 2, 2, work("n o p", LONG, "k l m")) == (3, 2)


def test_a_chapter_that_was_split_keeps_the_place_in_its_second_half() -> None:
    assert after(work(LONG), 1, 7, work("a b c d e f", "g h i j")) == (2, 1)


def test_chapters_that_were_joined_keep_the_place() -> None:
    assert after(work("a b c", "d e f"), 2, 1, work("a b c d e f")) == (1, 4)


def test_an_edited_paragraph_is_found_between_its_neighbours() -> None:
    assert after(work(LONG), 1, 5, work("a b c d EDITED f g h i j")) == (1, 5)
    assert after(work(LONG), 1, 5, work("x a b c d EDITED f g h i j")) == (1, 6)
    assert after(work(LONG), 1, 5, work("a b c D1 E1 F1 g h i j")) == (1, 5)


def test_the_first_and_the_last_paragraph_may_be_edited_too() -> None:
    assert after(work(LONG), 1, 1, work("A b c d e f g h i j")) == (1, 1)
    assert after(work(LONG), 1, 10, work("a b c d e f g h i J")) == (1, 10)


def test_a_paragraph_that_is_gone_leaves_its_nearest_neighbour() -> None:
    assert after(work(LONG), 1, 5, work("a b c d f g h i j")) == (1, 5)
    assert after(work(LONG), 1, 10, work("a b c d e f g h i")) == (1, 9)
    assert after(work(LONG), 1, 5, work("a b c g h i j")) == (1, 4)


def test_a_paragraph_that_stands_often_is_known_by_its_neighbours() -> None:
    before = work("a * b * c * d * e")
    assert after(before, 1, 6, work("n * o * a * b * c * d * e")) == (1, 10)
    assert after(before, 1, 6, work("a b c * d e")) == (1, 4)


def test_a_paragraph_that_stands_often_and_is_gone_is_not_looked_for_elsewhere() -> None:
    assert after(work("a b c Yes d e f", "g Yes h"), 1, 4, work("a b c d e f", "g Yes h")) == (1, 4)


def test_of_many_alike_the_one_nearest_to_the_old_place_is_taken() -> None:
    same = " ".join("*" * 40)
    found = find(place_of(work(same), 1, 20), work(same))
    assert (found.paragraph, found.sure) == (20, False)


def test_a_chapter_that_was_written_anew_is_opened_as_far_along() -> None:
    before = work("o p q", LONG, "k l m")
    assert after(before, 2, 5, work("o p q", "1 2 3 4 5 6 7 8 9 10", "k l m")) == (2, 5)
    assert after(before, 2, 9, work("o p q", "1 2 3", "k l m"))[0] in (2, 3)


def test_a_named_chapter_is_known_by_its_name() -> None:
    before = [Paragraphs(1, "n100", digest("a")), Paragraphs(2, "n200", digest("b"))]
    now = [Paragraphs(1, "n50", digest("x")), Paragraphs(2, "n100", digest("y")), Paragraphs(3, "n200", digest("z"))]
    assert find(place_of(before, 2, 1), now) == Found(3, 1, sure=False)


def test_a_chapter_without_paragraphs_has_a_place_too() -> None:
    empty = [Paragraphs(1, "1", b""), Paragraphs(2, "2", digest("a"))]
    assert find(place_of(empty, 1, 1), empty).paragraph == 1
    assert find(place_of(empty, 2, 1), [Paragraphs(1, "1", b"")]) == Found(1, 1, sure=False)


def test_what_is_not_there_is_said() -> None:
    with pytest.raises(LookupError):
        place_of(work("a"), 2, 1)
    with pytest.raises(LookupError):
        find(place_of(work("a"), 1, 1), [])


@pytest.mark.parametrize(
    ("exported", "downloaded"),
    [
        ("“Yes,” she said.", "<p><span>“Yes,” she <em>said</em>.</span></p>"),
        ('It\'s "late"...', "<div>It’s “late”…</div>"),
        ("one\ntwo", "<p>one two</p>"),
        ("R & B", "<p>R&nbsp;&amp;  B</p>"),
    ],
)
def test_the_same_words_have_the_same_digest_in_every_format(exported: str, downloaded: str) -> None:
    text, page = clean.paragraphs(exported), clean.html(downloaded)
    assert clean.paragraph_digests(text) == clean.paragraph_digests(page) != b""


WORDS = st.sampled_from(["*", "Yes", *(f"w{number}" for number in range(40))])
CHAPTERS = st.lists(st.lists(WORDS, max_size=12).map(" ".join), min_size=1, max_size=6)


@given(CHAPTERS, CHAPTERS, st.integers(0, 5), st.integers(1, 14))
def test_some_place_is_always_found(before: list[str], now: list[str], chapter: int, paragraph: int) -> None:
    found = find(place_of(work(*before), chapter % len(before) + 1, paragraph), work(*now))
    there = now[found.chapter - 1].split()
    assert 1 <= found.paragraph <= max(len(there), 1)


@given(st.lists(st.integers(1, 12), min_size=1, max_size=6), st.randoms(use_true_random=False))
def test_a_surviving_paragraph_that_stands_once_is_always_found_exactly(lengths: list[int], random: Random) -> None:
    names = iter(range(1000))
    before = [[f"w{next(names)}" if random.random() < 0.8 else "*" for _ in range(length)] for length in lengths]
    once = [(n, p, word) for n, words in enumerate(before, 1) for p, word in enumerate(words, 1) if word != "*"]
    if not once:
        return
    number, paragraph, word = random.choice(once)
    flat = [one for words in before for one in words]
    for _ in range(random.randint(0, 8)):  # paragraphs come, go and are edited, but for ours
        at = random.randrange(len(flat))
        if flat[at] != word:
            flat[at : at + 1] = random.choice([[], ["*"], [f"n{next(names)}", flat[at]], [f"n{next(names)}"]])
    cuts = sorted(random.choices(range(len(flat) + 1), k=random.randint(0, 4)))  # chapters are split and joined
    now = [flat[start:end] for start, end in zip([0, *cuts], [*cuts, len(flat)], strict=True)]
    found = find(place_of(work(*map(" ".join, before)), number, paragraph), work(*map(" ".join, now)))
    assert found.sure
    assert now[found.chapter - 1][found.paragraph - 1] == word
