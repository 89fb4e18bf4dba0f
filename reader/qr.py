"""QR codes as one line that is drawn: nothing inline, nothing fetched, nothing stored."""

from dataclasses import dataclass

import segno

QUIET = 4
"""Modules of margin that readers of QR codes need."""


@dataclass(frozen=True, slots=True)
class Drawing:
    """The side of the square, and the `d` of an SVG path that fills its dark modules."""

    side: int
    path: str


def draw(address: str) -> Drawing:
    """Draw an address."""
    rows = [list(row) for row in segno.make_qr(address, error="m").matrix]
    runs = [f"M{x + QUIET} {y + QUIET}h1v1h-1z" for y, row in enumerate(rows) for x, dark in enumerate(row) if dark]
    return Drawing(len(rows) + 2 * QUIET, "".join(runs))
