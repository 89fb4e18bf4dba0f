"""Any EPUB 2 or 3, whatever made it: a work as its package and its table of contents tell. It states no rating."""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from archive import clean
from archive.formats import addresses, homes, values
from archive.formats.epub import Book, Metadata
from archive.formats.epub.dividing import Chapter, chapters, sewn
from archive.formats.epub.linking import linked
from archive.formats.format import Format
from archive.formats.markup import inner
from archive.formats.source import Source
from archive.formats.texts.body import chapter_title
from archive.formats.texts.header import Entry, Header
from archive.formats.texts.statement import Statement
from archive.formats.texts.textwork import name_of
from archive.parsed import ParsedChapter, ParsedPicture, ParsedWork, Refused
from archive.vocabulary import ArchiveWarning, Rating, fold, rating_of, warnings_of

_SITES = {
    "archiveofourown.org", "fanfiction.net", "fictionpress.com", "fimfiction.net", "royalroad.com", "wattpad.com",
    "forums.spacebattles.com", "forums.sufficientvelocity.com", "forum.questionablequesting.com", "scribblehub.com",
}  # fmt: skip
"""Sites whose addresses say which work it is. Anybody else's may be those of a publisher, or of all its books."""
_NUMBER = re.compile(r"^\d+$")
_UNSET = 1000
"""Programs write dates of the first centuries where they know none."""
_ROLES = {"trl": "Translator", "ill": "Illustrator", "edt": "Editor", "art": "Artist"}
_ISBN = re.compile(r"isbn[:\s]*([\dXx-]{10,17})\b", re.IGNORECASE)
_LONGEST = 300
"""Longer lines are no facts but licences."""
_MARKUP = re.compile(r"<[a-zA-Z/]")
_MILD = {Rating.GENERAL, Rating.TEEN, Rating.NOT_RATED}
_NO_LANGUAGE = {"", "und", "zxx", "mul", "mis"}


def _recognises(source: Source) -> bool:
    return Book.of(source) is not None


def _read(source: Source) -> Iterator[ParsedWork | Refused]:
    if book := Book.of(source):
        yield book.told(lambda: work(book, name_of(source.path)))


def work(book: Book, name: str = "") -> ParsedWork:
    """The one work of a book; without a title it is called `name`. Refused when there is no text in it."""
    pictures: dict[str, ParsedPicture] = {}
    waiting = linked(book, chapters(book))[::-1]
    count = len(waiting)
    # Each tree goes when it has been cleaned: a book of many megabytes needs many times as much as long as it lives.
    read = tuple(_chapter(book, number, waiting.pop(), pictures) for number in range(1, count + 1))
    if not any(chapter.body for chapter in read):
        raise Refused("an EPUB without any text")
    fields = _fields(book.metadata, name)
    if len(read) == 1 and fold(read[0].title) == fold(fields["title"]):
        read = (replace(read[0], title=""),)
    return ParsedWork(**fields, chapters=read, pictures=tuple(pictures.values()))


def _chapter(book: Book, number: int, chapter: Chapter, pictures: dict[str, ParsedPicture]) -> ParsedChapter:
    """One chapter; the pictures that it shows are added to those of the work."""
    bodies = []
    for piece in sewn(chapter.pieces):
        brought = book.pictures(piece.name, piece.body)
        bodies.append(clean.html(inner(piece.body), pictures=brought, classes=_looks(book, piece.name)))
        pictures |= {picture.sha256: picture for picture in brought.values()}
    title = chapter_title(values.line(chapter.title), number)
    return ParsedChapter(number=number, title=title, body="\n".join(filter(None, bodies)))


def _looks(book: Book, name: str) -> dict[str, str]:
    """What the style sheets say of classes, but for how all paragraphs are set, which says nothing of the text."""
    return {
        name: kept
        for name, words in book.classes(name).items()
        if (kept := " ".join(word for word in words.split() if word not in {"justify", "left"}))
    }


def _fields(metadata: Metadata, name: str) -> dict[str, Any]:
    """What the package states. Words for ratings and warnings among the subjects state neither."""
    fields = Statement(Header(list(_address(metadata)))).fields
    fields["title"] = metadata.title or name or "Untitled"
    fields["authors"] = metadata.creators
    fields["freeforms"] = _freeforms(metadata.subjects)
    fields["series"] = metadata.series
    fields["summary"] = _summary(metadata.description)
    if metadata.language.lower() not in _NO_LANGUAGE:
        fields["language"] = metadata.language
    day = values.day(metadata.dates.get("publication", "") or metadata.dates.get("", ""))
    if day and day.year >= _UNSET:
        fields["published"] = day
    fields["extra"] = _extra(metadata)
    return fields


def _address(metadata: Metadata) -> Iterator[Entry]:
    """The address of the work, where the package tells one that says which work it is."""
    for stated in (*(known.value for known in metadata.identifiers), *metadata.sources):
        address = stated[stated.find("http") :]
        if homes.host_of(address) in _SITES and _NUMBER.search(addresses.id_in(address)):
            yield Entry("URL", "url", address)
            return


def _freeforms(subjects: tuple[str, ...]) -> tuple[str, ...]:
    """Subjects as tags; a single one may be a list of many. Mild words for ratings and warnings are left out.

    Nobody knows whether they hold for the work, and a tag that says so would be believed.
    """
    if len(subjects) == 1 and subjects[0].count(",") > 1:
        subjects = values.names(subjects[0])
    return tuple(subject for subject in subjects if rating_of(subject) not in _MILD and not _says_little(subject))


def _says_little(subject: str) -> bool:
    return subject == "Fanworks" or not warnings_of([subject]) & ArchiveWarning.STATED


def _summary(description: str) -> str:
    return clean.html(description) if _MARKUP.search(description) else clean.paragraphs(description)


def _extra(metadata: Metadata) -> dict[str, str]:
    extra = {"Publisher": metadata.publisher, "Rights": metadata.rights, "Source": "; ".join(metadata.sources)}
    for contributor in metadata.contributors:
        if label := _ROLES.get(contributor.role):
            extra[label] = f"{extra[label]}, {contributor.name}" if label in extra else contributor.name
    for known in metadata.identifiers:
        if isbn := _ISBN.search(f"{known.scheme}:{known.value}"):
            extra.setdefault("ISBN", isbn[1])
    return {label: value for label, value in extra.items() if 0 < len(value) <= _LONGEST}


FORMAT = Format(name="epub", version=1, recognises=_recognises, read=_read)
