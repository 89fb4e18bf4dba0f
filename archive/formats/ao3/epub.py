"""AO3's own EPUB download: calibre's split files with renamed classes since 2019, and AO3's own files before.

Split files are put side by side again and then read as the HTML download is, from which calibre made them. (Sources:
the Archive's `app/models/download_writer.rb` and, before 2019, `downloads_controller.rb`; calibre 6.13.)
"""

import re
from collections.abc import Collection, Iterator
from dataclasses import replace
from functools import partial

from archive import clean
from archive.formats.ao3 import chapters as ao3_chapters
from archive.formats.ao3 import preface as ao3_preface
from archive.formats.ao3 import values as ao3_values
from archive.formats.ao3 import work as ao3_work
from archive.formats.ao3.preface import Cleaner, Preface
from archive.formats.epub import Book, Metadata
from archive.formats.epub.sewing import sew
from archive.formats.format import Format
from archive.formats.markup import Element, has_class, words
from archive.formats.source import Source
from archive.formats.texts.header import Entry
from archive.formats.texts.labels import field_of
from archive.parsed import ParsedPicture, ParsedWork, Refused

_TAGS = re.compile(
    rb"<dl\b[^<>]{0,200}\bclass\s*=\s*[\"']?tags\b|<dl\b[^<>]{0,200}>\s{0,99}<dt\b[^<>]{0,200}>\s{0,99}Ratings?:",
    re.IGNORECASE,
)
_MESSAGE = re.compile(rb"Posted originally on the\b|<div\b[^<>]{0,200}\bid\s*=\s*[\"']?preface\b", re.IGNORECASE)
_FIRST = 3
"""In which of the first documents the list of tags stands, at the latest: a cover may have been put before it."""
_HEADINGS = {"h1", "h2", "h3"}
_END_NOTES = re.compile(r"endnotes\d*")
_MARKS = ("calibre_pb_", "calibre_toc_")
_CHAPTER_BY = re.compile(r"Chapter by\b", re.IGNORECASE)

_Trees = list[tuple[str, Element]]
"""Documents by their names."""
_Parts = tuple[list[Element], list[Element], list[Element]]
"""What stands before the text, the text, and what stands behind it."""


def _recognises(source: Source) -> bool:
    book = Book.of(source)
    if book is None:
        return False
    try:
        return any(_is_preface(book.read(document.name)) for document in book.spine[:_FIRST])
    except Refused:
        return False


def _is_preface(data: bytes) -> bool:
    return bool(_TAGS.search(data)) and bool(_MESSAGE.search(data))


def _read(source: Source) -> Iterator[ParsedWork | Refused]:
    """The work of a book; where somebody merged several downloads into one, each of them with its own preface."""
    book = Book.of(source)
    if book is None:
        return
    try:
        downloads = _downloads([(known.name, _as_given(book.markup(known.name))) for known in book.spine])
    except Refused as refused:
        yield Refused(str(refused), book.metadata.title)
        return
    alone = book.metadata if len(downloads) == 1 else Metadata()
    for trees in downloads:
        try:
            yield _work(book, trees, alone)
        except Refused as refused:
            yield Refused(str(refused), refused.title or alone.title)


def _downloads(trees: _Trees) -> list[_Trees]:
    """The documents of each download. Whatever stands before the first is a cover."""
    found: list[_Trees] = []
    for name, root in trees:
        if _opens(root):
            found.append([])
        if found:
            found[-1].append((name, root))
    return found or [trees]


def _opens(root: Element) -> bool:
    """Whether a document begins with the preface of a work. What authors write stands deeper, in blocks of its own."""
    return any(has_class(listing, "tags") for listing in _listings(root))


def _listings(root: Element) -> Iterator[Element]:
    """The lists where a preface has its list of tags: in a block beside the message of the archive."""
    for around in (_body(root), *(child for child in _body(root) if child.get("id") == "preface")):
        if any(has_class(line, "message") for line in around.iterchildren("p")):
            for block in around.iterchildren("div"):
                yield from block.iterchildren("dl")


def _as_given(root: Element) -> Element:
    """A document with the class of the list of tags, which calibre renames where a download had lost its style.

    The first label of the archive is always the rating.
    """
    root = _without_marks(root)
    for listing in _listings(root):
        if field_of(next((label for label, _ in ao3_values.pairs(listing)), "")) == "ratings":
            listing.set("class", "tags")
    return root


def _work(book: Book, trees: _Trees, metadata: Metadata) -> ParsedWork:
    """The parts of all documents, read in the order and by the rules of the HTML download."""
    pictures = _pictures(book, trees)
    cleaned = _cleaner(book, trees, pictures)
    preface, text, afterword = _of_calibre(trees) or _of_the_archive(trees)
    titles = {entry.title for entry in book.toc}
    text = _sewn([_with_classes(part, titles) for part in text])
    stated = ao3_preface.read(*map(_with_byline, preface), cleaned=cleaned)
    chapters = ao3_chapters.read((part, cleaned) for part in text)
    ao3_chapters.read_afterword(afterword, stated, cleaned)
    _complete(stated, metadata, afterword)
    work = ao3_work.work(stated, chapters, whole=_is_whole(afterword))
    return replace(work, pictures=_shown(work, pictures)) if pictures else work


def _is_whole(afterword: list[Element]) -> bool:
    """Whether the book came to its end: a word to the reader, outside of the blocks that hold notes and lists."""
    return any(part.tag == "p" or part.find("p") is not None for part in afterword)


