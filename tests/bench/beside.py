"""Beside an import: somebody watches how far it is and how much memory it takes, and a page writes meanwhile."""

import itertools
import os
import time
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.contrib.sessions.backends.db import SessionStore

from archive.models import ImportRun
from tests.bench.figures import Spread

_PAUSE = 0.05
_SELDOM = 10

Mark = tuple[float, float]
"""Seconds by the clock, and of processor time."""


def watch(process: int, *, writing: bool) -> dict[str, Any]:
    """Look every now and then, until the process has ended, how far it is and how much memory it takes.

    `writing`: save a session meanwhile, as a page does, and tell how long each took.
    """
    session = SessionStore()
    session.create()
    writes: list[float] = []
    memory: dict[int, float] = {}
    reached: dict[int, Mark] = {}
    most = seconds = 0.0
    began = time.perf_counter()
    for turn in itertools.count():
        if not _lives(process):
            break
        if writing:
            session["visits"] = turn
            start = time.perf_counter()
            session.save()
            writes.append(time.perf_counter() - start)
        if not turn % _SELDOM:  # to add up memory takes the machine milliseconds that the import wants
            now, seconds = resident_mb(process), max(seconds, cpu_seconds(process))
            most = max(most, now)
            if (percent := _percent_done()) is not None:
                memory.setdefault(percent, now)
                reached.setdefault(percent // 10, (time.perf_counter() - began, seconds))
        time.sleep(_PAUSE)
    return {
        "writes": asdict(Spread.of(writes or [0.0])),
        "written": len(writes),
        "memory_mb": {
            share: next((mb for percent, mb in sorted(memory.items()) if percent >= share), most)
            for share in (10, 50, 100)
        },
        "most_mb": most,
        "cpu_s": round(seconds, 1),
        "tenths": _tenths(reached, (time.perf_counter() - began, seconds)),
    }


def _tenths(reached: dict[int, Mark], end: Mark) -> list[Mark]:
    """What each tenth of the files took; one that was over before anybody looked took nothing of its own."""
    marks = [reached.get(0, (0.0, 0.0))]
    for tenth in range(1, 10):
        marks.append(reached.get(tenth, marks[-1]))
    steps = itertools.pairwise([*marks, end])
    return [(round(after[0] - before[0], 2), round(after[1] - before[1], 2)) for before, after in steps]


def _percent_done() -> int | None:
    run = ImportRun.everything.values_list("done", "total").first()
    return 100 * run[0] // run[1] if run and run[1] else None


def _lives(process: int) -> bool:
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def resident_mb(process: int) -> float:
    """Memory of a process and its children in megabytes, as far as it is resident and not shared between them."""
    total = 0
    for one in _family(process):
        try:
            lines = Path(f"/proc/{one}/smaps_rollup").read_text().splitlines()
        except OSError:
            continue
        total += sum(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
    return round(total / 1024, 1)


def cpu_seconds(process: int) -> float:
    """Processor time that a process and its children have used, those that have ended included."""
    ticks = 0
    for one in _family(process):
        try:
            fields = Path(f"/proc/{one}/stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        ticks += sum(map(int, fields[11:15]))
    return ticks / os.sysconf("SC_CLK_TCK")


def _family(process: int) -> Iterator[int]:
    yield process
    for children in Path(f"/proc/{process}/task").glob("*/children"):
        try:
            numbers = children.read_text().split()
        except OSError:
            continue
        for child in numbers:
            yield from _family(int(child))
