"""`manage.py export_works FILE.jsonl`: the whole library as lines of JSON."""

import os
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from archive.exporting import lines
from archive.models import Work
from archive.opening import open_library
from archive.originals import cannot_write


class Command(BaseCommand):
    """Writes aside and gives the file its name at the end, so that there is never half an export."""

    help = "Writes every work that is not in the bin as one line of JSON; import_works reads the file."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", metavar="FILE.jsonl", help="the file to write, or - for the standard output")

    def handle(self, *args: Any, **options: Any) -> None:
        open_library()
        if options["file"] == "-":
            for line in lines():
                self.stdout.write(line, ending="")
            return
        place = Path(options["file"])
        aside = place.with_name(f"{place.name}.part")
        try:
            count = self._write(aside)
            aside.replace(place)
        except OSError as error:
            raise CommandError(f"The export has stopped: {cannot_write(error)}.", returncode=2) from error
        finally:
            aside.unlink(missing_ok=True)
        self.stdout.write(f"{count:,} works written to {place}")

    def _write(self, aside: Path) -> int:
        total, written = Work.everything.filter(binned_at=None).count(), 0
        with aside.open("w", encoding="utf-8", newline="\n") as file:
            for line in tqdm(lines(), total=total, unit=" works", disable=None, leave=False):
                file.write(line)
                written += 1
            file.flush()
            os.fsync(file.fileno())
        return written
