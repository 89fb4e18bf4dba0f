"""What a reader may know of a work: every room of the door asks it here before it says more."""

from collections.abc import Collection

from archive import discretion, duplicates
from archive.access import Hidden, Moved, Reader, Sight, Standing, Verdict, admit, verdict
from archive.blurbs import fetch
from archive.shown import Blurb
from archive.visible import sight


def admitted(reader: Reader, number: int) -> tuple[Sight, Standing, Blurb]:
    """A work that is open to this reader. Raises Hidden, Moved or Gated."""
    seen, standing, blurb = known(reader, number)
    admit(seen, standing)
    return seen, standing, blurb


def known(reader: Reader, number: int) -> tuple[Sight, Standing, Blurb]:
    """A work that this reader may know of. Raises Hidden, or Moved when it is now part of one that they may know of."""
    seen = sight(reader)
    if found := _visible(seen, number):
        return seen, *found
    stays = duplicates.joined_to(number)  # asked for hidden works too, so that they take as long as missing ones
    if stays and _visible(seen, stays):
        raise Moved(stays)
    raise Hidden


def fetched(seen: Sight, ids: Collection[int]) -> discretion.Found:
    """Standings and blurbs of works, not yet judged, told as this reader wants them."""
    return discretion.told(seen, fetch(ids))


def _visible(seen: Sight, number: int) -> tuple[Standing, Blurb] | None:
    found = fetched(seen, [number]).get(number)
    return found if found and verdict(seen, found[0]) is not Verdict.HIDDEN else None
