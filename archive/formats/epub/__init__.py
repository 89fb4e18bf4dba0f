"""EPUB 2 and 3 as books: `Book.of(source)` opens one, whatever wrote it; the formats built on it read the works.

book = Book.of(source)
book.metadata.title, book.metadata.identifiers, book.toc
for document in book.spine:
    book.markup(document.name)  # an lxml tree
"""

from archive.formats.epub.book import Book, Document, unopened
from archive.formats.epub.contents import Entry
from archive.formats.epub.metadata import Contributor, Identifier, Metadata
from archive.formats.epub.package import Item

__all__ = ["Book", "Contributor", "Document", "Entry", "Identifier", "Item", "Metadata", "unopened"]
