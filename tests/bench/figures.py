"""Figures: what was timed, told by its middle, its slow end and its worst, and the table they stand in."""

import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from math import ceil
from typing import Any


@dataclass(frozen=True, slots=True)
class Spread:
    """Times in milliseconds, told by three of them."""

    median: float
    p95: float
    max: float

    @classmethod
    def of(cls, times: Iterable[float]) -> "Spread":
        """The spread of some times in seconds."""
        ordered = sorted(round(time * 1000, 3) for time in times)
        if not ordered:
            return cls(0, 0, 0)
        return cls(*(ordered[ceil(share * len(ordered)) - 1] for share in (0.5, 0.95, 1)))

    def __str__(self) -> str:
        return f"{told(self.median)} / {told(self.p95)} / {told(self.max)} ms"


class Clock:
    """Times of one thing done again and again: by the clock, and of the processor in this thread alone."""

    def __init__(self) -> None:
        self.clock: list[float] = []
        self.processor: list[float] = []

    @contextmanager
    def running(self) -> Iterator[None]:
        """Take the time of what is done inside."""
        start, began = time.perf_counter(), time.thread_time()
        yield
        self.processor.append(time.thread_time() - began)
        self.clock.append(time.perf_counter() - start)


def spread(clocks: Iterable[Clock]) -> dict[str, Any]:
    """Of each thing the quickest of its times, since the machine has other things to do besides."""
    clocks = list(clocks)
    processor = Spread.of(min(one.processor) for one in clocks)
    return {**asdict(Spread.of(min(one.clock) for one in clocks)), "processor": asdict(processor)}


def told(number: float) -> str:
    """A figure as exact as it deserves: 0.05, 1.4, 23, 1,250."""
    return f"{number:,.{max(0, 2 - len(str(int(number))) * (number >= 1))}f}"


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the table: what was measured, what came out, and what is aimed at, if anything is."""

    measure: str
    figure: str
    target: str = ""


def table(heads: Sequence[str], lines: Iterable[Sequence[Line]]) -> str:
    """Columns of lines side by side, one for each database, as a table in Markdown."""
    rows = [("", *heads, "aimed at")]
    rows += [(same[0].measure, *(line.figure for line in same), same[0].target) for same in lines]
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    written = [
        "| " + " | ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) + " |" for row in rows
    ]
    return "\n".join([written[0], "|" + "|".join("-" * (width + 2) for width in widths) + "|", *written[1:]])
