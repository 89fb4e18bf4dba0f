"""The door: every work that leaves the library leaves here, and everybody who asks says who they are."""

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import replace

from archive import changes as changelog
from archive import discretion, duplicates, elsewhere, feeds, handing, index, names, originals, presets, reading
from archive import limits as lowest
from archive.access import (
    Asking,
    Hidden,
    Moved,
    Reader,
    Sight,
    Standing,
    Verdict,
    admit,
    asking,
    at_stake,
    guarded,
    listed,
    nameable,
    verdict,
)
from archive.blurbs import fetch
from archive.browse import TAGS, BrowseQuery, Mode, Term
from archive.house import House, look_round
from archive.models import Author, Series, SitePolicy, Tag
from archive.passages import passages
from archive.past import comparing
from archive.past import history as told
from archive.past.admitted import Past
from archive.past.sources import several
from archive.policy import Limits, Policy, Preset
from archive.shelves import named_by, rules, shelf
from archive.shown import (
    Blurb,
    ChangesPage,
    Directory,
    Feed,
    Gate,
    Heading,
    HistoryPage,
    Original,
    Picture,
    Shelf,
    Suggested,
    VersionPage,
    WorkPage,
)
from archive.visible import sight, standings
from archive.workref import WorkRef

__all__ = [
    "WorkRef",
    "addresses",
    "author",
    "browse",
    "changes",
    "chapter",
    "choose",
    "copy",
    "directory",
    "feed",
    "gate",
    "history",
    "house",
    "like",
    "limits",
    "named",
    "original",
    "picture",
    "policy",
    "series",
    "suggest",
    "tag",
    "titles",
    "version",
    "whole",
    "work",
]

_MOST_ALIKE = 5


@index.soundly
@changelog.one_question()
def browse(reader: Reader, query: BrowseQuery) -> Shelf:
    """The shelf that answers a question, as far as this reader may see."""
    return _shelf(sight(reader), query, None)


@index.soundly
@changelog.one_question()
def feed(reader: Reader, query: BrowseQuery) -> Feed:
    """The newest works that a question finds. Of a work that would ask no summary is told."""
    seen = sight(reader)
    ids = feeds.ids(seen, query)
    found = _fetched(seen, ids)
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


def copy(reader: Reader, source: str, source_id: str) -> int:
    """Our copy of the work that has this home elsewhere; 0 when none may be named to this reader.

    To ask so is to search: adult works are not found before a reader agrees; what only their own rules set aside is.
    Whatever is there, as much is looked up.
    """
    seen, number = sight(reader), elsewhere.at(source, source_id)
    meant = number, duplicates.joined_to(number) or 0
    found = {one.work for one in standings(seen, meant) if nameable(seen, one)}
    return next((one for one in meant if one in found), 0)


@index.soundly
def named(reader: Reader, field: str, words: str) -> str | None:
    """The slug behind a name of something on this reader's shelves; None when there is none."""
    return named_by(sight(reader).unruled, field, words)


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
    seen, standing, _ = _known(reader, number)
    admit(seen, standing)
    if guarded(seen, standing):
        return ()
    ids = index.like(seen, number)
    found = _fetched(seen, ids)
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


def history(reader: Reader, number: int) -> HistoryPage:
    """Where a work comes from: facts, files, versions. Raises Hidden or Gated."""
    past = _past(reader, number)
    stand = [past.standing, *map(past.standing_of, past.files)]
    page = told.page(past, gated=any(guarded(past.seen, one) for one in stand))
    admit(*_known(reader, number)[:2])
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


def gate(reader: Reader, number: int, file: str = "") -> Gate:
    """What the gate before a work may say to this reader; `asking` is empty when nothing stands in the way.

    With a `file` it is the gate before that file and its text, where they are stricter than the work is now.
    """
    seen, standing, blurb = _known(reader, number)
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


@index.soundly
@changelog.one_question()
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
@changelog.one_question()
def author(reader: Reader, slug: str, query: BrowseQuery) -> Heading:
    """An author's page. Raises Hidden for an author of no listed work."""
    shelf = _standing_for(reader, Term("author", slug), query)
    return Heading("Author", Author.everything.get(slug=slug).name, shelf)


@index.soundly
@changelog.one_question()
def series(reader: Reader, number: int, query: BrowseQuery) -> Heading:
    """A series' page, in its own order. Raises Hidden for a series of no listed work."""
    shelf = _standing_for(reader, Term("series", str(number)), query)
    return Heading("Series", Series.everything.get(pk=number).title, shelf)


