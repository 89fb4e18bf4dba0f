"""FicHub's books: EPUB 3 with a page called Introduction, and the page of HTML that it zips.

The facts are those of its templates (`epub_introduction.html`, `full_fic.html`) and of `ebook.py`. It states neither
tags nor fandoms; a rating only where a site's own line of facts has one (`Rated: Fiction M - English - ...`).
"""

import re
from collections.abc import Iterator, Sequence

from archive import clean, languages
from archive.formats import markup, values
from archive.formats.books.leaves import body_of, leaf, opening_heading, parts, tree
from archive.formats.epub import Book
from archive.formats.fanficfare.parts import Part
from archive.formats.fanficfare.titlepage import KEPT, Row, TitlePage, unquoted
from archive.formats.fanficfare.work import work_of
from archive.formats.format import Format
from archive.formats.markup import Element, words
from archive.formats.source import Source
from archive.parsed import ParsedPicture, ParsedWork, Refused

_MARK = "Exported with the assistance of"
_INTRODUCTION = re.compile(r"(?:.*/)?introduction\.xhtml")
_DOCUMENT = re.compile(r"(?:.*/)?chap_(\d{1,6})\.xhtml")
_SECTION = re.compile(r"<div id=\"chap_(\d{1,6})\">\s*<div class=\"chapter_nav\">.{0,2000}?</div>", re.DOTALL)
_END = '<a href="#contents-list">'
"""The link behind the last chapter; what is left of the divisions, the cleaner closes."""
_START = re.compile(rb"\s*<!doctype html>\s*<html", re.IGNORECASE)
_FIELDS = {
    "Status": "status", "Published": "published", "Updated": "updated", "Words": "words", "Chapters": "chapters",
    "Original source": "url",
}  # fmt: skip
_FACTS = {
    "Rated": "ratings", "Language": "language", "Genre": "freeforms", "Characters": "characters",
    "Published": "", "Updated": "", "Chapters": "", "Words": "", "id": "", "Status": "",
}  # fmt: skip
"""What the line of a site states; what FicHub states itself is empty here, as its own word counts."""
_GENRES = {
    "adventure", "angst", "crime", "drama", "family", "fantasy", "friendship", "general", "horror", "humor",
    "hurt/comfort", "mystery", "parody", "poetry", "romance", "sci-fi", "spiritual", "supernatural", "suspense",
    "tragedy", "western",
}  # fmt: skip
"""The genres of fanfiction.net and FictionPress."""
_GENRE = re.compile(r"Hurt/Comfort|[^/&]+")
_PAIR = re.compile(r"\[([^\[\]]{1,300})\]")


def _recognises_book(source: Source) -> bool:
    book = Book.of(source)
    page = _introduction(book) if book else None
    return page is not None and _MARK in words(page)


def _introduction(book: Book) -> Element | None:
    name = next((one.name for one in book.spine if _INTRODUCTION.fullmatch(one.name)), "")
    root = tree(book, name)
    return None if root is None else body_of(root)


def _read_book(source: Source) -> Iterator[ParsedWork | Refused]:
    book = Book.of(source)
    introduction = _introduction(book) if book else None
    if book is None or introduction is None:
        return
    found = []
    for document in book.spine:
        if name := _DOCUMENT.fullmatch(document.name):
            found.append(leaf(book, document, int(name[1])))
    yield _work(_title_page(introduction), *parts(book, found))


def _recognises_page(source: Source) -> bool:
    if not _START.match(source.head) or source.encoding_failed:
        return False
    return _MARK in source.text and _SECTION.search(source.text) is not None


def _read_page(source: Source) -> Iterator[ParsedWork | Refused]:
    text = clean.mend(source.text)
    starts = list(_SECTION.finditer(text))
    last = text.rfind(_END, starts[-1].end())
    ends = [*(start.start() for start in starts[1:]), len(text) if last < 0 else last]
    page = _title_page(body_of(markup.parse(text[: starts[0].start()])))
    found = []
    for start, end in zip(starts, ends, strict=True):
        body = body_of(markup.parse(text[start.end() : end]))
        title = opening_heading(body)
        found.append(Part(int(start[1]), title, clean.html(markup.inner(body))))
    yield _work(page, found)


def _work(page: TitlePage, found: Sequence[Part], pictures: tuple[ParsedPicture, ...] = ()) -> ParsedWork | Refused:
    try:
        return work_of(page, found, pictures)
    except Refused as refused:
        return refused


def _title_page(page: Element) -> TitlePage:
    """Title, author, summary and facts, in this order; whatever looks like a fact in the summary is none."""
    children = list(page)
    heading = next((at for at, child in enumerate(children) if child.tag == "h1"), 0)
    facts = _first_fact(children)
    title = words(children[heading]) if children else ""
    author, summary = "", []
    for child in children[heading + 1 : facts]:
        text = words(child)
        if not author and text.lower().startswith(("by: ", "by ")):
            author = text.partition(" ")[2]
        else:
            summary.append(f"<{child.tag}>{markup.inner(child)}</{child.tag}>")
    rows = [row for child in children[facts:] if child.tag == "p" for row in _rows(words(child))]
    return TitlePage(
        title=values.line(title),
        authors=(author,) if author else (),
        address=next((row.value for row in rows if row.field == "url"), ""),
        rows=tuple(row for row in rows if row.field != "url"),
        summary=unquoted(clean.html("\n".join(summary))),
    )


def _first_fact(children: Sequence[Element]) -> int:
    """Where the facts begin: the last paragraph of `Status:` before `Published:`, or of `Original source:`."""
    for first, second in (("Status: ", "Published: "), ("Original source:", "Chapters: ")):
        for at in range(len(children) - 2, -1, -1):
            if words(children[at]).startswith(first) and words(children[at + 1]).startswith(second):
                return at
    return len(children)


def _rows(text: str) -> Iterator[Row]:
    """The facts of one paragraph: one of FicHub's own, or a site's line of many."""
    label, _, value = text.partition(":")
    if field := _FIELDS.get(label):
        yield Row(label, value.strip(), field)
    elif text.startswith("Rated:") or " - " in text:
        for fact in text.split(" - "):
            yield from _fact(fact.strip())


def _fact(fact: str) -> Iterator[Row]:
    """One fact of a site's line. Language, genre and characters have no label on fanfiction.net."""
    label, _, value = fact.partition(": ")
    if value:
        if label == "Genre":
            yield Row(label, ", ".join(_genres(value)), "freeforms")
        elif label == "Characters":
            yield from _characters(value)
        elif _FACTS.get(label, label):
            yield Row(label, value, _FACTS.get(label, KEPT))
    elif languages.code(fact):
        yield Row("Language", fact, "language")
    elif (genres := _genres(fact)) and all(genre.casefold() in _GENRES for genre in genres):
        yield Row("Genre", ", ".join(genres), "freeforms")
    elif fact not in {"Complete", "In-Progress"}:
        yield from _characters(fact)


def _genres(value: str) -> list[str]:
    return [genre.strip() for genre in _GENRE.findall(value)]


def _characters(value: str) -> Iterator[Row]:
    """Characters, and pairs of them in brackets: `[Ada B., Tom H.] Cat`."""
    for pair in _PAIR.findall(value):
        yield Row("Relationships", "/".join(values.names(pair)), "relationships")
    yield Row(
        "Characters", ", ".join(part.strip() for part in re.split(r"[\[\],&]", value) if part.strip()), "characters"
    )


BOOK = Format(name="fichub-epub", version=1, recognises=_recognises_book, read=_read_book)
PAGE = Format(name="fichub-html", version=1, recognises=_recognises_page, read=_read_page)
