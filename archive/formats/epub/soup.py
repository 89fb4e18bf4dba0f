"""The XML of a book, however badly written, as trees: no DTD is loaded, no entity resolved, no address asked."""

import re
from collections.abc import Iterator
from html import unescape

from lxml import etree

from archive.formats.decoding import decode
from archive.formats.markup import Element

LARGEST = 8 * 1024 * 1024
"""The largest document: while one is read, it needs many times its size."""
MOST_TAGS = 200_000
"""The most tags of a package or a table of contents."""

_HEAD = 4096
"""Where a document type stands, if there is one."""
_DOCTYPE = re.compile(rb"<!DOCTYPE\b[^>\[]*(?:\[.*?\]\s*>\s*(?=<(?!!))|>)", re.DOTALL | re.IGNORECASE)
_DECLARATION = re.compile(r"^\s*<\?xml\b[^>]{0,300}\?>")
_UTF8 = re.compile(
    rb"""^(?:\xef\xbb\xbf)?\s*(?:<\?xml\b(?![^>]*\bencoding\s*=\s*["'](?!utf-?8["']))|<[^?])""", re.IGNORECASE
)
_REFERENCE = re.compile(rb"&(#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});")
_OF_XML = {b"amp", b"lt", b"gt", b"quot", b"apos"}
_SPACES = re.compile(r"\s+")


def _parser(*, recover: bool) -> etree.XMLParser:
    return etree.XMLParser(
        recover=recover,
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        remove_comments=True,
        remove_pis=True,
        collect_ids=False,
    )


def strict(data: bytes) -> Element | None:
    """The tree of a document that is well-formed once its named HTML entities are characters; else None."""
    if len(data) > LARGEST:
        return None
    plain = _prepared(data)
    if b"<!DOCTYPE" in plain[:_HEAD] or b"<!ENTITY" in plain[:_HEAD]:
        return None
    try:
        return etree.fromstring(plain, _parser(recover=False))
    except (etree.XMLSyntaxError, ValueError):
        return None


def forgiving(data: bytes) -> Element | None:
    """The tree of whatever can be made out; None when that is nothing, or far too much."""
    if len(data) > LARGEST or data.count(b"<") > MOST_TAGS:
        return None
    try:
        return etree.fromstring(_prepared(data), _parser(recover=True))
    except (etree.XMLSyntaxError, ValueError):
        return None


def _prepared(data: bytes) -> bytes:
    """UTF-8 without a document type and without the entities that only a document type would explain."""
    if not _UTF8.match(data):
        data = undeclared(data).encode("utf-8")
    at = data[:_HEAD].upper().find(b"<!DOCTYPE")
    if at >= 0 and (doctype := _DOCTYPE.match(data, at)):
        data = data[:at] + data[doctype.end() :]
    return _REFERENCE.sub(_character, data) if b"&" in data else data


def undeclared(data: bytes) -> str:
    """A document as text, without the declaration that may name its encoding."""
    return _DECLARATION.sub("", decode(data))


def _character(entity: re.Match[bytes]) -> bytes:
    """A reference as the character that HTML means by it; those that XML needs, and unknown ones, stay text."""
    if entity[1] in _OF_XML:
        return entity[0]
    char = unescape(entity[0].decode("ascii"))
    if char.startswith("&") or char in "<>&\"'":
        return entity[0] if entity[1].startswith(b"#") else b"&amp;" + entity[0][1:]
    return char.encode("utf-8")


def local(element: Element) -> str:
    """An element's name without namespace or prefix, in small letters; empty for comments and their like."""
    tag = element.tag
    return tag.rpartition("}")[2].rpartition(":")[2].lower() if isinstance(tag, str) else ""


def named(tree: Element | None, *names: str) -> Iterator[Element]:
    """Every element below (and including) this one that has one of these local names, in the order of the text."""
    if tree is not None:
        yield from (element for element in tree.iter() if local(element) in names)


def attribute(element: Element, name: str) -> str:
    """An attribute whatever its namespace or prefix; empty when there is none."""
    value = element.get(name)
    if value is None:
        for key, found in element.attrib.items():
            if str(key).rpartition("}")[2].rpartition(":")[2].lower() == name.lower():
                return str(found).strip()
    return str(value or "").strip()


def text(element: Element) -> str:
    """All the text inside, as one line."""
    return _SPACES.sub(" ", "".join(map(str, element.itertext()))).strip()