def _pictures(book: Book, trees: _Trees) -> dict[str, ParsedPicture]:
    """Pictures by their addresses; all documents lie in one folder. The Archive brings those that it could fetch."""
    pictures: dict[str, ParsedPicture] = {}
    for name, root in trees:
        pictures |= book.pictures(name, root)
    return pictures


def _shown(work: ParsedWork, pictures: dict[str, ParsedPicture]) -> tuple[ParsedPicture, ...]:
    """The pictures that are shown in a text, each once. A cover that somebody added is not."""
    texts = [work.summary, work.notes, work.end_notes]
    texts += [text for each in work.chapters for text in (each.summary, each.notes, each.body, each.end_notes)]
    brought = {picture.sha256: picture for picture in pictures.values()}
    return tuple(picture for sha256, picture in brought.items() if any(f"picture:{sha256}" in text for text in texts))


def _cleaner(book: Book, trees: _Trees, pictures: dict[str, ParsedPicture]) -> Cleaner:
    """One for all documents: as in the HTML, every link inside is one within the text."""
    everywhere = {name: 1 for name, _ in trees}
    classes: dict[str, str] = {}
    places: dict[str, int] = {}
    for name, root in trees:
        classes |= book.classes(name, root)
        places |= book.places(name, everywhere, root)
    return partial(clean.html, pictures=pictures, classes=classes, places=places)


def _of_calibre(trees: _Trees) -> _Parts | None:
    """What stands before, under and behind the id `chapters`, wherever calibre cut it; None when nothing has that id.

    A summary may have taken the id away, since calibre gives none twice; then the preface and the afterword tell.
    """
    elements = [element for _, root in trees for element in _body(root) if not _is_hollow(element)]
    named = [element.get("id", "") for element in elements]
    if "chapters" in named:
        first, last = named.index("chapters"), len(named) - named[::-1].index("chapters")
    elif "preface" in named:
        first = len(named) - named[::-1].index("preface")
        last = named.index("afterword", first) if "afterword" in named[first:] else len(named)
    else:
        return None
    return elements[:first], elements[first:last], elements[last:]


def _of_the_archive(trees: _Trees) -> _Parts:
    """Documents that are a part each: those with texts, and what stands before and behind them."""
    bodies = [_body(root) for _, root in trees]
    places = [place for place, body in enumerate(bodies) if any(map(_is_text, body.iterchildren("div")))]
    first, last = (places[0], places[-1] + 1) if places else (len(bodies), len(bodies))
    return bodies[:first], bodies[first:last], bodies[last:]


def _is_text(element: Element) -> bool:
    return has_class(element, "userstuff")


def _without_marks(root: Element) -> Element:
    """A document without the ids that calibre gives to places it makes something of."""
    for element in root.iter():
        if element.get("id", "").startswith(_MARKS):
            del element.attrib["id"]
    return root


def _body(root: Element) -> Element:
    return next(root.iter("body"), root)


def _is_hollow(element: Element) -> bool:
    """Whether nothing is left of a part in this document but the place where calibre cut it."""
    return not any(map(str.strip, map(str, element.itertext()))) and next(element.iter("img", "hr"), None) is None


def _with_byline(part: Element) -> Element:
    """The preface with the class of its byline, which stands behind the title; calibre drops classes without a look."""
    title = next(part.iter("h1"), None)
    if title is not None and (behind := title.getnext()) is not None and behind.tag == "div":
        behind.set("class", "byline")
    return part


def _with_classes(part: Element, titles: Collection[str]) -> Element:
    """The blocks of a part with the classes of the HTML: calibre has one name for all classes of the same look.

    `titles` are those of the table of contents, which calibre made of the headings.
    """
    for block in part.iterchildren("div"):
        if _END_NOTES.fullmatch(block.get("id", "")):
            continue
        heading = next((child for child in block if child.tag in _HEADINGS), None)
        if heading is None or not (has_class(heading, "heading") or words(heading) in titles):
            block.set("class", "userstuff")
            continue
        block.set("class", "meta group")
        for line in block.iterchildren("p"):
            if _CHAPTER_BY.match(words(line)):
                line.set("class", "byline")
    return part


def _sewn(parts: list[Element]) -> list[Element]:
    """The same parts; a text that goes through several stands whole in the first of them."""
    text: Element | None = None
    for part in parts:
        first = next(part.iterchildren("div"), None)
        if text is not None and first is not None and _is_text(first):
            sew(text, first)
            part.remove(first)
        last = next(part.iterchildren("div", reversed=True), None)
        if last is not None:
            text = last if _is_text(last) else None
    return parts


def _complete(preface: Preface, metadata: Metadata, afterword: list[Element]) -> None:
    """What the preface leaves out and other parts tell: the work's address, and before 2022 its language."""
    if "source_id" not in preface.fields:
        ao3_preface.take_address(afterword, preface)
        preface.settle()
    if "source_id" not in preface.fields:
        preface.entries += [Entry("URL", "url", known.value) for known in metadata.identifiers if known.scheme == "URI"]
        preface.settle()
    if metadata.language not in {"", "und"}:
        preface.fields.setdefault("language", metadata.language)
    if metadata.title:
        preface.fields.setdefault("title", metadata.title)


FORMAT = Format(name="ao3-epub", version=1, recognises=_recognises, read=_read)
