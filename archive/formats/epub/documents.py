"""One document of a book as a tree: by the strict parser when it is well-formed, else by the forgiving one of HTML."""

import re
from typing import Any

from lxml import etree

from archive import clean
from archive.formats import markup
from archive.formats.decoding import decode
from archive.formats.epub import soup
from archive.formats.markup import Element
from archive.parsed import Refused

_NAMESPACE = re.compile(rb"""\sxmlns\s*=\s*["']http://www\.w3\.org/1999/xhtml/?["']""")
_NOTHING = b"\xef\xbb\xbf \t\r\n\0"
_KOBO = b"book-inner"
_IN_A_LANGUAGE: Any = etree.XPath("descendant-or-self::*[@xml:lang]")
_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"


def tree(data: bytes) -> Element:
    """The tree of a document; its root is `html`. Refused when nothing can be made of it."""
    if not data.strip(_NOTHING):
        return etree.Element("html")
    if len(data) > soup.LARGEST:
        raise Refused(f"a document of {len(data):,} bytes, and at most {soup.LARGEST:,} are read")
    if not data.isascii():
        data = _mended(data)
    bare = _NAMESPACE.sub(b"", data)
    root = soup.strict(bare)
    if root is None:
        return markup.parse(soup.undeclared(data))
    if b"xmlns" in bare:
        _plain_names(root)
    if b"xml:lang" in bare:
        _plain_languages(root)
    if _KOBO in data:
        _unwrap_columns(root)
    if b"<svg" in data or b":svg" in data:
        _unwrap_pictures(root)
    return root if root.tag == "html" else _wrapped(root)


def _mended(data: bytes) -> bytes:
    """The document with its mojibake undone, where it has any."""
    text = decode(data)
    mended = clean.mend(text)
    return data if mended is text else soup.undeclared(mended.encode("utf-8")).encode("utf-8")


def _plain_names(root: Element) -> None:
    """Take namespaces off the names of elements."""
    for element in root.iter():
        if isinstance(element.tag, str) and element.tag[0] == "{":
            element.tag = soup.local(element)


def _plain_languages(root: Element) -> None:
    """Take the prefix off `xml:lang`; where both stand, HTML's own counts."""
    for element in _IN_A_LANGUAGE(root):
        if language := element.attrib.pop(_LANGUAGE, ""):
            element.set("lang", element.get("lang") or language)


def _unwrap_columns(root: Element) -> None:
    """Take away the two blocks that Kobo's own kind of EPUB (`kepubify`) puts around every body."""
    body = next(root.iter("body"), None)
    columns = root.find(f".//div[@id='{_KOBO.decode()}']")
    if body is not None and columns is not None:
        inside, body.text = list(columns), columns.text
        body[:] = inside


def _unwrap_pictures(root: Element) -> None:
    """Pictures that a drawing only frames, as books do with full pages, become pictures of the text."""
    for drawing in list(root.iter("svg")):
        for framed in list(drawing.iter("image"))[:1]:
            picture = etree.Element("img", {"src": soup.attribute(framed, "href"), "alt": _title(drawing)})
            picture.tail, parent = drawing.tail, drawing.getparent()
            if parent is not None:
                parent.replace(drawing, picture)


def _title(drawing: Element) -> str:
    return next((soup.text(title) for title in drawing.iter("title", "desc")), "")


def _wrapped(root: Element) -> Element:
    outer = etree.Element("html")
    body = etree.SubElement(outer, "body")
    body.append(root)
    return outer
