"""What a document of a book is: part of its text, or one of the pages that books have around their text."""

import re

from archive.formats.epub import soup
from archive.formats.epub.book import Book
from archive.formats.markup import Element
from archive.vocabulary import fold

_AROUND = {
    "cover", "titlepage", "title-page", "halftitlepage", "halftitle", "half-title", "fulltitle", "toc", "toc-brief",
    "landmarks", "page-list", "loi", "lot", "loa", "lov", "copyright-page", "copyright", "copyright-notice", "imprint",
    "imprimatur", "colophon", "publisher-logo", "frontispiece",
}  # fmt: skip
"""Words of EPUB 3 (`epub:type`), EPUB 2 (the guide) and ARIA for pages that are no text of the work."""
_RIGHTS = re.compile(
    r"©|\(c\) ?\d{4}|all rights reserved|\bisbn\b|uncopyright|public domain|creative commons", re.IGNORECASE
)
_TITLES = {
    "", "cover", "title", "title page", "titlepage", "half title", "copyright", "copyright page", "rights", "imprint",
    "colophon", "legal notice", "uncopyright", "start", "information", "about this book", "front matter", "frontmatter",
}  # fmt: skip
"""What tables of contents call such pages, folded."""
_FEW, _SOME = 80, 600
"""Words of a title page at most, and of a page about rights."""
_WORD = re.compile(r"\w+")


def is_around(book: Book, name: str, root: Element, *, before_text: bool) -> bool:
    """Whether a document is a cover, a title page, a table of contents, or a page about rights.

    `before_text` says that no text came before it: only there are title pages known by what they say.
    """
    if _called(book, name, root) & _AROUND:
        return True
    text = soup.text(_body(root))
    if not text:
        return before_text or not any(True for _ in root.iter("img"))
    if _is_list_of_links(book, name, root, text):
        return True
    words = len(_WORD.findall(text))
    if not _may_be_around(book, name):
        return False
    if words <= _SOME and _RIGHTS.search(text) and (before_text or words <= _FEW):
        return True
    return before_text and words <= _FEW and _is_title_page(book, text)


def _called(book: Book, name: str, root: Element) -> set[str]:
    """Every word that the book has for the document."""
    item = book.items.get(name)
    called = {"toc"} if item and "nav" in item.properties else set()
    called.add(book.guide.get(name, ""))
    body = _body(root)
    outermost = [body, *(child for child in body if soup.local(child) in {"section", "div", "main", "article"})][:2]
    for element in outermost:
        called.update(soup.attribute(element, "type").lower().split())
        called.update(word.removeprefix("doc-") for word in soup.attribute(element, "role").lower().split())
    return called


def _may_be_around(book: Book, name: str) -> bool:
    """Whether what the table of contents calls a document leaves room for a title page: a chapter's title does not."""
    titles = {fold(entry.title) for entry in book.entries.get(name, ())}
    return titles <= _TITLES | {fold(book.metadata.title)}


def _is_list_of_links(book: Book, name: str, root: Element, text: str) -> bool:
    """A page that holds hardly anything but links into the book."""
    links = [link for link in root.iter("a") if book.resolve(soup.attribute(link, "href"), name) not in {"", name}]
    return len(links) > 2 and sum(_length(soup.text(link)) for link in links) * 10 > _length(text) * 7


def _length(text: str) -> int:
    return len(text) - text.count(" ")


def _is_title_page(book: Book, text: str) -> bool:
    folded, title = fold(text), fold(book.metadata.title)
    authors = [fold(author) for author in book.metadata.creators]
    return bool(title) and title in folded and (not authors or any(author in folded for author in authors))


def _body(root: Element) -> Element:
    return next(root.iter("body"), root)
