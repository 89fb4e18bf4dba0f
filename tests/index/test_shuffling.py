"""The shuffled order is the same wherever it is computed, another for each seed, and leaves nothing out."""

import numpy
from hypothesis import given
from hypothesis import strategies as st

from archive.index.shuffling import place, places

SEEDS = st.integers(0, 2**64)
IDS = st.lists(st.integers(0, 2**63 - 1), max_size=20)


@given(seed=SEEDS, ids=IDS)
def test_one_by_one_and_all_at_once_give_the_same_places(seed: int, ids: list[int]) -> None:
    found = places(seed, numpy.array(ids, dtype=numpy.int64))
    assert found.dtype == numpy.uint64
    assert found.tolist() == [place(seed, number) for number in ids]


def test_what_is_shuffled_stays_untouched() -> None:
    ids = numpy.arange(10, dtype=numpy.uint64)
    places(1, ids)
    assert ids.tolist() == list(range(10))


def test_no_two_works_stand_in_one_place_and_seeds_order_them_anew() -> None:
    orders = [sorted(range(2_000), key=lambda number, seed=seed: place(seed, number)) for seed in range(3)]
    assert all(len({place(seed, number) for number in range(2_000)}) == 2_000 for seed in range(3))
    assert len({tuple(order[:20]) for order in orders}) == 3
    assert all(400 < sum(number < 1_000 for number in order[:1_000]) < 600 for order in orders)
