"""Ways to draw from a distribution: weighted choices, quantiles, and names by popularity with a long tail."""

import math
from bisect import bisect_left
from collections.abc import Sequence
from itertools import accumulate
from random import Random
from typing import Generic, TypeVar

T = TypeVar("T")


def seeded(key: str | int) -> Random:
    """A generator that draws the same for the same key."""
    return Random(key)  # noqa: S311 - nothing here is a secret


class Choice(Generic[T]):
    """Values with their weights."""

    def __init__(self, *weighted: tuple[T, float]) -> None:
        self._values: Sequence[T] = [value for value, _ in weighted]
        self._cumulative = list(accumulate(weight for _, weight in weighted))

    def draw(self, rng: Random) -> T:
        """Draw one value by weight."""
        return self._values[bisect_left(self._cumulative, rng.random() * self._cumulative[-1])]


class Quantiles:
    """A quantity known by its quantiles, (percent, value) from 0 to 100; between them it grows geometrically."""

    def __init__(self, *points: tuple[float, int]) -> None:
        self._shares = [share / 100 for share, _ in points]
        self._logs = [math.log1p(value) for _, value in points]

    def draw(self, rng: Random) -> int:
        """Draw one quantity."""
        share = rng.random()
        right = max(1, bisect_left(self._shares, share))
        left = right - 1
        along = (share - self._shares[left]) / (self._shares[right] - self._shares[left])
        return int(math.expm1(self._logs[left] + along * (self._logs[right] - self._logs[left])) + 0.5)


class Popularity:
    """Ranks by popularity: (rank, percent of all uses up to it). Beyond the last rank every name is used once."""

    def __init__(self, *steps: tuple[int, float]) -> None:
        self._ends = [1, *(rank + 1 for rank, _ in steps)]
        self._shares = [share / 100 for _, share in steps]

    def draw(self, rng: Random) -> int | None:
        """Draw a rank, counted from 0; None stands for a name that nobody else uses."""
        share = rng.random()
        step = bisect_left(self._shares, share)
        if step == len(self._shares):
            return None
        low, high = self._ends[step], self._ends[step + 1]
        return int(low * (high / low) ** rng.random()) - 1
