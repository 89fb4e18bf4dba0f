"""Books with one chapter in each document: the documents as chapters, with their own headings as titles."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from lxml import etree

from archive import clean
from archive.formats.epub import Book
from archive.formats.epub.book import Document
from archive.formats.fanficfare.parts import FAILED, Part
from archive.formats.markup import Element, drop, inner, words
from archive.parsed import ParsedPicture, Refused

_OF_ALL_PARAGRAPHS = {"justify", "left"}
"""How a style sheet sets any paragraph, which says nothing of the text."""


@dataclass(slots=True)
class Leaf:
    """One document that is a chapter. Its heading is taken out of the tree and has become the title."""

    name: str
    number: int
    title: str
    body: Element
    address: str = ""
    notes: dict[str, str] = field(default_factory=dict)


class Cleaner:
    """Makes the documents of a book fit to be kept, with their pictures and with their links to one another.

    `numbers` says which chapter each document is. `pictures` are those that were shown so far.
    """

    def __init__(self, book: Book, numbers: Mapping[str, int]) -> None:
        self._book = book
        self._numbers = numbers
        self._pictures: dict[str, ParsedPicture] = {}

    @property
    def pictures(self) -> tuple[ParsedPicture, ...]:
        """Each picture once, in the order of the book."""
        return tuple(self._pictures.values())

    def of(self, name: str, root: Element) -> Callable[[str], str]:
        """What cleans markup of one document, given with its tree."""
        pictures = self._book.pictures(name, root)
        places = self._book.places(name, self._numbers, root)
        classes = looks(self._book.classes(name, root))
        self._pictures |= {picture.sha256: picture for picture in pictures.values()}
        return lambda markup: clean.html(markup, pictures=pictures, places=places, classes=classes)


def looks(classes: Mapping[str, str]) -> dict[str, str]:
    """What a style sheet says of classes, but for what it says of all paragraphs."""
    left = {name: [word for word in said.split() if word not in _OF_ALL_PARAGRAPHS] for name, said in classes.items()}
    return {name: " ".join(said) for name, said in left.items() if said}


def leaf(book: Book, document: Document, number: int) -> Leaf:
    """A document as a chapter; one that is damaged is a chapter that failed."""
    root = tree(book, document.name)
    if root is None:
        return Leaf(document.name, number, document.title, etree.Element("body"), FAILED)
    body = body_of(root)
    return Leaf(document.name, number, opening_heading(body) or document.title, body)


def parts(book: Book, leaves: Sequence[Leaf]) -> tuple[list[Part], tuple[ParsedPicture, ...]]:
    """The chapters, cleaned, and the pictures in them."""
    cleaner = Cleaner(book, {one.name: one.number for one in leaves})
    found = [
        Part(one.number, one.title, cleaner.of(one.name, _root(one.body))(inner(one.body)), one.address, one.notes)
        for one in leaves
    ]
    return found, cleaner.pictures


def tree(book: Book, name: str) -> Element | None:
    """The tree of a document; None when it is damaged, or not there."""
    try:
        return book.markup(name) if name else None
    except Refused:
        return None


def body_of(root: Element) -> Element:
    """The body of a document."""
    return next(root.iter("body"), root)


def _root(body: Element) -> Element:
    root: Element = body.getroottree().getroot()
    return root


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
