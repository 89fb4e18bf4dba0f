"""Any other HTML page that holds a work: its title, its author when one is clearly named, its text in chapters.

Nothing on such a page is believed about rating, warnings or tags: those are not stated.
"""

import re
from collections.abc import Callable, Iterator
from pathlib import PurePath

from lxml import etree

from archive import clean
from archive.formats import homes, html_parts
from archive.formats.ao3.masks import unmask
from archive.formats.ao3.saved import Saved, saved
from archive.formats.ao3.standalone import cleaner
from archive.formats.format import Format
from archive.formats.markup import Element, by_id, drop, has_class, inner, parse, words
from archive.formats.source import Source
from archive.formats.texts.body import chapter_title
from archive.formats.walls import wall
from archive.parsed import ParsedChapter, ParsedWork, Refused

_BEFORE = r"\ufeff?(?>(?:\s++|<!--(?:(?!-->).){0,2000}-->|<\?xml[^>]{0,200}\?>){0,1000})"
_PAGE = re.compile(
    _BEFORE + r"<(?:!doctype html|html|head|body|title|meta|link|base|style|script|frameset|main|article|section|p|div"
    r"|center|font|table|blockquote|ul|ol|hr|h[1-6])\b",
    re.IGNORECASE | re.DOTALL,
)
_PIECE = re.compile(_BEFORE + r"<(?:a|b|br|em|i|img|span|strong|u)\b[^<>]{0,500}>", re.IGNORECASE | re.DOTALL)
_BLOCK = re.compile(r"<(?:p|br|div|td)\b", re.IGNORECASE)
_FAR = 50_000
"""Within so many characters a text that begins with emphasis shows whether its paragraphs are those of HTML."""
_BY = re.compile(r"by:?\s+(\S.{0,78}\S|\S)", re.IGNORECASE)
_SENTENCE = re.compile(r"[.!?…:;]$|[.!?]\s")
_NOBODY = {"user", "admin", "administrator", "author", "unknown", "owner", "default", "windows user", "root", "anon"}
_LONGEST_TITLE = 300
_FEW_WORDS = 20
_MOSTLY = 0.5
_LONG_FRONT = 300
"""Words before the first chapter from which on they are a chapter of their own, and not a note."""


def _recognises(source: Source) -> bool:
    if b"<" not in source.head or source.encoding_failed:
        return False
    text = source.text
    return bool(_PAGE.match(text) or (_PIECE.match(text) and _BLOCK.search(text, 0, _FAR)))


def _read(source: Source) -> Iterator[ParsedWork | Refused]:
    try:
        text = clean.mend(source.text)
        root = parse(text)
        unmask(root, text)
        yield _work(root, saved(text), PurePath(source.path.replace("\\", "/")).stem.replace("_", " ").strip())
    except Refused as refused:
        yield refused


def _work(root: Element, note: Saved, name: str) -> ParsedWork:
    named, author, address = _title_of(root), _author_of(root), _address_of(root) or note.address
    cleaned, pictures = cleaner(root, {address, note.address})
    reason = _wall(root)
    language = root.get("lang") or root.get("xml:lang") or ""
    part = html_parts.main_part(root)
    heading = _heading(part)
    title = words(heading) or named or name or "Untitled"
    if reason := reason or wall(words(part)) or _unfit(part):
        raise Refused(reason, named or title)
    author = author or _byline(heading)
    if heading is not None:
        drop(heading)
    chapters, notes = _chapters(part, cleaned)
    notes = "" if clean.plain(notes) == title else notes
    return ParsedWork(
        title=title,
        authors=(author,) if author else (),
        language=language.strip(),
        source_url=address if homes.is_address(address) else "",
        notes=notes,
        chapters=tuple(chapters),
        pictures=pictures,
    )


def _wall(root: Element) -> str | None:
    """Why a page stands in the place of a work: its own part says so, forms included."""
    etree.strip_elements(root, "script", "style", "noscript", "template", with_tail=False)
    main = by_id(root, "main")
    return wall(words(root.find("body") if main is None else main))


def _unfit(part: Element) -> str:
    """Why a page is no work: it leads to others, or says hardly anything."""
    if clean.count_words(words(part)) < _FEW_WORDS:
        return "a web page with hardly any text"
    if sum(has_class(line, "blurb") for line in part.iter("li")) > 1 or html_parts.linked(part) > _MOSTLY:
        return "a web page that lists works or links, not a work"
    return ""


def _title_of(root: Element) -> str:
    return words(root.find(".//title"))[:_LONGEST_TITLE]


def _meta(root: Element, names: set[str]) -> str:
    for meta in root.iter("meta"):
        if (meta.get("name") or meta.get("property") or "").lower() in names and (stated := meta.get("content")):
            return " ".join(stated.split())
    return ""


def _author_of(root: Element) -> str:
    """The author that the page names for programs; what an editor put there of itself names nobody."""
    author = _meta(root, {"author", "dc.creator", "dcterms.creator", "book:author"})
    return "" if author.casefold() in _NOBODY or "://" in author or len(author) > 150 else author


def _address_of(root: Element) -> str:
    for link in root.iter("link"):
        if link.get("rel", "").lower() == "canonical":
            return link.get("href", "")
    return ""


def _heading(part: Element) -> Element | None:
    """The heading that is the title: the only one of the highest level."""
    for level in ("h1", "h2"):
        found = [heading for heading in part.iter(level) if words(heading)]
        if found:
            return found[0] if len(found) == 1 and len(words(found[0])) <= _LONGEST_TITLE else None
    return None


def _byline(heading: Element | None) -> str:
    """The author named by a line of its own right below the title, which then leaves the text."""
    line = None if heading is None else heading.getnext()
    if line is None or line.tag not in {"p", "div", "h2", "h3", "h4", "address"}:
        return ""
    stated = _BY.fullmatch(words(line))
    if not stated or _SENTENCE.search(stated[1]):
        return ""
    drop(line)
    return stated[1]


def _chapters(part: Element, cleaned: Callable[[str], str]) -> tuple[list[ParsedChapter], str]:
    """The chapters, and what stands before the first of several: a note when it is short."""
    found = html_parts.sections(part)
    front = cleaned(inner(part))
    if not found:
        return [ParsedChapter(1, front)], ""
    texts = [(section.title, cleaned(inner(section.text))) for section in found]
    notes = front
    if clean.count_words(clean.plain(front)) >= _LONG_FRONT:
        texts, notes = [("", front), *texts], ""
    numbered = enumerate(texts, 1)
    return [
        ParsedChapter(number, text, title=chapter_title(title, number)) for number, (title, text) in numbered
    ], notes


FORMAT = Format(name="html-page", version=1, recognises=_recognises, read=_read)
