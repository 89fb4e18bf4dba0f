"""Books with a page of labels, a page of notes, a document a chapter, and end notes: `titlepage.html`, `notes.html`.

Their status says In-Progress even of works that are complete, so the count of chapters decides where it can.
"""

import re
from collections.abc import Iterator
from typing import Any

from archive import clean
from archive.formats import values
from archive.formats.books.leaves import Leaf, body_of, leaf, opening_heading, parts, tree
from archive.formats.epub import Book
from archive.formats.fanficfare.parts import settled
from archive.formats.fanficfare.titlepage import unquoted
from archive.formats.format import Format
from archive.formats.markup import Element, drop, fit, has_class, inner, words
from archive.formats.source import Source
from archive.formats.texts.header import Entry, Header
from archive.formats.texts.labels import field_of
from archive.formats.texts.statement import Statement
from archive.parsed import ParsedWork, Refused

_NAME = re.compile(r"(?:.*/)?(titlepage|notes|endnotes|chapter(\d{1,6}))\.x?html")
_FEWEST_LABELS = 3
_SUMMARY = "summary:"
_LABEL = re.compile(r"([^:]{1,40}):\s*(.*)", re.DOTALL)


def _recognises(source: Source) -> bool:
    book = Book.of(source)
    page = _page(book) if book else None
    known = {entry.field for entry in _entries(page)} - {""} if page is not None else set()
    return len(known) >= _FEWEST_LABELS and not known.isdisjoint({"fandoms", "ratings", "warnings"})


def _page(book: Book) -> Element | None:
    """The page of labels, where chapters are named as this layout names them."""
    kinds = {found[1]: one.name for one in book.spine if (found := _NAME.fullmatch(one.name))}
    if "titlepage" not in kinds or not any(kind.startswith("chapter") for kind in kinds):
        return None
    root = tree(book, kinds["titlepage"])
    return None if root is None else body_of(root)


def _read(source: Source) -> Iterator[ParsedWork | Refused]:
    book = Book.of(source)
    page = _page(book) if book else None
    if book and page is not None:
        yield book.told(lambda: _work(book, page))


def _work(book: Book, page: Element) -> ParsedWork:
    fields = _fields(book, page)
    leaves: list[Leaf] = []
    for document in book.spine:
        found = _NAME.fullmatch(document.name)
        if not found or found[1] == "titlepage":
            continue
        if found[2]:
            leaves.append(_chapter(leaf(book, document, int(found[2]))))
        elif (root := tree(book, document.name)) is not None:
            opening_heading(body_of(root))
            fields["notes" if found[1] == "notes" else "end_notes"] = _text(body_of(root))
    read, pictures = parts(book, leaves)
    chapters = settled(read, fields["title"])
    return ParsedWork(**fields, chapters=chapters.chapters, partial=chapters.partial, pictures=pictures)


def _chapter(chapter: Leaf) -> Leaf:
    """A chapter without the words for screen readers that AO3 puts before the text."""
    for heading in list(chapter.body.iter("h2", "h3")):
        if has_class(heading, "landmark"):
            drop(heading)
    if chapter.title == "Work Text:":
        chapter.title = ""
    return chapter


def _fields(book: Book, page: Element) -> dict[str, Any]:
    title, authors, address = _heading(next(page.iter("h1", "h2", "h3"), None))
    entries = [entry for entry in _entries(page) if entry.field != "summary"]
    if any(entry.field == "chapters" and "/" in entry.value for entry in entries):
        entries = [entry for entry in entries if not _says_in_progress(entry)]
    statement = Statement(Header([Entry("URL", "url", address), *entries]))
    stated = book.metadata
    facts = {"title": title or stated.title or "Untitled", "authors": authors or stated.creators}
    return {**statement.fields, **facts, "summary": _summary(page), "extra": statement.extra}


def _heading(heading: Element | None) -> tuple[str, tuple[str, ...], str]:
    """Title, authors and address from `<a href=..>Title</a> by Author, Author`."""
    links = list(heading.iter("a")) if heading is not None else []
    if not links:
        return "", (), ""
    title = words(links[0])
    byline = words(heading).removeprefix(title).strip().removeprefix("by ")
    return title, tuple(map(words, links[1:])) or values.names(byline), str(links[0].get("href") or "")


def _says_in_progress(entry: Entry) -> bool:
    return entry.field == "status" and entry.value.casefold() == "in-progress"


def _entries(page: Element) -> list[Entry]:
    """The labels of a page; inside of the summary nothing is one."""
    found: list[Entry] = []
    for child in page.iter("p"):
        if any(_is_summary(above) for above in child.iterancestors("div")):
            continue
        if label := _LABEL.fullmatch(words(child)):
            found.append(Entry(label[1], field_of(label[1]), label[2]))
    return found


def _is_summary(division: Element) -> bool:
    first = _first_text(division)
    return first is not None and (first.text or "").lstrip().casefold().startswith(_SUMMARY)


def _first_text(division: Element) -> Element | None:
    """The element that the first words of a division stand in."""
    return next((element for element in division.iter() if (element.text or "").strip()), None)


def _summary(page: Element) -> str:
    """What stands in the division of the summary, without its label."""
    found = next((division for division in page.iter("div") if _is_summary(division)), None)
    if found is None or (first := _first_text(found)) is None:
        return ""
    first.text = fit((first.text or "").lstrip()[len(_SUMMARY) :])
    return _text(found)


def _text(element: Element) -> str:
    return unquoted(clean.html(inner(element)))


FORMAT = Format(name="titlepage-notes", version=1, recognises=_recognises, read=_read)
