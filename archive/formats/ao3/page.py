"""A web page of AO3 that was saved from a browser: a whole work, or one chapter of it."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import chain

from archive import clean
from archive.formats.ao3 import work as ao3_work
from archive.formats.ao3.chapters import byline_note, title_of
from archive.formats.ao3.masks import unmask
from archive.formats.ao3.preface import Cleaner, Preface, take_byline, take_tags
from archive.formats.ao3.saved import Saved, saved
from archive.formats.ao3.standalone import cleaner
from archive.formats.ao3.values import related
from archive.formats.format import Format
from archive.formats.homes import AO3
from archive.formats.markup import Element, by_id, drop, has_class, inner, parse, words
from archive.formats.source import Source
from archive.formats.texts.header import Entry
from archive.parsed import ParsedChapter, ParsedWork, Refused

_META = re.compile(r"<dl\b[^<>]{0,200}\bclass\s*=\s*[\"']?work meta group\b", re.IGNORECASE)
_SKIN = re.compile(r"<div\b[^<>]{0,200}\bid\s*=\s*[\"']?workskin\b", re.IGNORECASE)
_ADDRESS = re.compile(r"(?:(https?://[^/\s]+))?/(?:works|downloads)/(\d{1,12})(?=[/?#]|$)", re.IGNORECASE)
_NUMBER = re.compile(r"chapter-(\d{1,6})")
_KEY = re.compile(r"/chapters/(\d{1,12})(?=[/?#]|$)")
_END = 2000
"""Within so many characters of its end a file says that this is the end."""
_OWN_LINKS = (("ul", "navigation"), ("li", "download"), ("dd", "bookmarks"), ("h3", "title"), ("div", "title"))
"""Where a page links to its own work, and to no other."""


def _recognises(source: Source) -> bool:
    if b"<" not in source.head or source.encoding_failed:
        return False
    text = source.text
    return bool(_META.search(text)) and bool(_SKIN.search(text))


def _read(source: Source) -> Iterator[ParsedWork | Refused]:
    try:
        text = clean.mend(source.text)
        root = parse(text)
        unmask(root, text)
        yield _work(root, saved(text), whole=_is_whole(root, text))
    except Refused as refused:
        yield refused


def _work(root: Element, note: Saved, *, whole: bool) -> ParsedWork:
    preface = Preface()
    cleaned, pictures = cleaner(root, [note.address])
    listing = next((element for element in root.iter("dl") if has_class(element, "meta")), None)
    skin = by_id(root, "workskin")
    if listing is None or skin is None:
        raise Refused("a page of AO3 without a work")
    take_tags(listing, preface)
    preface.entries += _address(root, note)
    preface.settle()
    for part in skin:
        if has_class(part, "preface"):
            _take_preface(part, preface, cleaned)
    if not preface.fields.keys().isdisjoint({"kudos", "hits", "bookmarks", "comments"}):
        preface.fields["counted"] = note.day
    return replace(ao3_work.work(preface, tuple(_chapters(skin, cleaned)), whole=whole), pictures=pictures)


def _is_whole(root: Element, text: str) -> bool:
    """Whether the file came to its end, or at least to what stands behind the text."""
    return "</html" in text[-_END:].lower() or any(by_id(root, name) is not None for name in ("feedback", "footer"))


def _address(root: Element, note: Saved) -> list[Entry]:
    """The address of the work, as the browser noted it or as the page links to itself."""
    targets = chain([note.address], _own_links(root))
    if not (found := next(filter(None, map(_ADDRESS.search, targets)), None)):
        return []
    return [
        Entry("URL", "url", f"{found[1] or f'https://{AO3}'}/works/{found[2]}"),
        Entry("Work ID", "work_id", found[2]),
    ]


def _own_links(root: Element) -> Iterator[str]:
    for tag, name in _OWN_LINKS:
        for part in root.iter(tag):
            if has_class(part, name):
                yield from (link.get("href", "") for link in part.iter("a"))


def _take_preface(part: Element, preface: Preface, cleaned: Cleaner) -> None:
    """Title, byline, summary and notes before the text; end notes and related works behind it."""
    for element in part:
        if has_class(element, "title"):
            preface.fields["title"] = words(element)
            if any(picture.get("alt") == "(Restricted)" for picture in element.iter("img")):
                preface.note("Restricted", "Yes")
        elif has_class(element, "byline"):
            take_byline(element, preface)
        elif element.get("id") == "children":
            for line in element.iter("li"):
                preface.note("Works inspired by this one", words(line))
        else:
            for name, text in _sections([element], cleaned):
                preface.fields.setdefault(name, text)
        for listing in element.iterchildren("ul"):
            for line in listing.iterchildren("li") if has_class(listing, "associations") else ():
                preface.note(*related(words(line)))


def _sections(parts: Iterable[Element], cleaned: Cleaner) -> Iterator[tuple[str, str]]:
    """The field and text of each block that is a summary, notes or end notes."""
    for part in parts:
        name = "summary" if has_class(part, "summary") else "notes" if has_class(part, "notes") else ""
        for quotation in part.iterchildren("blockquote") if name else ():
            yield "end_notes" if has_class(part, "end") else name, cleaned(inner(quotation))


def _chapters(skin: Element, cleaned: Cleaner) -> Iterator[ParsedChapter]:
    text = by_id(skin, "chapters")
    blocks = [] if text is None else [child for child in text if _NUMBER.fullmatch(child.get("id", ""))]
    for block in blocks:
        yield _chapter(block, cleaned)
    if text is not None and not blocks:
        yield ParsedChapter(1, _body(text, cleaned))


def _chapter(block: Element, cleaned: Cleaner) -> ParsedChapter:
    number = int(block.get("id", "").removeprefix("chapter-"))
    title = key = note = ""
    texts: dict[str, str] = {}
    for group in block:
        if not has_class(group, "preface"):
            continue
        for element in group:
            if has_class(element, "title"):
                title = title_of(words(element), number)
                key = next((found[1] for link in element.iter("a") if (found := _KEY.search(link.get("href", "")))), "")
            elif has_class(element, "byline"):
                note = byline_note(element)
        texts.update(_sections(group, cleaned))
    if note:
        texts["notes"] = "\n".join(filter(None, (note, texts.get("notes", ""))))
    return ParsedChapter(number, _body(block, cleaned), title=title, key=key, **texts)


def _body(part: Element, cleaned: Cleaner) -> str:
    """The text of a chapter, without the heading for screen readers that opens it."""
    for child in part:
        if child.tag == "div" and has_class(child, "userstuff"):
            for heading in list(child.iterchildren("h3")):
                if has_class(heading, "landmark"):
                    drop(heading)
            return cleaned(inner(child))
    return ""


FORMAT = Format(name="ao3-page", version=1, recognises=_recognises, read=_read)
