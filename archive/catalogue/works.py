"""Works, opened: their text and pictures, what is like them, and the gate before them."""

from collections.abc import Callable

from archive import discretion, index, reading
from archive.access import Asking, Hidden, Reader, Sight, Standing, Verdict, asking, at_stake, guarded, listed, verdict
from archive.catalogue.known import admitted, fetched, known
from archive.models import Tag
from archive.past.admitted import Past
from archive.past.sources import several
from archive.shown import Blurb, Gate, Picture, WorkPage

_MOST_ALIKE = 5


def work(reader: Reader, number: int) -> WorkPage:
    """A work opened at its first chapter, or the whole of a short one. Raises Hidden or Gated."""
    return _opened(reader, number, lambda places, words: places if words <= reading.SHORT else places[:1])


def chapter(reader: Reader, number: int, place: int) -> WorkPage:
    """One chapter of a work. Raises Hidden (also for a chapter that is not there) or Gated."""
    return _opened(reader, number, lambda places, _: [place] if place in places else [])


def whole(reader: Reader, number: int) -> WorkPage:
    """A work with all its chapters. Raises Hidden or Gated."""
    return _opened(reader, number, lambda places, _: places)


@index.soundly
def like(reader: Reader, number: int) -> tuple[Blurb, ...]:
    """Works like this one that open to this reader at once, likest first. Raises Hidden or Gated.

    A page behind a gate names no others: there are none for a work that is guarded.
    """
    seen, standing, _ = admitted(reader, number)
    if guarded(seen, standing):
        return ()
    ids = index.like(seen, number)
    found = fetched(seen, ids)
    opened = (found[one] for one in ids if one in found)
    opens = (blurb for one, blurb in opened if listed(seen, one) and verdict(seen, one) is Verdict.OPEN)
    return tuple(opens)[:_MOST_ALIKE]


def picture(reader: Reader, number: int, sha256: str) -> Picture:
    """A picture of a work, under the gates of its text. Raises Hidden (also for one that is not there) or Gated."""
    seen, standing = _illustrated(reader, number, sha256)
    found = reading.picture(number, sha256, gated=guarded(seen, standing))
    if found is None:
        raise Hidden
    _illustrated(reader, number, sha256)  # an import may have raised it between the verdict and the picture
    return found


def gate(reader: Reader, number: int, file: str = "") -> Gate:
    """What the gate before a work may say to this reader; `asking` is empty when nothing stands in the way.

    With a `file` it is the gate before that file and its text, where they are stricter than the work is now.
    """
    seen, standing, blurb = known(reader, number)
    if file and verdict(seen, standing) is Verdict.OPEN:
        standing, blurb = Past.of(seen, standing, blurb).before(file)
    asked = asking(seen, standing)
    found = Gate(
        work=number,
        file=file if standing.work < 0 else "",
        title=blurb.title,
        authors=blurb.authors,
        rating=blurb.rating,
        rating_stated=blurb.rating_stated,
        warnings=blurb.warnings,
        warnings_stated=blurb.warnings_stated,
        asking=asked,
        asking_tags=_tag_names(asked),
        stakes=at_stake(seen, standing),
        blurb=None if asked.rating else blurb,
        lang=blurb.lang,
        dir=blurb.dir,
    )
    return discretion.gate_told(reader, found)


def _opened(reader: Reader, number: int, choose: Callable[[list[int], int], list[int]]) -> WorkPage:
    """A work with the chapters chosen of those there are; `choose` is told how many words it has, too."""
    seen, standing, blurb = admitted(reader, number)
    lines = reading.contents(number)
    chosen = choose([line.number for line in lines], blurb.words)
    if not chosen:
        raise Hidden
    page = reading.opened(blurb, lines, chosen, gated=guarded(seen, standing))
    admitted(reader, number)  # an import may have raised it between the verdict and the text
    return page


def _illustrated(reader: Reader, number: int, sha256: str) -> tuple[Sight, Standing]:
    """How a picture of a work stands: one that only an older, stricter file brings asks for what that file states."""
    seen, standing, blurb = admitted(reader, number)
    if several(number):
        standing = Past.of(seen, standing, blurb).illustrated(sha256)
    return seen, standing


def _tag_names(asked: Asking) -> tuple[str, ...]:
    if not asked.tags:
        return ()
    return tuple(Tag.everything.filter(pk__in=asked.tags).order_by("key").values_list("name", flat=True))
