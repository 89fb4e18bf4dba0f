"""The three measurements, each on one scratch library: what is made ready, what is timed, the lines of the table."""

import os
import shutil
import subprocess
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from tests.bench.figures import Line, Spread
from tests.bench.scratch import Scratch


def machine() -> Line:
    """What else the machine has to do before anything is measured: how far the figures can be trusted."""
    return Line("load of the machine before", f"{os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")


TARGETS = {"text": 500, "ao3-html": 250, "ao3-epub": 120}
"""Works a second that each kind of file is to be imported at, on two cores."""
_SIZES = {"text": (5, 50), "ao3-html": (40, 40), "ao3-epub": (40, 40)}
_SHORT = (1, 2)
_OTHERS = 100
"""Seeds from here on make files that come beside a page's writes."""


def imports(
    scratch: Scratch, works: int, kinds: Iterable[str], *, short: bool, files: Path | None
) -> tuple[dict[str, Any], list[Line]]:
    """Import so many files of each kind, one kind after the other, into one library; or `files` that are there.

    First by itself, then a quarter as many more (not of `files`) while a reader's small writes go on beside it.
    """
    figures, lines = {}, [machine()]
    sizes = _SHORT if short else None
    for seed, kind in enumerate(kinds):
        folder = files or _made(scratch, works, kind, seed, sizes or _SIZES[kind])
        figures[kind], more = _imported(scratch, works, kind, folder)
        lines += more
        if files:
            continue
        shutil.rmtree(folder)
        folder = _made(scratch, -(-works // 4), kind, _OTHERS + seed, sizes or _SIZES[kind])
        figures[kind]["beside"], more = _beside(scratch, -(-works // 4), folder)
        lines += more
        shutil.rmtree(folder)
    return figures, lines


def _made(scratch: Scratch, works: int, kind: str, seed: int, sizes: tuple[int, int]) -> Path:
    """Files of one kind, on the disk before any clock begins; another seed makes other works."""
    folder = scratch.folder / kind
    least, most = map(str, sizes)
    which = ("--as", kind, "--seed", str(seed), "--min-kb", least, "--max-kb", most)
    scratch.manage("make_corpus", str(works), "--files", str(folder), *which)
    os.sync()
    return folder


def _imported(scratch: Scratch, works: int, kind: str, files: Path) -> tuple[dict[str, Any], list[Line]]:
    """Import a folder, and the same folder again."""
    taken, watched = _watched(scratch, files)
    again = time.perf_counter()
    scratch.manage("import_works", str(files))
    again = time.perf_counter() - again
    found = {"works": works, "seconds": round(taken, 1), "per_second": round(works / taken), **watched}
    found["again_per_second"] = round(works / again)
    memory = " / ".join(f"{mb:g}" for mb in watched["memory_mb"].values())
    first, *_, last = watched["tenths"]
    return found, [
        Line(f"{kind}: import of {works:,} works", f"{works / taken:,.0f} works/s", f"≥ {TARGETS[kind]} works/s"),
        Line("processor time for a work", f"{1000 * watched['cpu_s'] / works:.1f} ms"),
        Line("last tenth against first", _times(first[0], last[0]), "≤ 1.3 times"),
        Line("the same in processor time", _times(first[1], last[1])),
        Line("the same again, unchanged", f"{works / again:,.0f} works/s"),
        Line("memory at 10 / 50 / 100 %", f"{memory} MB", "flat"),
    ]


def _beside(scratch: Scratch, works: int, files: Path) -> tuple[dict[str, Any], list[Line]]:
    """Import a folder while a reader's small writes go on beside it."""
    taken, watched = _watched(scratch, files, "--writing")
    return {"works": works, "seconds": round(taken, 1), **watched}, [
        Line(f"{works:,} more while a page writes", f"{works / taken:,.0f} works/s"),
        Line("page writes beside it (median / p95 / max)", str(Spread(**watched["writes"])), "< 150 ms"),
    ]


def _watched(scratch: Scratch, files: Path, *words: str) -> tuple[float, dict[str, Any]]:
    """The seconds that the whole command took, and what was seen of it meanwhile."""
    start = time.perf_counter()
    with scratch.start("import_works", str(files), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as importing:
        watched = scratch.ask("watch", "--process", str(importing.pid), *words)
    taken = time.perf_counter() - start
    if importing.returncode:
        raise RuntimeError(f"import_works ended with {importing.returncode}")
    return taken, watched


def _times(first: float, last: float) -> str:
    return f"{last:g} s / {first:g} s = {last / first if first else 0:.2f} times"


def pages(scratch: Scratch, works: int) -> tuple[dict[str, Any], list[Line]]:
    """Open the other pages of a synthetic library."""
    load, made = machine(), scratch.fill(works, "--bodies")
    found = scratch.ask("visit")
    lines = [
        load,
        Line(f"{works:,} works made", f"{made:.0f} s"),
        Line("whole response (median / p95 / max)", _by_clock(found["inside"]), "< 100 ms"),
        Line("the same through gunicorn", _by_clock(found["response"]), "< 100 ms"),
        Line("memory of the process", f"{found['process_mb']:g} MB"),
        *slow(found["slowest"]),
    ]
    return {"works": works, "made_s": made, **found}, lines


def slow(slowest: Iterable[tuple[str, float]]) -> list[Line]:
    """The slowest questions, one a line."""
    return [Line(f"slow: no. {place}", f"{name}: {ms:g} ms") for place, (name, ms) in enumerate(slowest, 1)]


def _by_clock(figures: dict[str, Any]) -> str:
    return str(Spread(figures["median"], figures["p95"], figures["max"]))
