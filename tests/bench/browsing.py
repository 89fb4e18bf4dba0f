"""The browse page on one library: its engine, the whole responses around it, and what they are to reach."""

from statistics import median
from typing import Any

from tests.bench.figures import Line, Spread
from tests.bench.runs import machine, slow
from tests.bench.scratch import Scratch

SECONDS, LIMIT = 40.0, 10.0
"""What plain SQL is given in all, and for one question."""
_COLD_STARTS = 3
_COLD = "/?sort=words"
_TARGETS = {
    100_000: ("0.05 / 0.3 / 1 ms", "0.5 / 2 / 5 ms", "1 / 4 / 10 ms", "25 MB", "2 s", "150 ms", "p95 20 ms"),
    1_000_000: ("0.1 / 1.5 / 6 ms", "2 / 8 / 12 ms", "3 / 12 / 20 ms", "40 MB", "25 s", "150 ms", "p95 25 ms"),
}
"""By works: page, facets, with changes, memory, rebuild, cold start, whole response."""


def browse(scratch: Scratch, works: int) -> tuple[dict[str, Any], list[Line]]:
    """Ask the shelf of a library its two hundred questions. `works` are made, unless the library has some."""
    load, made = machine(), scratch.fill(works)
    found: dict[str, Any] = {"works": scratch.ask("count"), "made_s": made}
    found |= scratch.ask("rebuild")
    if not scratch.copied:
        scratch.manage("index_texts")
    colds = [scratch.ask("cold", "--address", _COLD) for _ in range(_COLD_STARTS)]
    found |= {name: median(one[name] for one in colds) for name in colds[0]}
    found |= scratch.ask("visit", "--browse")
    found |= scratch.ask("answers", "--seconds", str(SECONDS), "--limit", str(LIMIT))
    return found, [load, *_lines(found)]


def _lines(found: dict[str, Any]) -> list[Line]:
    size = min(_TARGETS, key=lambda works: abs(works - found["works"]))
    page, facets, changed, memory, rebuild, cold, response = _TARGETS[size]
    sql, lean = found["sql"], found["page"]
    asked = f"plain SQL, {sql['asked']} questions asked, {sql['given_up']} given up after {LIMIT:g} s"
    return [
        Line("works", f"{found['works']:,}", f"targets of {size:,}"),
        Line("page + total (median / p95 / max; the same in processor time)", _spread(found["page_total"]), page),
        Line("+ facet lists", _spread(found["facets"]), facets),
        Line("the same with 1,000 uncompacted changes", _spread(found["facets_changed"]), changed),
        Line("the same in plain SQL", f"{_spread(sql)} ({asked})"),
        Line("private memory a worker (without Django)", f"{found['private_mb']:g} MB", memory),
        Line("snapshot", f"{found['snapshot_mb']:g} MB"),
        Line("rebuild from the database", f"{found['rebuild_s']:g} s", rebuild),
        Line("cold worker to first answer", f"{found['cold_ms']:g} ms", cold),
        Line("suggestions", _spread(found["suggest"]), "p95 10 ms"),
        Line("more like this", _spread(found["like"]), "< 10 ms"),
        Line("whole response through gunicorn", _by_clock(found["response"]), response),
        Line("the same inside one process", _spread(found["inside"])),
        Line(
            "words searched for, whole response", _by_clock(found["others"]) if found["others"]["max"] else "not read"
        ),
        Line("queries of a page (median / max)", f"{lean['usual_queries']:g} / {lean['queries']}", "≤ 12"),
        Line("largest page", f"{lean['kilobytes']:g} KB", "< 100 KB"),
        *slow(found["slowest"]),
    ]


def _spread(figures: dict[str, Any]) -> str:
    by_clock = str(Spread(figures["median"], figures["p95"], figures["max"]))
    return f"{by_clock}; {Spread(**figures['processor'])}" if "processor" in figures else by_clock


def _by_clock(figures: dict[str, Any]) -> str:
    """Without the processor's time: what another process needs is not known here."""
    return _spread({name: figures[name] for name in ("median", "p95", "max")})
