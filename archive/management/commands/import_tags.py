"""`manage.py import_tags FILE.csv`: learn which tags are synonyms from a table of tags."""

import sqlite3
from argparse import ArgumentParser
from functools import partial
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from archive.opening import open_library
from archive.tagtables import NoTagTable, import_table


class Command(BaseCommand):
    """Exit 0 when the table was followed, 2 for wrong use."""

    help = (
        "Learns synonyms and canonicals from a table of tags, such as the OTW's dump (id,type,name,canonical,"
        "cached_count,merger_id). Keepers' own wrangling stays. Run it again when works with new tags have come."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE.csv", help="the table, unpacked")

    def handle(self, *args: Any, **options: Any) -> None:
        if not options["file"].is_file():
            raise CommandError(f"There is no file {options['file']}.", returncode=2)
        open_library()
        bar = partial(tqdm, unit=" tags", leave=False, disable=None)
        try:
            report = import_table(options["file"], watch=bar)
        except NoTagTable as wrong:
            raise CommandError(f"{options['file']}: {wrong}.", returncode=2) from wrong
        except (OSError, sqlite3.Error) as error:
            raise CommandError(f"The import has stopped: {error}.", returncode=2) from error
        self.stdout.write(f"{report}")
