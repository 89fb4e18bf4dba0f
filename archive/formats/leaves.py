"""Books with one chapter in each document: the documents as chapters, with their own headings as titles."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from lxml import etree

from archive import clean
from archive.formats.epub import Book
from archive.formats.epub.book import Document
from archive.formats.fanficfare.parts import FAILED, Part
from archive.formats.markup import Element, drop, inner, words
from archive.parsed import Refused


@dataclass(slots=True)
class Leaf:
    """One document that is a chapter. Its heading is taken out of the tree and has become the title."""

    name: str
    number: int
    title: str
    body: Element
    address: str = ""
    notes: dict[str, str] = field(default_factory=dict)


def leaf(book: Book, document: Document, number: int) -> Leaf:
    """A document as a chapter; one that is damaged is a chapter that failed."""
    root = tree(book, document.name)
    if root is None:
        return Leaf(document.name, number, document.title, etree.Element("body"), FAILED)
    body = body_of(root)
    return Leaf(document.name, number, opening_heading(body) or document.title, body)


def parts(book: Book, leaves: Sequence[Leaf]) -> Iterator[Part]:
    """The chapters, cleaned."""
    for one in leaves:
        yield Part(one.number, one.title, clean.html(inner(one.body)), one.address, one.notes)


def tree(book: Book, name: str) -> Element | None:
    """The tree of a document; None when it is damaged, or not there."""
    try:
        return book.markup(name) if name else None
    except Refused:
        return None


def body_of(root: Element) -> Element:
    """The body of a document."""
    return next(root.iter("body"), root)


def opening_heading(body: Element) -> str:
    """Take out the heading that a chapter opens with, whatever holds it; empty when it opens with anything else."""
    at = body
    while not (at.text or "").strip() and len(at):
        at = at[0]
        if at.tag in {"h1", "h2", "h3"}:
            title = words(at)
            drop(at)
            return title
        if at.tag not in {"div", "section", "article", "header"}:
            break
    return ""
