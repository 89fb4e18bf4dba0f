"""The preface of an AO3 download, in HTML and EPUB of every year: what it states, as the fields of a work.

It leans on what every layout and every conversion keeps: ids, `dl.tags`, `p.message`, `div.byline`, and the order of
things. (Layouts: the Archive's own templates, `app/views/downloads`, from 2010 to 2026.)
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from archive import clean
from archive.formats.ao3 import values as listed
from archive.formats.markup import Element, has_class, inner, words
from archive.formats.texts.header import Entry, Header
from archive.formats.texts.labels import field_of
from archive.formats.texts.statement import Statement

Cleaner = Callable[[str], str]
"""What makes markup fit to be kept: `clean.html`, with the pictures and places of the file the markup stands in."""

_WORK = re.compile(r"https?://[^/\s]+/works/(\d{1,12})(?=[/?#.\s]|$)", re.IGNORECASE)
_POST = re.compile(r"https?://[^/\s]+/[^\s?#]*\w[^\s]*", re.IGNORECASE)
_TAGS = {"ratings", "warnings", "categories", "fandoms", "relationships", "characters", "freeforms"}
_SECTIONS = {
    "summary": "summary",
    "chapter summary": "summary",
    "notes": "notes",
    "chapter notes": "notes",
    "end notes": "end_notes",
    "chapter end notes": "end_notes",
}
_LONGEST_LINE = 10_000


@dataclass(slots=True)
class Preface:
    """What the preface states: fields of a `ParsedWork`, and readable lines that have no field."""

    fields: dict[str, Any] = field(default_factory=dict)
    extra: dict[str, str] = field(default_factory=dict)
    entries: list[Entry] = field(default_factory=list)
    """Labels whose values are a line of text, until `settle` finds their fields."""

    def note(self, label: str, value: str) -> None:
        """Keep a line; a label that stands several times has its values in one line."""
        known = self.extra.get(label, "")
        if value and len(known) < _LONGEST_LINE:
            self.extra[label] = f"{known}; {value}" if known else value

    def settle(self) -> None:
        """Read what `entries` hold: dates, words, chapters, the source, and labels that nobody knows."""
        statement = Statement(Header(self.entries))
        self.fields = statement.fields | self.fields
        for label, value in statement.extra.items():
            self.note(label, value)
        self.entries = []


def read(*parts: Element, cleaned: Cleaner = clean.html) -> Preface:
    """Read a preface, given whole or in parts (an EPUB has two), in order. What is missing is not stated.

    Nothing inside of a summary or a note is ever taken for a label.
    """
    preface = Preface()
    for part in parts:
        for element in _outside_quotations(part):
            if take := _TAKES.get(element.tag):
                take(element, preface, cleaned)
    preface.settle()
    return preface


def take_tags(listing: Element, preface: Preface) -> None:
    """The list of tags, language, series, collections and stats."""
    tags: dict[str, dict[str, None]] = {}
    for label, value in listed.pairs(listing):
        name = field_of(label) or _class_of(value)
        if name in _TAGS:
            tags.setdefault(name, {}).update(dict.fromkeys(listed.names(value)))
        elif name == "series":
            preface.fields["series"] = listed.series(value)
        elif "stats" in {label.casefold(), value.get("class")}:
            preface.entries += listed.stats(value)
        elif "collections" in {label.casefold(), value.get("class")}:
            preface.note("Collections", ", ".join(listed.names(value)))
        else:
            preface.entries.append(Entry(label, name, words(value)))
    preface.fields |= {name: tuple(found) for name, found in tags.items()}


def _class_of(value: Element) -> str:
    """The field that a value's class names, on pages whose labels a browser has translated."""
    return next(filter(None, map(field_of, value.get("class", "").split())), "")


def take_byline(element: Element, preface: Preface) -> None:
    """Authors, and who archived their works."""
    authors, archivists = listed.byline(element)
    if authors and "authors" not in preface.fields:
        preface.fields["authors"] = authors
        preface.note("Archived by", ", ".join(archivists))


def take_address(elements: Iterable[Element], preface: Preface) -> None:
    """The source of the work, as the lines of the archive itself in these elements link to it or name its address.

    Programs that write the posts of other sites as AO3 would, end such a line with a link to the post.
    """
    lines = [line for element in elements for line in element.iter("p") if has_class(line, "message")]
    for line in lines:
        links = [link.get("href", "") for link in line.iter("a")]
        if named := [*_WORK.finditer(" ".join(links))] or [*_WORK.finditer(words(line))]:
            preface.entries += [Entry("URL", "url", named[-1][0]), Entry("Work ID", "work_id", named[-1][1])]
            return
        if links and _POST.fullmatch(links[-1]):
            preface.entries.append(Entry("URL", "url", links[-1]))
            return


def sections(parent: Element) -> Iterator[tuple[str, Element]]:
    """The summary and notes that stand in an element: the field of each, and its quotation."""
    name = ""
    for child in parent:
        if child.tag == "p":
            name = "" if len(child) else _SECTIONS.get(words(child).rstrip(":").casefold(), "")
        elif child.tag == "blockquote" and name:
            yield name, child
            name = ""


def _outside_quotations(part: Element) -> Iterator[Element]:
    """The elements of a preface in order, but for those inside of a summary, a note or the text itself."""
    waiting = [part]
    while waiting:
        element = waiting.pop()
        yield element
        if element.tag not in {"blockquote", "dl", "ul"} and element.get("id") not in {"chapters", "afterword"}:
            waiting.extend(reversed(element))


def _take_message(element: Element, preface: Preface, _: Cleaner) -> None:
    if has_class(element, "message"):
        if not any(entry.field == "url" for entry in preface.entries):
            take_address([element], preface)
        preface.fields.setdefault("title", words(element.find("b")))


def _take_title(element: Element, preface: Preface, _: Cleaner) -> None:
    preface.fields["title"] = words(element) or preface.fields.get("title", "")


def _take_list(element: Element, preface: Preface, _: Cleaner) -> None:
    """The first list of tags; before 2018 the works that inspired this one stood in a list of their own."""
    if not has_class(element, "tags"):
        for label, value in listed.pairs(element):
            preface.note("Inspired by" if "inspired by" in label.casefold() else label, words(value))
    elif not _TAGS & preface.fields.keys():
        take_tags(element, preface)


def _take_related(element: Element, preface: Preface, _: Cleaner) -> None:
    for line in element.iter("li"):
        preface.note(*listed.related(words(line)))


def _take_block(element: Element, preface: Preface, cleaned: Cleaner) -> None:
    if has_class(element, "byline"):
        take_byline(element, preface)
    for name, quotation in sections(element):
        preface.fields.setdefault(name, cleaned(inner(quotation)))


_TAKES: dict[str, Callable[[Element, Preface, Cleaner], None]] = {
    "p": _take_message,
    "h1": _take_title,
    "dl": _take_list,
    "ul": _take_related,
    "div": _take_block,
}
