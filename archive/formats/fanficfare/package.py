"""What the package of a book says beside its title page, and instead of one that is not there."""

import re
from dataclasses import replace

from archive import clean
from archive.formats import values
from archive.formats.epub.metadata import Metadata
from archive.formats.fanficfare.titlepage import Row, TitlePage, series_rows, with_fields
from archive.vocabulary import categories_of

_UID = re.compile(r"fanficfare-uid:(.+)-u(.*)-s(.+)")
_ADDRESS = re.compile(r"(?:URL:)?(https?://\S+)", re.IGNORECASE)
_OF_THE_PROGRAM = re.compile(r"FanFiction|Last Update(?: Year/Month)?: [\d/]+", re.IGNORECASE)
_STATUS = {"completed", "in-progress"}
_PAIR = re.compile(r".*[^/&\s](?:/| & )[^/&\s].*")
_UNTOLD = {"en", ""}
"""English is what FanFicFare writes when it does not know the language."""


def completed(page: TitlePage, stated: Metadata) -> TitlePage:
    """A title page with what it leaves out and the package states. Rating and warnings stand in no package."""
    authors = page.authors or stated.creators
    address = page.address or _address(stated)
    title = page.title or stated.title
    summary = page.summary or clean.html(stated.description)
    rows = with_fields(page.rows) if page.rows else _subjects(stated)
    fields = {row.field for row in rows}
    if not page.rows:
        rows += [Row("Language", stated.language)] if stated.language not in _UNTOLD else []
        rows += series_rows(stated.series)
    for event, name in (("publication", "published"), ("modification", "updated")):
        if name not in fields and (day := stated.dates.get(event)):
            rows.append(Row(name.title(), day[:10], name))
    rows += _uid(stated) if not address else []
    return replace(page, title=title, authors=authors, address=address, rows=tuple(rows), summary=summary)


def _address(stated: Metadata) -> str:
    places = (*stated.sources, *(one.value for one in stated.identifiers))
    return next((found[1] for place in places if (found := _ADDRESS.fullmatch(place))), "")


def _uid(stated: Metadata) -> list[Row]:
    """Site and id from `fanficfare-uid:SITE-uAUTHOR-sWORK`."""
    for one in stated.identifiers:
        if found := _UID.fullmatch(one.value):
            return [Row("Publisher", found[1], "site"), Row("Story ID", found[3], "work_id")]
    return []


def _subjects(stated: Metadata) -> list[Row]:
    """The subjects of a book without a title page: pairs and categories are known, of the rest nobody can tell more."""
    rows: list[Row] = []
    for subject in dict.fromkeys(map(values.line, stated.subjects)):
        if _OF_THE_PROGRAM.fullmatch(subject):
            continue
        if subject.casefold() in _STATUS:
            rows.append(Row("Status", subject, "status"))
        elif categories_of([subject]):
            rows.append(Row("Categories", subject, "categories"))
        elif _PAIR.fullmatch(subject):
            rows.append(Row("Relationships", subject, "relationships"))
        else:
            rows.append(Row("Tags", subject, "freeforms"))
    return rows
