"""The past of a work: where it comes from, its older texts and what changed since, and its originals."""

from dataclasses import replace

from archive import discretion, handing, originals
from archive.access import Reader, guarded
from archive.catalogue.known import admitted
from archive.past import comparing
from archive.past import history as told
from archive.past.admitted import Past
from archive.shown import ChangesPage, HistoryPage, Original, VersionPage


def history(reader: Reader, number: int) -> HistoryPage:
    """Where a work comes from: facts, files, versions. Raises Hidden or Gated."""
    past = _past(reader, number)
    stand = [past.standing, *map(past.standing_of, past.files)]
    page = told.page(past, gated=any(guarded(past.seen, one) for one in stand))
    admitted(reader, number)  # an import may have raised it between the verdict and the page
    return replace(page, facts=discretion.facts_told(reader, page.facts))


def version(reader: Reader, number: int, older: int, place: int | None = None, *, whole: bool = False) -> VersionPage:
    """An older text of a work: a chapter of it, its first, or all. Raises Hidden or Gated."""
    past = _past(reader, number)
    kept, gated = past.opened(older)
    page = comparing.opened(past, kept, place, whole=whole, gated=gated)
    _past(reader, number).opened(older)
    return page


def changes(reader: Reader, number: int, older: int, chapter: int | None = None, *, now: bool = False) -> ChangesPage:
    """What changed from an older text to the next one, or to the present. Raises Hidden or Gated."""
    past = _past(reader, number)
    kept, gated = past.opened(older)
    page = comparing.changes(past, kept, now=now, chapter=chapter)
    again = _past(reader, number)
    gates = [gated, *(again.opened(which)[1] for which in (older, page.after.number) if which)]
    return replace(page, gated=any(gates))


def original(reader: Reader, number: int, sha256: str) -> Original:
    """A file that a work came from, for those who may have it. Raises Hidden or Gated."""
    past = _past(reader, number)
    file = told.handed_out(past, sha256)
    authors = [one.name for one in past.blurb.authors]
    try:
        pieces = originals.Pieces(sha256)
    except (OSError, EOFError):
        return Original(past.blurb, "", 0, None)
    try:
        told.handed_out(_past(reader, number), sha256)
    except BaseException:
        pieces.close()
        raise
    return Original(past.blurb, handing.file_name(past.blurb.title, authors, pieces.head), file.size, pieces)


def _past(reader: Reader, number: int) -> Past:
    """The past of a work that is open to this reader."""
    return Past.of(*admitted(reader, number))
