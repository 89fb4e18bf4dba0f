"""Fimfiction's own books, and those of the Fimfarchive: `title.html` and `chapter-1.html`, or `Chapter1.html` alone.

They state the day of the last update, and on the title page tags and a description; no rating.
"""

import re
from collections.abc import Iterator

from archive import clean
from archive.formats import values
from archive.formats.books.leaves import Leaf, body_of, leaf, parts, tree
from archive.formats.epub import Book, Metadata
from archive.formats.fanficfare.titlepage import Row, TitlePage
from archive.formats.fanficfare.work import work_of
from archive.formats.format import Format
from archive.formats.homes import host_of
from archive.formats.markup import Element, by_id, drop, inner, words
from archive.formats.source import Source
from archive.parsed import ParsedWork, Refused

_SITE = "fimfiction.net"
_NAME = re.compile(r"(?:.*/)?(?:(title)|chapter[-_]?(\d{1,6}))\.x?html", re.IGNORECASE)
_NOTE = "author's note"


def _recognises(source: Source) -> bool:
    book = Book.of(source)
    if book is None or not _of_fimfiction(book.metadata):
        return False
    return any((found := _NAME.fullmatch(one.name)) and found[2] for one in book.spine)


def _of_fimfiction(stated: Metadata) -> bool:
    return stated.publisher.casefold() == "fimfiction" or bool(_address(stated))


def _address(stated: Metadata) -> str:
    places = (*stated.sources, *(one.value for one in stated.identifiers))
    return next((place for place in places if host_of(place) == _SITE), "")


def _read(source: Source) -> Iterator[ParsedWork | Refused]:
    if book := Book.of(source):
        yield book.told(lambda: _work(book))


def _work(book: Book) -> ParsedWork:
    leaves: list[Leaf] = []
    page: Element | None = None
    for document in book.spine:
        found = _NAME.fullmatch(document.name)
        if found and found[2]:
            leaves.append(_chapter(leaf(book, document, int(found[2]))))
        elif found and (root := tree(book, document.name)) is not None:
            page = body_of(root)
    return work_of(_title_page(book.metadata, page), *parts(book, leaves))


def _chapter(chapter: Leaf) -> Leaf:
    """A chapter without the author's note, which stands before or behind it in a division of its own."""
    if (content := by_id(chapter.body, "content")) is not None:
        del content.attrib["id"]
    note = by_id(chapter.body, "authors-note")
    if note is None:
        return chapter
    first = chapter.title.casefold() == _NOTE
    chapter.notes["notes" if first else "end_notes"] = clean.html(inner(note))
    drop(note)
    for heading in list(chapter.body.iter("h1")):
        if words(heading).casefold() != _NOTE:
            chapter.title = words(heading)
        drop(heading)
    rules = list(chapter.body.iterchildren("hr"))
    for rule in rules[:1] if first else rules[-1:]:
        drop(rule)
    return chapter


def _title_page(stated: Metadata, page: Element | None) -> TitlePage:
    rows = [Row("Updated", next(iter(stated.dates.values()), "")[:10], "updated")]
    summary = clean.html(stated.description)
    if page is not None:
        tags = next(page.iterchildren("ul"), None)
        rows += [Row("Tags", words(tag), "freeforms") for tag in (tags.iterchildren("li") if tags is not None else ())]
        summary = _description(page) or summary
    return TitlePage(
        title=stated.title or values.line(words(next(page.iter("h1"), None)) if page is not None else ""),
        authors=stated.creators,
        address=_address(stated),
        rows=tuple(rows),
        summary=summary,
    )


def _description(page: Element) -> str:
    """What stands behind the heading of the description."""
    heading = next((one for one in page.iterchildren("h2") if words(one) == "Description"), None)
    if heading is None:
        return ""
    return clean.html("".join(f"<{one.tag}>{inner(one)}</{one.tag}>" for one in heading.itersiblings()))


FORMAT = Format(name="fimfiction", version=1, recognises=_recognises, read=_read)
