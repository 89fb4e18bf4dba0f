"""Measure the house: what measures stands beside the tests, and is no part of what is installed."""

import subprocess
import sys

from django.conf import settings
from django.core.management.base import BaseCommand


class Command(BaseCommand):
    help = "Measure import, browse page or other pages in a scratch library: bench {import,browse,pages} --works N."

    def run_from_argv(self, argv: list[str]) -> None:
        """Hand every word over, `--help` too, and end as the measurement ends."""
        if not (settings.ROOT / "tests" / "bench").exists():
            sys.exit("The benchmark comes with the source: it stands in tests/bench.")
        command = [sys.executable, "-m", "tests.bench", *argv[2:]]
        sys.exit(subprocess.run(command, cwd=settings.ROOT, check=False).returncode)
