"""Numbers sorted sixteen bits at a time stand as those that are compared with each other."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.index.sorting import ascends, ordering, together

NUMBERS = st.one_of(st.integers(0, 3), st.integers(-70_000, 70_000), st.integers(-(2**31), 2**31 - 1))


@given(rows=st.lists(st.tuples(NUMBERS, NUMBERS, NUMBERS), max_size=50), dtype=st.sampled_from([np.int32, np.int64]))
def test_rows_are_ordered_by_one_key_after_the_other(*, rows: list[tuple[int, int, int]], dtype: type) -> None:
    first, second, third = np.array(rows, dtype).reshape(-1, 3).T
    assert ordering(first, second, third).tolist() == np.lexsort((third, second, first)).tolist()
    assert ordering(first).tolist() == np.argsort(first, kind="stable").tolist()


@given(numbers=st.lists(NUMBERS, max_size=50))
def test_what_stands_beside_numbers_is_moved_along(numbers: list[int]) -> None:
    found, places = together(np.array(numbers, np.int64), np.arange(len(numbers), dtype=np.int32))
    assert found.tolist() == sorted(numbers)
    assert places.tolist() == np.argsort(np.array(numbers, np.int64), kind="stable").tolist()


@pytest.mark.parametrize("numbers", [[0, 2**64 - 1, 2**63, 5], [2**63 - 1, 7, 2**62]])
def test_numbers_may_have_all_of_64_bits(numbers: list[int]) -> None:
    assert ordering(np.array(numbers, np.uint64)).tolist() == np.argsort(np.array(numbers, np.uint64)).tolist()


def test_only_what_goes_down_does_not_ascend() -> None:
    assert ascends(np.array([1, 1, 2]))
    assert ascends(np.empty(0, np.int64))
    assert not ascends(np.array([1, 3, 2]))