@index.soundly
def directory(
    reader: Reader, kind: str, *, letter: str = "", typed: str = "", by_count: bool = False, page: int = 1
) -> Directory:
    """The names of a kind from A to Z, or most used first, of those that a listed work stands under."""
    return names.directory(sight(reader), kind, names.Asked(letter, typed, by_count, page))


@index.soundly
def suggest(reader: Reader, kind: str | None, typed: str) -> tuple[Suggested, ...]:
    """Names of a kind (None: of any) that go on as typed, most used first; only such as a listed work carries."""
    return names.suggested(sight(reader), kind, typed)


def policy() -> Policy:
    """The site's policy; without its row the strictest."""
    return SitePolicy.in_force()


def choose(preset: Preset, by: str) -> None:
    """Set the policy to one that is ready-made, in the name of the keeper who does."""
    presets.choose(preset, by)


def limits() -> Limits:
    """How far strangers may look at most, whatever the policy says: as far as every member may."""
    return lowest.limits()


def house() -> House:
    """Look round the house."""
    return look_round()


def titles(reader: Reader, works: Collection[int]) -> dict[int, str]:
    """What works are called, those of them that may be named to this reader."""
    seen = sight(reader)
    return {pk: blurb.title for pk, (standing, blurb) in fetch(works).items() if nameable(seen, standing)}


def _fetched(seen: Sight, ids: Collection[int]) -> discretion.Found:
    """Standings and blurbs of works, not yet judged, told as this reader wants them."""
    return discretion.told(seen, fetch(ids))


def _known(reader: Reader, number: int) -> tuple[Sight, Standing, Blurb]:
    """A work that this reader may know of. Raises Hidden, or Moved when it is now part of one that they may know of."""
    seen = sight(reader)
    if known := _visible(seen, number):
        return seen, *known
    stays = duplicates.joined_to(number)  # asked for hidden works too, so that they take as long as missing ones
    if stays and _visible(seen, stays):
        raise Moved(stays)
    raise Hidden


def _visible(seen: Sight, number: int) -> tuple[Standing, Blurb] | None:
    found = _fetched(seen, [number]).get(number)
    return found if found and verdict(seen, found[0]) is not Verdict.HIDDEN else None


def _opened(reader: Reader, number: int, choose: Callable[[list[int], int], list[int]]) -> WorkPage:
    """A work with the chapters chosen of those there are; `choose` is told how many words it has, too."""
    seen, standing, blurb = _known(reader, number)
    admit(seen, standing)
    lines = reading.contents(number)
    chosen = choose([line.number for line in lines], blurb.words)
    if not chosen:
        raise Hidden
    page = reading.opened(blurb, lines, chosen, gated=guarded(seen, standing))
    admit(*_known(reader, number)[:2])  # an import may have raised it between the verdict and the text
    return page


def _past(reader: Reader, number: int) -> Past:
    """The past of a work that is open to this reader."""
    seen, standing, blurb = _known(reader, number)
    admit(seen, standing)
    return Past.of(seen, standing, blurb)


def _illustrated(reader: Reader, number: int, sha256: str) -> tuple[Sight, Standing]:
    """How a picture of a work stands: one that only an older, stricter file brings asks for what that file states."""
    seen, standing, blurb = _known(reader, number)
    admit(seen, standing)
    if several(number):
        standing = Past.of(seen, standing, blurb).illustrated(sha256)
    return seen, standing


def _tag_names(asked: Asking) -> tuple[str, ...]:
    if not asked.tags:
        return ()
    return tuple(Tag.everything.filter(pk__in=asked.tags).order_by("key").values_list("name", flat=True))


def _shelf(seen: Sight, query: BrowseQuery, fixed: Term | None) -> Shelf:
    answer = index.page(seen, query, [one for _, one in rules(seen)])
    laid = shelf(seen, query, answer, _judged(seen, answer.ids, query.sought), fixed)
    return discretion.shelf_told(seen.reader, laid)


def _judged(seen: Sight, ids: Iterable[int], sought: Iterable[Term]) -> Iterable[Blurb]:
    """Blurbs in this order; each work is judged once more as it stands now, whatever found it."""
    ids = list(ids)
    found = _fetched(seen, ids)
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
