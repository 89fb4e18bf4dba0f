"""Title pages in markup: FanFicFare writes them as a row of `<b>Label:</b> value<br />`, or as a table."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape

from lxml import etree

from archive import clean
from archive.formats import values
from archive.formats.fanficfare.guessing import summary_at
from archive.formats.fanficfare.labels import BEHIND_THE_SUMMARY, field_of
from archive.formats.fanficfare.titlepage import KEPT, Row, TitlePage, unquoted
from archive.formats.markup import Element, fit, has_class, inner, words

_MOST = 500
"""No page has more rows; what seems to be one is part of a value."""
_FEWEST = 2
_HEADINGS = ("h1", "h2", "h3")


@dataclass(slots=True)
class _Cell:
    """A label and its value, still markup; `sure` when a table says where it ends."""

    label: str
    value: Element
    sure: bool


def title_page(page: Element, labels: dict[str, str]) -> TitlePage:
    """The title page in the markup of a page.

    `labels` are what the file itself says of its labels (see `book`), label to field, and count more than their words.
    """
    heading = next(page.iter(*_HEADINGS), None)
    title, authors, address = _byline(heading)
    cells = _cells(page)[:_MOST]
    known = [labels.get(cell.label) or field_of(cell.label) for cell in cells]
    at = summary_at(known, [words(cell.value) for cell in cells], goes_on=False)
    last = len(cells) if at is None else at
    rows = [Row(cell.label, words(cell.value), field) for cell, field in zip(cells[:last], known, strict=False)]
    described = [] if at is None else [inner(cells[at].value)]
    sure = at is not None and _encloses(cells[at].value)
    for cell, field in zip(cells[last + 1 :], known[last + 1 :], strict=True):
        if cell.sure or sure or field in BEHIND_THE_SUMMARY or not field:
            rows.append(Row(cell.label, words(cell.value), field or KEPT))
        else:
            described.append(f"<p><b>{escape(cell.label)}:</b> {inner(cell.value)}</p>")
    notes = "\n".join(inner(cell.value) for cell, field in zip(cells, known, strict=True) if field == "notes")
    summary = unquoted(clean.html("\n".join(described)))
    return TitlePage(title, authors, address, tuple(rows), summary, clean.html(notes))


def _encloses(value: Element) -> bool:
    """Whether a value is one division: then whatever stands behind it is no part of it."""
    return len(value) == 1 and value[0].tag in {"div", "blockquote"} and not (value.text or "").strip()


def _byline(heading: Element | None) -> tuple[str, tuple[str, ...], str]:
    """Title, authors and address from `<a href=..>Title</a> by <a class="authorlink">Author</a>, ...`.

    Converted copies have lost the class: there the links behind the first are the authors.
    """
    links = [link for link in heading.iter("a") if words(link)] if heading is not None else []
    text = words(heading)
    if not links:
        title, _, byline = text.rpartition(" by ")
        return title or text, values.names(byline) if title else (), ""
    authors = [words(link) for link in links if has_class(link, "authorlink")]
    if has_class(links[0], "authorlink"):
        return text.rpartition(" by ")[0], tuple(dict.fromkeys(authors)), ""
    title = words(links[0])
    authors = authors or [words(link) for link in links[1:]]
    if not authors and text.startswith(f"{title} by "):
        authors = list(values.names(text.removeprefix(f"{title} by ")))
    return title, tuple(dict.fromkeys(authors)), str(links[0].get("href") or "").strip()


def _cells(page: Element) -> list[_Cell]:
    """The labels of a page, from the first table or division that has a few."""
    for element in page.iter("table", "div", "body"):
        cells = list(_of_table(element) if element.tag == "table" else _of_lines(element))
        if cells:
            return cells
    return []


def _of_table(table: Element) -> Iterator[_Cell]:
    """Only the table's own rows: a summary may bring a table of its own."""
    for section in (table, *table.iterchildren("tbody")):
        for row in section.iterchildren("tr"):
            cells = list(row.iterchildren("td"))
            label = next((child for cell in cells[:1] for child in cell.iterchildren("b", "strong")), None)
            if label is None or not _is_label(label):
                continue
            if len(cells) > 1:
                yield _Cell(_words_of(label), cells[1], sure=True)
            else:
                yield _Cell(_words_of(label), _behind(label, list(label.itersiblings())), sure=True)


def _of_lines(division: Element) -> Iterator[_Cell]:
    """What stands between one label and the next. A label stands first in its line."""
    children = list(division)
    starts = [at for at, child in enumerate(children) if _is_label(child) and _starts_line(children, at)]
    if len(starts) < _FEWEST:
        return
    for start, end in zip(starts, [*starts[1:], len(children)], strict=True):
        label = children[start]
        yield _Cell(_words_of(label), _behind(label, children[start + 1 : end]), sure=False)


def _is_label(element: Element) -> bool:
    return element.tag in {"b", "strong"} and not len(element) and (element.text or "").rstrip().endswith(":")


def _words_of(label: Element) -> str:
    return words(label).removesuffix(":").rstrip()


def _starts_line(children: Sequence[Element], at: int) -> bool:
    before = children[at - 1] if at else None
    return before is None or (before.tag == "br" and not (before.tail or "").strip())


def _behind(label: Element, following: Sequence[Element]) -> Element:
    """What stands behind a label, as an element of its own, without the line break that ends it."""
    value = etree.Element("div")
    value.text = fit(label.tail or "")
    value.extend(following)
    if len(value) and value[-1].tag == "br" and not (value[-1].tail or "").strip():
        value.remove(value[-1])
    return value
