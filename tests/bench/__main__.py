"""Measure import, browse page or the other pages in a scratch library, which is removed afterwards."""

import argparse
import json
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import django

django.setup()

from archive import search  # noqa: E402 - rows want a house that is set up
from archive.models import Work  # noqa: E402 - rows want a house that is set up
from tests.bench import beside, browsing, engine, questions, runs, shapes, visits  # noqa: E402
from tests.bench.figures import Line, table  # noqa: E402
from tests.bench.scratch import Scratch, libraries  # noqa: E402

_VISITS = {"browse": browsing.browse, "pages": runs.pages}
PARTS = ("watch", "count", "rebuild", "cold", "answers", "visit")


def main() -> None:
    """Measure what the words on the command line ask for, and print its table."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that what is scratch is removed all the same
    given = _arguments().parse_args()
    if given.what in PARTS:
        sys.stdout.write(json.dumps(_part(given)))
    else:
        _measure(given)


def _arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="manage.py bench", description=__doc__)
    what = parser.add_subparsers(dest="what", required=True, metavar="{import,browse,pages}")
    for name in ("import", "browse", "pages"):
        one = what.add_parser(name)
        one.add_argument("--works", type=int, default=10_000, help="how many works (default: 10,000)")
        one.add_argument("--database", choices=["sqlite", "postgres", "both"], default="both")
        if name == "import":
            one.add_argument("--as", dest="kinds", action="append", choices=runs.TARGETS, help="which (default: all)")
            one.add_argument("--short", action="store_true", help="files of 1 to 2 KB, for a very large library")
            one.add_argument("--files", type=Path, metavar="FOLDER", help="files that make_corpus wrote, of one kind")
        if name == "browse":
            one.add_argument("--library", type=Path, metavar="FOLDER", help="measure a copy of this library instead")
        one.add_argument("--json", type=Path, metavar="FILE", help="write the figures there, by database")
    # What the measurements above run inside their scratch library.
    watch = what.add_parser("watch")
    watch.add_argument("--process", type=int, required=True)
    watch.add_argument("--writing", action="store_true")
    what.add_parser("count")
    what.add_parser("rebuild")
    what.add_parser("cold").add_argument("--address", required=True)
    answers = what.add_parser("answers")
    answers.add_argument("--seconds", type=float, required=True)
    answers.add_argument("--limit", type=float, required=True)
    what.add_parser("visit").add_argument("--browse", action="store_true")
    return parser


def _part(given: argparse.Namespace) -> object:
    parts: dict[str, Callable[[], object]] = {
        "watch": lambda: beside.watch(given.process, writing=given.writing),
        "count": Work.everything.count,
        "rebuild": engine.rebuild,
        "cold": lambda: engine.cold(given.address),
        "answers": lambda: engine.answers(given.seconds, given.limit),
        "visit": lambda: _visited(browse=given.browse),
    }
    return parts[given.what]()


def _visited(*, browse: bool) -> object:
    visits.settle()
    if browse:
        return visits.measure(shapes.two_hundred(), questions.searching() if not search.progress().prose else ())
    return visits.measure(list(questions.pages()))


def _imports(given: argparse.Namespace) -> Callable[[Scratch, int], tuple[dict[str, Any], list[Line]]]:
    kinds = given.kinds or tuple(runs.TARGETS)
    return lambda scratch, works: runs.imports(scratch, works, kinds, short=given.short, files=given.files)


def _measure(given: argparse.Namespace) -> None:
    measured = _imports(given) if given.what == "import" else _VISITS[given.what]
    figures: dict[str, object] = {}
    columns: dict[str, list[Line]] = {}
    with libraries(given.database, getattr(given, "library", None)) as scratches:
        try:
            for scratch in scratches:
                sys.stderr.write(f"{scratch.name} ...\n")
                figures[scratch.name.lower()], columns[scratch.name] = measured(scratch, given.works)
        finally:  # what was measured is worth telling, even if the next database fails
            if columns:
                sys.stdout.write(table(list(columns), list(zip(*columns.values(), strict=True))) + "\n")
    if given.json:
        given.json.write_text(json.dumps(figures, indent=2) + "\n")


if __name__ == "__main__":
    main()
