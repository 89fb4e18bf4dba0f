"""What lies beside a work and states more about it: the formats of side-cars, each read as one work without text."""

from collections.abc import Callable
from dataclasses import dataclass

from archive.formats import calibre_row
from archive.formats.fanficfare.sidecar import read_sidecar
from archive.parsed import ParsedWork


@dataclass(frozen=True, slots=True)
class Beside:
    """One kind of side-car. `read` gives None for what states nothing; `version` grows when it reads otherwise."""

    name: str
    version: int
    read: Callable[[bytes], ParsedWork | None]


CALIBRE = Beside("calibre", 1, calibre_row.read)
FANFICFARE = Beside("fanficfare-json", 1, read_sidecar)

BESIDE = {kind.name: kind for kind in (CALIBRE, FANFICFARE)}
"""Every kind by its name."""


def is_side_car(data: bytes) -> bool:
    """Whether the bytes of a JSON file are those that FanFicFare writes beside a book."""
    return data.lstrip().startswith(b"{") and b'"storyUrl"' in data and b'"formatname"' in data
