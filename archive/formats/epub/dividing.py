"""Chapters of a book whose makers are not known: its documents, joined and split as its table of contents tells."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from posixpath import dirname

from lxml import etree

from archive.formats.epub import soup
from archive.formats.epub.book import Book, Document
from archive.formats.epub.contents import Entry
from archive.formats.epub.matter import is_around
from archive.formats.epub.sewing import sew
from archive.formats.markup import Element
from archive.vocabulary import fold

_HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
_MOST_HEADINGS = 4
_SPLIT = re.compile(r"_split_\d+\.\w+$", re.IGNORECASE)
_SIGNS = re.compile(r"[\W_]+")


@dataclass(slots=True)
class Piece:
    """A document, or the part of one that belongs to one chapter: where it comes from, and its body."""

    name: str
    body: Element
    fragments: set[str]
    """The ids in it."""


@dataclass(slots=True)
class Chapter:
    """What makes up one chapter, in order; the title is empty when there is none."""

    title: str = ""
    pieces: list[Piece] = field(default_factory=list)


def chapters(book: Book) -> list[Chapter]:
    """The chapters in order, headings that only repeat their titles taken out.

    A document that the table of contents names begins a chapter, and several where it names several places of one
    depth in it. One that it does not name goes on from the document before, unless it has a heading of its own.
    Covers, title pages and their like are left out, unless there is nothing else.
    """
    trees = [(document, book.markup(document.name)) for document in book.spine]
    found = _divided(book, trees, everything=False) or _divided(book, trees, everything=True)
    return _with_parts(found)


def sewn(pieces: list[Piece]) -> list[Piece]:
    """The same pieces; those that calibre cut from one document are one again, as far as no folder parts them."""
    found: list[Piece] = []
    for piece in pieces:
        if found and _SPLIT.search(piece.name) and dirname(piece.name) == dirname(found[-1].name):
            sew(found[-1].body, piece.body)
        else:
            found.append(piece)
    return found


def _divided(book: Book, trees: list[tuple[Document, Element]], *, everything: bool) -> list[Chapter]:
    found: list[Chapter] = []
    for document, root in trees:
        if not everything and is_around(book, document.name, root, before_text=not found):
            continue
        body = next(root.iter("body"), root)
        pieces = list(_pieces(document.name, body, book.entries.get(document.name, ())))
        for title, piece in pieces:
            if title is None and found and not _begins(piece, bool(book.toc)):
                found[-1].pieces.append(piece)
            else:
                found.append(Chapter(title or _own_heading(piece.body), [piece]))
    for chapter in found:
        _drop_heading(chapter.pieces[0].body, chapter.title)
    return found


def _begins(piece: Piece, has_toc: bool) -> bool:
    """Whether a document that the table of contents does not name is a chapter of its own."""
    if _own_heading(piece.body):
        return True
    return not has_toc and not _SPLIT.search(piece.name)


def _pieces(name: str, body: Element, entries: Sequence[Entry]) -> Iterator[tuple[str | None, Piece]]:
    """A document as one piece, or split where the table of contents says that chapters begin."""
    starts = _starts(body, entries)
    if len(starts) < 2:
        yield (entries[0].title if entries else None), Piece(name, body, _ids(body))
        return
    parts = []
    for title, element in reversed(starts[1:]):
        parts.append((title, _split_off(element, body)))
    parts.append((starts[0][0], body))
    for title, part in reversed(parts):
        yield title, Piece(name, part, _ids(part))


def _starts(body: Element, entries: Sequence[Entry]) -> list[tuple[str, Element]]:
    """The places where chapters begin, each with its title: those of the least depth in this document."""
    least = min((entry.depth for entry in entries), default=0)
    by_id: dict[str, Element] = {}
    order: dict[str, int] = {}
    for number, element in enumerate(body.iter()):
        for fragment in {element.get("id"), element.get("name")} - {None, ""}:
            by_id.setdefault(str(fragment), element)
            order.setdefault(str(fragment), number)
    found: dict[int, tuple[str, Element]] = {}
    for entry in entries:
        if entry.depth == least:
            element = by_id.get(entry.fragment, body)
            found.setdefault(order.get(entry.fragment, 0), (entry.title, element))
    return [found[number] for number in sorted(found)]


def _split_off(element: Element, body: Element) -> Element:
    """Everything from an element on, taken out of the body into one of its own, inside of copies of what is around."""
    moved = [element, *element.itersiblings()]
    parent = element.getparent()
    while parent is not None:
        shell = etree.Element(parent.tag, {str(key): str(value) for key, value in parent.items() if key != "id"})
        shell.extend(moved)
        if parent is body:
            return shell
        shell.tail, parent.tail = parent.tail, None
        moved = [shell, *parent.itersiblings()]
        parent = parent.getparent()
    return body


def _ids(body: Element) -> set[str]:
    return {str(found) for element in body.iter() for found in (element.get("id"), element.get("name")) if found}


def _own_heading(body: Element) -> str:
    """The heading that a document opens with, if it is one of the first two ranks."""
    found = _first_headings(body)
    if found and any(soup.local(element) in {"h1", "h2"} for element in found[0].iter()):
        return soup.text(found[0])
    return ""


def _first_headings(body: Element) -> list[Element]:
    """The headings before any other text, the outermost element for each; or the one paragraph that is in their place.

    A paragraph is none unless it turns out to say the title.
    """
    found: list[Element] = []
    inside: Element | None = None
    for event, element in etree.iterwalk(body, events=("start", "end")):
        if event == "end":
            inside = None if element is inside else inside
            if inside is None and element is not body and (element.tail or "").strip():
                break
        elif inside is None:
            if soup.local(element) in _HEADINGS | {"hgroup"} or (element.tag == "p" and not found):
                inside = element
                if soup.text(element):
                    found.append(element)
            elif (element.text or "").strip() or soup.local(element) in {"img", "hr", "p"}:
                break
        if len(found) > _MOST_HEADINGS or (found and found[0].tag == "p"):
            break
    return found


def _drop_heading(body: Element, title: str) -> None:
    """Take out the headings that say the title once more, and nothing else."""
    headings, wanted = _first_headings(body), _bare(title)
    for count in range(1, len(headings) + 1 if wanted else 0):
        if _bare(" ".join(map(soup.text, headings[:count]))) == wanted:
            for heading in headings[:count]:
                if not any(True for _ in heading.iter("img")):
                    _hollow(heading)
            return


def _hollow(element: Element) -> None:
    """Leave of an element only the places in it that links may lead to."""
    names = [name for inner in element.iter() for name in (inner.get("id"), inner.get("name")) if name]
    tail = element.tail
    element.clear()
    element.tag, element.tail = "div", tail
    for name in names:
        etree.SubElement(element, "a", {"id": name})


def _bare(words: str) -> str:
    return _SIGNS.sub("", fold(words))


def _with_parts(found: Iterable[Chapter]) -> list[Chapter]:
    """A chapter that is nothing but its title, such as "Part One", gives its title to the next."""
    kept: list[Chapter] = []
    above = ""
    for chapter in found:
        empty = not any(soup.text(piece.body) or any(True for _ in piece.body.iter("img")) for piece in chapter.pieces)
        if empty:
            above = f"{above}: {chapter.title}".strip(": ")
            continue
        if above:
            chapter.title, above = f"{above}: {chapter.title}".strip(": "), ""
        kept.append(chapter)
    return kept
