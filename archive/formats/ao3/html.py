"""AO3's own HTML download, in every layout since 2010."""

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from lxml import etree

from archive import clean
from archive.formats.ao3 import chapters as ao3_chapters
from archive.formats.ao3 import preface as ao3_preface
from archive.formats.ao3 import work as ao3_work
from archive.formats.ao3.masks import unmask
from archive.formats.format import Format
from archive.formats.markup import Element, has_class, parse
from archive.formats.source import Source
from archive.parsed import ParsedWork, Refused

_TAGS = re.compile(r"<dl\b[^<>]{0,200}\bclass\s*=\s*[\"']?tags\b", re.IGNORECASE)
_MESSAGE = re.compile(r"Posted originally on the\b|<div\b[^<>]{0,200}\bid\s*=\s*[\"']?preface\b", re.IGNORECASE)
_CHAPTERS = etree.XPath("descendant::div[@id='chapters'][not(ancestor::blockquote)]")
_DOCUMENT = re.compile(r"<(?:!DOCTYPE\s[^<>]{0,300}>\s*<html|html)\b", re.IGNORECASE)
_FAR = 200_000
"""How far into a file its header may stand: styles and scripts of a damaged file come before it."""


def _recognises(source: Source) -> bool:
    return b"<" in source.head and not source.encoding_failed and _is_download(source.text)


def _is_download(text: str) -> bool:
    return bool(_TAGS.search(text, 0, _FAR)) and bool(_MESSAGE.search(text, 0, _FAR))


def _read(source: Source) -> Iterator[ParsedWork | Refused]:
    for text in _downloads(clean.mend(source.text)):
        try:
            root = parse(text)
            unmask(root, text)
            yield _work(root)
        except Refused as refused:
            yield refused


def _downloads(text: str) -> Iterator[str]:
    """The downloads in a file, which somebody may have put one behind the other."""
    places = [found.start() for found in _DOCUMENT.finditer(text)][1:]
    start = 0
    for end, next_end in pairwise([*places, len(text)]):
        if _is_download(text[end:next_end]):
            yield text[start:end]
            start = end
    yield text[start:]


def _work(root: Element) -> ParsedWork:
    """Everything before the text is the preface, everything behind it the afterword."""
    text = _text(root)
    if text is None:
        return ao3_work.work(ao3_preface.read(root), ())
    preface = ao3_preface.read(*reversed(list(text.itersiblings(preceding=True))))
    afterword = list(text.itersiblings())
    chapters = ao3_chapters.read([(text, clean.html)])
    ao3_chapters.read_afterword(afterword, preface)
    if "source_id" not in preface.fields:
        ao3_preface.take_address(afterword, preface)
        preface.settle()
    return ao3_work.work(preface, chapters, whole=_is_whole(afterword))


def _text(root: Element) -> Element | None:
    """The chapters; a quotation in a summary may have any id."""
    found: Any = _CHAPTERS(root)
    return found[0] if found else None


def _is_whole(afterword: list[Element]) -> bool:
    """Whether the file came to its end: behind the text of every layout stands a word to the reader."""
    return any(has_class(line, "message") for part in afterword for line in part.iter("p"))


FORMAT = Format(name="ao3-html", version=1, recognises=_recognises, read=_read)
