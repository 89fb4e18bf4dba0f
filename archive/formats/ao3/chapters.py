"""The chapters and the afterword of an AO3 download, in HTML and EPUB of every year.

A chapter is known by what surrounds it, not by its classes, which conversions rename: a block with a heading, a block
of text, and a block of end notes with an id.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from archive import clean
from archive.formats.ao3.preface import Cleaner, Preface, sections
from archive.formats.ao3.values import pairs
from archive.formats.markup import Element, has_class, inner, words
from archive.parsed import ParsedChapter

_NUMBERED = re.compile(r"chapter\s+(\d{1,6})\s*(?::\s*|$)", re.IGNORECASE)
_END_NOTES = re.compile(r"endnotes\d*")
_HEADINGS = {"h1", "h2", "h3"}
_AROUND = {"div", "script", "style", "noscript", "link", "meta"}
"""What may stand between the headings of chapters, beside the blocks of text."""


@dataclass(slots=True)
class _Chapter:
    """One chapter while it is put together."""

    number: int
    title: str = ""
    bodies: list[str] = field(default_factory=list)
    sections: dict[str, str] = field(default_factory=dict)

    def parsed(self) -> ParsedChapter:
        return ParsedChapter(number=self.number, title=self.title, body="\n".join(self.bodies), **self.sections)


def read(parts: Iterable[tuple[Element, Cleaner]]) -> tuple[ParsedChapter, ...]:
    """The chapters in what stands under the id `chapters`: in one element (HTML), or one for each file (EPUB).

    Each part comes with what cleans its markup. A text without a heading goes on from the chapter before.
    """
    chapters: list[_Chapter] = []
    for part, cleaned in parts:
        if _is_bare(part):
            _current(chapters).bodies.append(cleaned(inner(_without_heading(part))))
            continue
        for block in part.iterchildren("div"):
            _take(block, chapters, cleaned)
    return tuple(chapter.parsed() for chapter in chapters)


def read_afterword(parts: Iterable[Element], preface: Preface, cleaned: Cleaner = clean.html) -> None:
    """The end notes of the work and the works inspired by it, which stand behind the chapters."""
    for part in parts:
        for element in part.iter("div", "dl"):
            if element.tag == "div":
                for name, quotation in sections(element):
                    preface.fields.setdefault(name, cleaned(inner(quotation)))
            elif not any(True for _ in element.iterancestors("blockquote")):
                for label, value in pairs(element):
                    preface.note(label, words(value))


def title_of(heading: str, number: int) -> str:
    """The title in a heading: `Chapter 2: Low Water` and `Low Water` say the same, `Chapter 2` says nothing.

    >>> title_of("Chapter 2: Low Water", 2), title_of("Chapter 2", 2), title_of("Chapter 7", 2)
    ('Low Water', '', 'Chapter 7')
    """
    while (found := _NUMBERED.match(heading)) and int(found[1]) == number:
        heading = heading[found.end() :]
    return heading


def byline_note(byline: Element) -> str:
    """Who wrote a chapter of a work by several, as the first line of its notes."""
    return clean.paragraphs(words(byline).replace("<", "&lt;"))


def _is_bare(part: Element) -> bool:
    """Whether the text stands without blocks around it, as it did in works of one chapter before 2012."""
    loose = (part.text or "", *(child.tail or "" for child in part))
    return any(text.strip() for text in loose) or any(
        child.tag not in _AROUND and not has_class(child, "toc-heading") for child in part
    )


def _is_head(element: Element) -> bool:
    """Whether a block opens a chapter. The text of a chapter may hold headings too, and is no such block."""
    return "userstuff" not in element.get("class", "") and _heading(element) is not None


def _is_end_notes(element: Element) -> bool:
    return bool(_END_NOTES.fullmatch(element.get("id", "")))


def _heading(element: Element) -> Element | None:
    return next((child for child in element if child.tag in _HEADINGS), None)


def _current(chapters: list[_Chapter]) -> _Chapter:
    if not chapters:
        chapters.append(_Chapter(1))
    return chapters[-1]


def _take(block: Element, chapters: list[_Chapter], cleaned: Cleaner) -> None:
    if _is_end_notes(block):
        chapter = _current(chapters)
    elif _is_head(block):
        chapter = _Chapter(len(chapters) + 1)
        chapter.title = title_of(words(_heading(block)), chapter.number)
        chapters.append(chapter)
    else:
        if body := cleaned(inner(block)):
            _current(chapters).bodies.append(body)
        return
    for name, quotation in sections(block):
        chapter.sections[name] = cleaned(inner(quotation))
    byline = next((child for child in block if has_class(child, "byline")), None)
    if byline is not None:
        notes = chapter.sections.get("notes", "")
        chapter.sections["notes"] = "\n".join(filter(None, (byline_note(byline), notes)))


def _without_heading(part: Element) -> Element:
    """The same element without the heading that downloads hide, the title of the work."""
    for child in list(part):
        if has_class(child, "toc-heading"):
            child.clear()
    return part
