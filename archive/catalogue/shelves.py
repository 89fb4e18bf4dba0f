"""Shelves: the works that a question finds, and the pages that stand for a tag, an author, a series."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from archive import discretion, elsewhere, feeds, index, names
from archive.access import Hidden, Reader, Sight, Verdict, listed, verdict
from archive.browse import TAGS, BrowseQuery, Mode, Term
from archive.catalogue.known import fetched
from archive.changes import one_question
from archive.models import Author, Series
from archive.passages import passages
from archive.shelves import rules, shelf
from archive.shown import Blurb, Feed, Heading, Shelf
from archive.visible import sight


@index.soundly
@one_question()
def browse(reader: Reader, query: BrowseQuery) -> Shelf:
    """The shelf that answers a question, as far as this reader may see."""
    return _shelf(sight(reader), query, None)


@index.soundly
@one_question()
def feed(reader: Reader, query: BrowseQuery) -> Feed:
    """The newest works that a question finds. Of a work that would ask no summary is told."""
    seen = sight(reader)
    ids = feeds.ids(seen, query)
    found = fetched(seen, ids)
    known = [found[one] for one in ids if one in found and listed(seen, found[one][0])]
    told = (
        blurb if verdict(seen, standing) is Verdict.OPEN else replace(blurb, summary="") for standing, blurb in known
    )
    return feeds.feed(seen, query, tuple(told))


@index.soundly
def addresses(reader: Reader, query: BrowseQuery) -> Iterator[str]:
    """Where the works that a question finds live elsewhere, in its order: those on this reader's shelves."""
    seen = sight(reader)
    return elsewhere.addresses(seen, index.ids(seen, query))


@index.soundly
@one_question()
def tag(reader: Reader, kind: str, slug: str, query: BrowseQuery) -> Heading:
    """A tag's page. A merged tag says where it has gone. Raises Hidden for a tag that no listed work carries."""
    if kind not in TAGS:  # other fields read their values, and err over what is none
        raise Hidden
    seen, term = sight(reader), Term(kind, slug)
    found = names.tag(seen.unruled, kind, slug)
    if not _stands(seen, term) or not found:  # both are asked, so that hidden tags take as long as missing ones
        raise Hidden
    shelf = _shelf_of(seen, term, query)
    return Heading(found.label, found.name, shelf, found.moved_to, names.kin(seen, found, shelf))


@index.soundly
@one_question()
def author(reader: Reader, slug: str, query: BrowseQuery) -> Heading:
    """An author's page. Raises Hidden for an author of no listed work."""
    shelf = _standing_for(reader, Term("author", slug), query)
    return Heading("Author", Author.everything.get(slug=slug).name, shelf)


@index.soundly
@one_question()
def series(reader: Reader, number: int, query: BrowseQuery) -> Heading:
    """A series' page, in its own order. Raises Hidden for a series of no listed work."""
    shelf = _standing_for(reader, Term("series", str(number)), query)
    return Heading("Series", Series.everything.get(pk=number).title, shelf)


def _shelf(seen: Sight, query: BrowseQuery, fixed: Term | None) -> Shelf:
    answer = index.page(seen, query, [one for _, one in rules(seen)])
    laid = shelf(seen, query, answer, _judged(seen, answer.ids, query.sought), fixed)
    return discretion.shelf_told(seen.reader, laid)


def _judged(seen: Sight, ids: Iterable[int], sought: Iterable[Term]) -> Iterable[Blurb]:
    """Blurbs in this order; each work is judged once more as it stands now, whatever found it."""
    ids = list(ids)
    found = fetched(seen, ids)
    known = [found[number] for number in ids if number in found and listed(seen, found[number][0])]
    snippets = passages(seen, sought, (standing for standing, _ in known))
    return (replace(blurb, snippet=snippets.get(blurb.id, ())) for _, blurb in known)


def _standing_for(reader: Reader, term: Term, query: BrowseQuery) -> Shelf:
    """The shelf of a page that stands for one condition. Raises Hidden when no listed work meets it."""
    seen = sight(reader)
    if not _stands(seen, term):
        raise Hidden
    return _shelf_of(seen, term, query)


def _stands(seen: Sight, term: Term) -> bool:
    """Whether there is a page for it: also for what their own rules set aside, which it then says."""
    return index.count(seen.unruled, BrowseQuery().adding(Mode.ALL, term)) > 0


def _shelf_of(seen: Sight, term: Term, query: BrowseQuery) -> Shelf:
    return _shelf(seen, query.adding(Mode.ALL, term).on_page(query.page), term)
