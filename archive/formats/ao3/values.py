"""The values in the header of an AO3 download or page: lists of links, series, bylines, stats, related works."""

import re
from collections.abc import Iterator

from lxml import etree

from archive.formats import values
from archive.formats.markup import Element, has_class, words
from archive.formats.texts.header import Entry
from archive.formats.texts.labels import field_of
from archive.parsed import ParsedSeries

_POSITION = re.compile(r"part\s+([\d,.]{1,9})\s+of\s+(?:the\s+)?$", re.IGNORECASE)
_SERIES = re.compile(r"/series/\d")
_STAT = re.compile(r"([A-Za-z][A-Za-z ]{0,30}):\s*(\S+)")
_SEPARATORS = " ,;，、\n\t"
_BY = re.compile(r"^\s*by\b\s*", re.IGNORECASE)
_ARCHIVED = re.compile(r"^(.*?)\s*\[\s*archived by\s*$", re.IGNORECASE | re.DOTALL)
_ARCHIVED_UNLINKED = re.compile(r"\s*\[\s*archived by ([^\]]{1,200})\]", re.IGNORECASE)
_ANONYMOUS = re.compile(r"^anonymous\b", re.IGNORECASE)
_LOG_IN = re.compile(r"\s*\(log in to access\.\)", re.IGNORECASE)
_RELATED = (
    (re.compile(r"(translation into .{1,100}?) available:\s*(.+)", re.IGNORECASE), ""),
    (re.compile(r"(an? translation of)\s+(.+)", re.IGNORECASE), "Translation of"),
    (re.compile(r"(inspired by)\s+(.+)", re.IGNORECASE), "Inspired by"),
    (re.compile(r"(for)\s+(.+?)\.?", re.IGNORECASE), "Gift for"),
    (re.compile(r"(in response to)\s+(?:an? )?(.+?)\.?", re.IGNORECASE), "In response to"),
)


def names(value: Element) -> tuple[str, ...]:
    """The names in a list of links: each link is one, whatever it holds; what is not linked is parted by commas."""
    found: dict[str, None] = {}
    for text, link in _pieces(value):
        if link is None:
            found.update(dict.fromkeys(values.names(text)))
        elif name := words(link):
            found[name] = None
    return tuple(found)


def series(value: Element) -> tuple[ParsedSeries, ...]:
    """`Part 2 of <a>Low Water, High</a>, Part 1 of <a>Tides</a>`; links to neighbouring works name no series."""
    found: dict[ParsedSeries, None] = {}
    before = ""
    for text, link in _pieces(value):
        if link is None:
            before = text
        elif _SERIES.search(link.get("href", "")) and (title := words(link)):
            position = _POSITION.search(before)
            found[ParsedSeries(title, values.number(position[1]) if position else None)] = None
    return tuple(found) or values.series(words(value))


def byline(element: Element) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Authors, and the archivists who brought in the works of authors without an account.

    An author is `name`, `PSEUD (ACCOUNT)` or `Anonymous`; `NAME [archived by ARCHIVIST]` gives both.
    """
    authors: dict[str, None] = {}
    archivists: dict[str, None] = {}
    before = ""
    for text, link in _pieces(element):
        if link is None:
            before = (text if authors else _BY.sub("", text)).strip(_SEPARATORS + "]")
        elif archived := _ARCHIVED.match(before):
            authors[values.spaced(archived[1])] = None
            archivists[words(link)] = None
            before = ""
        elif _ANONYMOUS.match(before):
            return ("Anonymous",), ()
        else:
            authors.update(dict.fromkeys((*values.names(before), words(link))))
            before = ""
    for name in _ARCHIVED_UNLINKED.findall(before + "]"):
        archivists[values.spaced(name)] = None
    authors.update(dict.fromkeys(values.names(_ARCHIVED_UNLINKED.sub("", before + "]").removesuffix("]"))))
    return tuple(filter(None, authors)), tuple(filter(None, archivists))


def stats(value: Element) -> Iterator[Entry]:
    """Dates, words, chapters and counts: lines of text in a download, a list of their own on a page."""
    inside = next(value.iter("dl"), None)
    if inside is None:
        for label, stated in _STAT.findall(words(value)):
            yield Entry(label, field_of(label), stated)
        return
    for label, element in pairs(inside):
        yield Entry(label, field_of(label) or field_of(element.get("class", "")), words(element))


def pairs(listing: Element) -> Iterator[tuple[str, Element]]:
    """The labels of a `<dl>`, without their colons, and the elements with their values."""
    label = ""
    for child in listing:
        if child.tag == "dt":
            label = words(child).rstrip(":：").rstrip()
        elif child.tag == "dd" and label:
            yield label, child


def related(text: str) -> tuple[str, str]:
    """A line on a related work, as a label and a value.

    >>> related("A translation of Unlit by quillfeather"), related("Inspired by a deleted work")
    (('Translation of', 'Unlit by quillfeather'), ('Inspired by', 'a deleted work'))
    """
    text = _LOG_IN.sub("", text)
    for pattern, label in _RELATED:
        if found := pattern.fullmatch(text):
            return label or found[1], found[2]
    return "Related work", text


def _pieces(element: Element) -> Iterator[tuple[str, Element | None]]:
    """What an element holds, in order: its links, and the text before, between and after them."""
    text, link = "", None
    for event, node in etree.iterwalk(element, events=("start", "end")):
        if event == "end":
            link = None if node is link else link
            text += (node.tail or "") if link is None and node is not element else ""
        elif link is None and node.tag == "a":
            link = node
            if not _aside(node):
                yield text, None
                yield "", node
                text = ""
        elif link is None:
            text += node.text or ""
    yield text, None


def _aside(link: Element) -> bool:
    """Links that name nothing: to the neighbours in a series, and the one that would show hidden warnings."""
    parent = link.getparent()
    return has_class(link, "previous") or has_class(link, "next") or (parent is not None and parent.tag == "strong")
