"""Two sequences laid over one another: as much in common as there can be, in the order of both."""

from itertools import pairwise
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.differences import sequences
from archive.differences.sequences import matches, rising, runs

FEW = st.text("abcd", max_size=14)


def common(one: str, other: str) -> int:
    """The length of the longest row in common, by the book."""
    row = [0] * (len(other) + 1)
    for letter in one:
        before = row
        row = [0]
        for place, against in enumerate(other):
            row.append(before[place] + 1 if letter == against else max(before[place + 1], row[place]))
    return row[-1]


@given(FEW, FEW)
def test_the_pairs_are_equal_grow_on_both_sides_and_are_as_many_as_can_be(one: str, other: str) -> None:
    found = matches(one, other)
    assert all(one[a] == other[b] for a, b in found)
    assert all(first[0] < second[0] and first[1] < second[1] for first, second in pairwise(found))
    assert len(found) == common(one, other)


@given(FEW, FEW)
def test_runs_cover_both_sides_from_end_to_end(one: str, other: str) -> None:
    found = runs(one, other)
    assert "".join(one[run.a : run.b] for run in found) == one
    assert "".join(other[run.c : run.d] for run in found) == other
    assert all((one[run.a : run.b] == other[run.c : run.d]) == run.same for run in found)


@given(FEW, FEW)
def test_what_is_too_much_to_lay_out_is_matched_by_what_stands_once(one: str, other: str) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sequences, "MOST", -1)
        found = matches(one, other)
    assert all(one[a] == other[b] for a, b in found)
    assert all(first[0] < second[0] and first[1] < second[1] for first, second in pairwise(found))


@given(st.lists(st.integers(0, 9), max_size=9))
def test_the_longest_growing_row_grows(numbers: list[int]) -> None:
    row = [numbers[place] for place in rising(numbers)]
    assert row == sorted(set(row))
    assert bool(row) == bool(numbers)


def test_hostile_sizes_are_told_all_the_same() -> None:
    random = Random(7)
    one, other = ([random.randrange(3) for _ in range(5_000)] for _ in range(2))
    assert len(matches(one, other)) > 3_000
    assert matches([0, 1] * 100_000, [1, 0] * 50_000) == []
    assert len(matches(range(200_000), range(1, 200_000))) == 199_999
