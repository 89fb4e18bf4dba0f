"""`manage.py check_index`: ask random questions of the index and of plain SQL, and read its bytes against checksums."""

import secrets
import time
from argparse import ArgumentParser
from collections import Counter
from collections.abc import Mapping
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from archive.index import checking, current
from archive.index.checking import FACETS, KINDS, PAGE, SHARE, Outcome

_CALLED = {PAGE: ("page with its total", "pages with their totals"), FACETS: ("set of facets", "sets of facets")}
_COMPARED = (Outcome.ALIKE, Outcome.DIFFERENT)

Tally = Counter[tuple[str, Outcome]]


class Command(BaseCommand):
    """Exit 1 when something differs or is damaged, 2 when there is nothing to check, else 0, whatever was left out."""

    help = "Ask random questions of the index and of plain SQL, and tell every difference; read it all for damage."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Tell the options."""
        parser.add_argument("--questions", type=int, default=100, metavar="N", help="how many (default: 100)")
        parser.add_argument(
            "--seconds", type=float, default=60, metavar="S", help="how long questions may take (default: 60)"
        )
        parser.add_argument("--seed", type=int, metavar="S", help="ask the same questions again")

    def handle(self, *args: Any, **options: Any) -> None:
        """Check bytes, then answers."""
        try:
            self._check(options["questions"], options["seed"], options["seconds"])
        except checking.NoIndex as error:
            told = "There is no index to check. `manage.py rebuild_index` builds one."
            raise CommandError(told, returncode=2) from error

    def _check(self, number: int, seed: int | None, seconds: float) -> None:
        if current.state() is None:
            raise checking.NoIndex
        damaged = checking.damaged()
        for name in damaged:
            self.stdout.write(f"damaged: {name}")
        tally = self._asked(number, secrets.randbelow(2**32) if seed is None else seed, seconds)
        if wrong := len(damaged) + sum(tally[kind, Outcome.DIFFERENT] for kind in KINDS):
            raise CommandError(f"{wrong:,} wrong. `manage.py rebuild_index` builds the index anew.", returncode=1)
        if any(tally[kind, Outcome.ALIKE] for kind in KINDS):
            self.stdout.write("The index and plain SQL answer alike, and no byte of the index is damaged.")
        else:
            self.stdout.write("No answers were compared. No byte of the index is damaged.")

    def _asked(self, number: int, seed: int, seconds: float) -> Tally:
        """Ask, and tell every difference and what was asked."""
        began = time.monotonic()
        tally: Tally = Counter()
        self.stdout.write(f"Asking {number:,} questions for up to {seconds:g} s (--seed {seed}) ...")
        with tqdm(total=len(KINDS) * number, unit=" answers", disable=None, leave=False) as bar:
            for one in checking.compared(number, seed, seconds):
                tally[one.kind, one.outcome] += 1
                bar.update()
                if one.outcome is Outcome.DIFFERENT:
                    bar.clear()
                    self.stdout.write(str(one))
        compared = {kind: sum(tally[kind, outcome] for outcome in _COMPARED) for kind in KINDS}
        self.stdout.write(f"Compared in {time.monotonic() - began:,.0f} s: {_told(compared)}.")
        for words, some in _left_out(tally, number, seconds / SHARE).items():
            if any(some.values()):
                self.stdout.write(f"{words}: {_told(some)}.")
        self.stdout.write("Never compared: suggestions, directories, works like others.")
        return tally


def _left_out(tally: Tally, number: int, limit: float) -> dict[str, dict[str, int]]:
    """What was not compared, by why not."""
    asked = {kind: sum(tally[kind, outcome] for outcome in Outcome) for kind in KINDS}
    return {
        f"Given up, since plain SQL took too long (up to {limit:g} s each)": {
            kind: tally[kind, Outcome.GIVEN_UP] for kind in KINDS
        },
        "Passed over, since changes came between or wait for the next snapshot": {
            kind: tally[kind, Outcome.UNSETTLED] for kind in KINDS
        },
        "Left out when the time was up": {kind: number - asked[kind] for kind in KINDS},
    }


def _told(numbers: Mapping[str, int]) -> str:
    """Numbers of answers in words."""
    return ", ".join(f"{number:,} {_CALLED[kind][number != 1]}" for kind, number in numbers.items())
