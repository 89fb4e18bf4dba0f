"""Make a synthetic library of any size, in the database or as files, in the shape of real archives."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from archive.corpus import Corpus, exports, rows, wrangled
from archive.opening import open_library

KB = 1024


class Command(BaseCommand):
    help = "Make N invented works: straight into the database, or with --files as files in a folder."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("works", type=int, metavar="N")
        parser.add_argument("--seed", type=int, default=0, help="another seed gives other works (default: 0)")
        parser.add_argument("--bodies", action="store_true", help="write prose instead of short placeholders")
        parser.add_argument("--files", type=Path, metavar="FOLDER", help="write files into this folder")
        parser.add_argument(
            "--as", dest="kind", choices=exports.KINDS, default="text", help="what files (default: text)"
        )
        parser.add_argument("--min-kb", type=int, default=5, help="size of the smallest file")
        parser.add_argument("--max-kb", type=int, default=50, help="size of the largest file")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["works"] < 1 or not 0 < options["min_kb"] <= options["max_kb"]:
            raise CommandError("N and the sizes must be 1 or more, and the smallest file not larger than the largest.")
        corpus = Corpus(options["works"], options["seed"])
        if folder := options["files"]:
            if folder.exists() and any(folder.iterdir()):
                raise CommandError(f"{folder} is not empty.")
            count = exports.write(corpus, folder, options["min_kb"] * KB, options["max_kb"] * KB, options["kind"])
            self.stdout.write(f"{count:,} files with {corpus.size:,} works in {folder}")
        else:
            open_library()
            rows.fill(corpus, bodies=options["bodies"])
            wrangled.wrangle()
            self.stdout.write(f"{corpus.size:,} works")
