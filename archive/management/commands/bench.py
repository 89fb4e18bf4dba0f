"""Measure the house in a scratch library and print what came out beside what is aimed at."""

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from archive.bench import beside, questions, runs, visits
from archive.bench.figures import table
from archive.bench.scratch import libraries

MEASURED = {"import": runs.imports, "browse": runs.browse, "pages": runs.pages}


class Command(BaseCommand):
    help = "Measure import, browse page or the other pages in a scratch library, which is removed afterwards."

    def add_arguments(self, parser: CommandParser) -> None:
        what = parser.add_subparsers(dest="what", required=True, metavar="{import,browse,pages}")
        for name, measured in MEASURED.items():
            one = what.add_parser(name, help=(measured.__doc__ or "").strip())
            one.add_argument("--works", type=int, default=10_000, help="how many works (default: 10,000)")
            one.add_argument("--database", choices=["sqlite", "postgres", "both"], default="both")
            one.add_argument("--json", type=Path, metavar="FILE", help="write the figures there, by database")
        # What the measurements above run inside their scratch library.
        what.add_parser("beside").add_argument("--process", type=int, required=True)
        what.add_parser("visit").add_argument("pages", choices=["browse", "pages"])

    def handle(self, *args: Any, **options: Any) -> None:
        match options["what"]:
            case "beside":
                self.stdout.write(json.dumps(beside.watch(options["process"])))
            case "visit" if options["pages"] == "browse":
                answers = {"sql": visits.measure_answers()}
                self.stdout.write(json.dumps(answers | visits.measure(questions.browsing())))
            case "visit":
                self.stdout.write(json.dumps(visits.measure(questions.pages())))
            case what:
                self._measure(what, options)

    def _measure(self, what: str, options: dict[str, Any]) -> None:
        figures, heads, columns = {}, [], []
        with libraries(options["database"]) as scratches:
            for scratch in scratches:
                found, lines = MEASURED[what](scratch, options["works"])
                figures[scratch.name.lower()] = found
                heads.append(scratch.name)
                columns.append(lines)
        self.stdout.write(table(heads, zip(*columns, strict=True)))
        if options["json"]:
            options["json"].write_text(json.dumps(figures, indent=2) + "\n")
