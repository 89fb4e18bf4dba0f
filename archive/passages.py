"""Where in the texts of works a search was found, as far as a reader may be shown it: here that is decided, once."""

from collections.abc import Iterable, Mapping

from archive import search
from archive.access import Sight, Standing, Verdict, verdict
from archive.browse import Term
from archive.search.words import phrases
from archive.shown import Piece
from archive.visible import open_to


def passages(seen: Sight, sought: Iterable[Term], known: Iterable[Standing]) -> Mapping[int, tuple[Piece, ...]]:
    """The places by work: of works that are OPEN to this reader, and of no others, ever."""
    wanted = [phrase for term in sought if term.field in {"search", "text"} for phrase in phrases(term.value)]
    opened = [one.work for one in known if verdict(seen, one) is Verdict.OPEN] if wanted else []
    if not opened:
        return {}
    found = search.snippets(wanted, opened)
    still = open_to(seen).filter(pk__in=found).values_list("pk", flat=True)  # an import may have raised one since
    return {work: found[work] for work in still}
