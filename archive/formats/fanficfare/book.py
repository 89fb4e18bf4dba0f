"""FanFicFare's EPUB files, EPUB 2 and 3, converted copies of them, and the anthologies that EpubMerge makes of them."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from archive.formats import markup
from archive.formats.books.leaves import Cleaner, tree
from archive.formats.epub import Book
from archive.formats.epub.book import Document
from archive.formats.fanficfare import notes, rows
from archive.formats.fanficfare.labels import field_named
from archive.formats.fanficfare.package import completed
from archive.formats.fanficfare.parts import FAILED, Part
from archive.formats.fanficfare.titlepage import KEPT, TitlePage
from archive.formats.fanficfare.work import work_of
from archive.formats.format import Format
from archive.formats.markup import Element, has_class
from archive.formats.source import Source
from archive.parsed import ParsedWork, Refused

_WRITER = "FanFicFare ["
_UID = "fanficfare-uid:"
_NAME = re.compile(r"(?:(\d{1,5})/)?(?:[^/]*/)*(title_page|toc_page|log_page|cover|file(?=\d))(\d{4,6})?[^/]*")
"""A folder of an anthology, what the file is, and of a chapter its number; converters add to the names."""
_CLASSES = {
    "fff_titlepage": "title_page", "fff_tocpage": "toc_page", "fff_logpage": "log_page", "fff_coverpage": "cover",
    "fff_chapter": "file",
}  # fmt: skip
_FEWEST_LABELS = 3
_TELLING = {"fandoms", "genre", "ratings", "status", "packaged"}
"""Labels that title pages of other books hardly have."""


@dataclass(slots=True)
class _Member:
    """One work of a book: a book has one, an anthology many. `roots` are the trees of its chapters."""

    page: Element | None = None
    labels: dict[str, str] = field(default_factory=dict)
    documents: list[Document] = field(default_factory=list)
    roots: list[Element | None] = field(default_factory=list)
    numbers: list[int] = field(default_factory=list)

    def add(self, document: Document, root: Element | None, number: int) -> None:
        self.documents.append(document)
        self.roots.append(root)
        self.numbers.append(number or (self.numbers[-1] + 1 if self.numbers else 1))


def _recognises(source: Source) -> bool:
    book = Book.of(source)
    if book is None:
        return False
    stated = book.metadata
    if any(one.name.startswith(_WRITER) for one in stated.contributors):
        return True
    if any(_UID in one.value for one in stated.identifiers):
        return True
    page = next((one.name for one in book.spine if _named(one.name)[1] == "title_page"), "")
    root = tree(book, page)
    return root is not None and _is_title_page(root)


def _is_title_page(root: Element) -> bool:
    """Whether a page has labels as FanFicFare writes them: all that converters leave of its marks."""
    page = rows.title_page(root, {})
    known = {row.field for row in page.rows} - {"", KEPT}
    return bool(page.title and page.authors and len(known) >= _FEWEST_LABELS and not known.isdisjoint(_TELLING))


def _read(source: Source) -> Iterator[ParsedWork | Refused]:
    book = Book.of(source)
    if book is None:
        return
    members = _members(book)
    for member in members.values():
        page = rows.title_page(member.page, member.labels) if member.page is not None else TitlePage("")
        try:
            yield _work(book, completed(page, book.metadata) if len(members) == 1 else page, member)
        except Refused as refused:
            yield refused


def _members(book: Book) -> dict[str, _Member]:
    """The works of a book by the folder each has in an anthology."""
    members: dict[str, _Member] = {}
    for document in book.spine:
        folder, kind, number = _named(document.name)
        if kind in {"toc_page", "cover"}:
            continue
        member = members.setdefault(folder, _Member())
        root = tree(book, document.name)
        kind = _kind(root, kind) if root is not None else "file"
        if kind == "file":
            member.add(document, root, number)
        elif kind == "title_page":
            member.page = root
        elif kind == "log_page" and root is not None:
            member.labels |= _labels(root)
    return {folder: member for folder, member in members.items() if member.documents}


def _work(book: Book, page: TitlePage, member: _Member) -> ParsedWork:
    """One work; a converter may have split a chapter over several files of one number."""
    chapters = list(zip(member.documents, member.roots, member.numbers, strict=True))
    cleaner = Cleaner(book, {document.name: number for document, _, number in chapters})
    parts: list[Part] = []
    for document, root, number in chapters:
        if root is None:
            parts.append(Part(number, document.title, "", FAILED))
            continue
        part = _part(root, number, document.title, cleaner.of(document.name, root))
        if parts and parts[-1].number == number:
            parts[-1].body = "\n".join(filter(None, (parts[-1].body, part.body)))
            parts[-1].notes |= part.notes
        else:
            parts.append(part)
    return work_of(page, parts, cleaner.pictures)


def _named(name: str) -> tuple[str, str, int]:
    """What the name of a file tells: the folder in an anthology, the kind of page, the number of the chapter."""
    found = _NAME.fullmatch(name)
    return (found[1] or "", found[2], int(found[3] or 0)) if found else ("", "", 0)


def _kind(root: Element, named: str) -> str:
    """What a page is. Converters give chapters the class of the title page, but leave the chapter's address alone."""
    if named in {"title_page", "log_page"}:
        return named
    if _meta(root, "chapterurl") or _meta(root, "chaptertitle"):
        return "file"
    body = next(root.iter("body"), root)
    return next((kind for name, kind in _CLASSES.items() if has_class(body, name)), named)


def _labels(log: Element) -> dict[str, str]:
    """What the update log calls each entry: `<b>Label:</b> <span id="rating">`."""
    labels: dict[str, str] = {}
    for span in log.iter("span"):
        before = span.getprevious()
        if before is not None and before.tag == "b" and (name := field_named(span.get("id", ""))):
            labels[markup.words(before).removesuffix(":")] = name
    return labels


def _part(root: Element, number: int, title: str, cleaned: Callable[[str], str]) -> Part:
    body = next(root.iter("body"), root)
    heading = next(body.iter("h1", "h2", "h3"), None)
    if heading is not None and _opens(body, heading):
        title = markup.words(heading)
        markup.drop(heading)
    for left in body.iter("h3", "h4", "h5", "h6"):
        if left.get("class", "").startswith("calibre"):
            del left.attrib["class"]  # what FanFicFare's style sheet said of all headings
    title = _meta(root, "chapterorigtitle") or title
    found = notes.take_notes(body, cleaned)
    return Part(number, title, cleaned(markup.inner(body)), _meta(root, "chapterurl"), found)


def _opens(body: Element, heading: Element) -> bool:
    """Whether a heading is the first thing of a chapter."""
    return not (body.text or "").strip() and next(body.iterchildren(), None) is heading


def _meta(root: Element, name: str) -> str:
    return next((meta.get("content", "").strip() for meta in root.iter("meta") if meta.get("name") == name), "")


FORMAT = Format(name="fanficfare-epub", version=1, recognises=_recognises, read=_read)
