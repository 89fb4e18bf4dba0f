"""Links inside of a book, led to the chapters they mean."""

from urllib.parse import unquote

from archive.formats.epub.book import Book
from archive.formats.epub.dividing import Chapter, Piece
from archive.formats.markup import Element

_Place = tuple[str, str]
"""A document and a fragment of it; an empty fragment is its beginning."""


def linked(book: Book, chapters: list[Chapter]) -> list[Chapter]:
    """The same chapters: links to others are `chapter:N#id`, links within one are `#id`, and no other leads inside."""
    where: dict[_Place, int] = {}
    for number, chapter in enumerate(chapters, 1):
        for piece in chapter.pieces:
            for fragment in ("", *piece.fragments):
                where.setdefault((piece.name, fragment), number)
    for number, chapter in enumerate(chapters, 1):
        for piece in chapter.pieces:
            for link in piece.body.iter("a"):
                if place := _target(book, piece, link, where):
                    _lead(link, number, where[place], place[1])
    return chapters


def _target(book: Book, piece: Piece, link: Element, where: dict[_Place, int]) -> _Place | None:
    """Where a link leads inside of the book; None when it does not, or has no address."""
    address, _, fragment = str(link.get("href") or "").strip().partition("#")
    if not address and not fragment:
        return None
    name = book.resolve(address, piece.name) if address else piece.name
    for place in ((name, unquote(fragment)), (name, fragment), (name, "")):
        if place in where:
            return place
    if name:
        del link.attrib["href"]
    return None


def _lead(link: Element, here: int, there: int, fragment: str) -> None:
    """Write the address of a place; one that is the link's own chapter, and no place in it, is none."""
    if here == there and not fragment:
        del link.attrib["href"]
        return
    link.set("href", ("" if here == there else f"chapter:{there}") + (f"#{fragment}" if fragment else ""))
