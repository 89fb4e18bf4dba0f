"""One document of a book as a tree: by the strict parser when it is well-formed, else by the forgiving one of HTML."""

import re

from lxml import etree, html

from archive.formats.epub import soup
from archive.parsed import Refused

_NAMESPACE = re.compile(rb"""\sxmlns\s*=\s*["']http://www\.w3\.org/1999/xhtml/?["']""")

_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"


def tree(data: bytes) -> etree._Element:
    """The tree of a document; its root is `html`. Refused when nothing can be made of it."""
    if data.count(b"<") > soup.NODES:
        raise Refused("a document with far too many tags to be a text")
    root = soup.strict(_NAMESPACE.sub(b"", data))
    if root is None:
        return _lenient(data)
    _plain_names(root)
    return root if root.tag == "html" else _wrapped(root)


def _lenient(data: bytes) -> etree._Element:
    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True)
    try:
        root = html.document_fromstring(soup.undeclared(data), parser=parser)
    except (etree.LxmlError, ValueError, AssertionError) as error:
        raise Refused("a document that cannot be read") from error
    return root


def _plain_names(root: etree._Element) -> None:
    """Take namespaces off the names of elements, and the prefix off `xml:lang`."""
    for element in root.iter():
        if isinstance(element.tag, str) and element.tag[0] == "{":
            element.tag = soup.local(element)
        if (language := element.get(_LANGUAGE)) and not element.get("lang"):
            element.set("lang", language)


def _wrapped(root: etree._Element) -> etree._Element:
    outer = etree.Element("html")
    body = etree.SubElement(outer, "body")
    body.append(root)
    return outer
