"""WebToEpub's books: one document a page of a site, and what its parsers found on the first of them.

The facts are those of `EpubPacker.js` and `Parser.js`: `dc:date` is the day of packing, the identifier is the address
it began at, every chapter's address is a `dc:source`, and subjects are one list with commas.
"""

import re
from collections.abc import Iterator

from archive import clean
from archive.formats import values
from archive.formats.books.leaves import leaf, parts
from archive.formats.epub import Book, Metadata
from archive.formats.fanficfare.titlepage import KEPT, Row, TitlePage, series_rows
from archive.formats.fanficfare.work import work_of
from archive.formats.format import Format
from archive.formats.homes import AO3, host_of
from archive.formats.source import Source
from archive.parsed import ParsedWork, Refused
from archive.vocabulary import ArchiveWarning, Rating, categories_of, rating_of, warnings_of

_WRITER = "[https://github.com/dteviot/WebToEpub]"
_AROUND = re.compile(r"(?:.*/)?(?:Cover|0000_Information)\.xhtml", re.IGNORECASE)
_ADDRESS = re.compile(r"(?:uri:)?(https?://\S+)", re.IGNORECASE)
_NOBODY = {"<unknown>", "unknown", ""}
_PICTURE = re.compile(r"\.(?:png|jpe?g|gif|webp|svg)(?:\?|$)", re.IGNORECASE)


def _recognises(source: Source) -> bool:
    book = Book.of(source)
    return book is not None and any(one.name.startswith(_WRITER) for one in book.metadata.contributors)


def _read(source: Source) -> Iterator[ParsedWork | Refused]:
    if book := Book.of(source):
        yield book.told(lambda: _work(book))


def _work(book: Book) -> ParsedWork:
    documents = [one for one in book.spine if not _AROUND.fullmatch(one.name)]
    leaves = [leaf(book, one, number) for number, one in enumerate(documents, 1)]
    page = _title_page(book.metadata)
    addresses = [one for one in book.metadata.sources if one != page.address and not _PICTURE.search(one)]
    if len(addresses) == len(leaves):
        for one, address in zip(leaves, addresses, strict=True):
            one.address = address
    return work_of(page, *parts(book, leaves))


def _title_page(stated: Metadata) -> TitlePage:
    places = (*(one.value for one in stated.identifiers), *stated.sources)
    address = next((found[1] for place in places if (found := _ADDRESS.fullmatch(place))), "")
    rows = series_rows(stated.series)
    rows += [Row("Translator", one.name, KEPT) for one in stated.contributors if one.role == "trl"]
    rows += _subjects([name for subject in stated.subjects for name in values.names(subject)], host_of(address) == AO3)
    return TitlePage(
        title=stated.title,
        authors=tuple(name for name in stated.creators if name.casefold() not in _NOBODY),
        address=address,
        rows=(*rows, Row("Language", stated.language.replace("_", "-"), "language")),
        summary=clean.paragraphs(stated.description),
    )


def _subjects(subjects: list[str], of_ao3: bool) -> list[Row]:
    """Of AO3 the subjects are all tags of a work, its rating and warnings among them; elsewhere they are freeform."""
    rows: list[Row] = []
    for subject in subjects:
        if not of_ao3:
            rows.append(Row("Tags", subject, "freeforms"))
        elif rating_of(subject) not in {Rating.UNKNOWN, Rating.NOT_STATED}:
            rows.append(Row("Rating", subject, "ratings"))
        elif not warnings_of([subject]) & ArchiveWarning.OTHER:
            rows.append(Row("Warnings", subject, "warnings"))
        elif categories_of([subject]):
            rows.append(Row("Categories", subject, "categories"))
        else:
            rows.append(Row("Tags", subject, "relationships" if "/" in subject or " & " in subject else "freeforms"))
    return rows


FORMAT = Format(name="webtoepub", version=1, recognises=_recognises, read=_read)
