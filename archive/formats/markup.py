"""Foreign HTML and XHTML to a tree that is safe to walk: nothing is fetched, no entity is declared, no depth kills.

root = parse(source.text)
for chapter in root.iter("div"):
    if has_class(chapter, "userstuff"):
        body = clean.html(inner(chapter))
"""

import re
from typing import Any

from lxml import etree

from archive.formats import values
from archive.parsed import Refused

Element = etree._Element  # noqa: SLF001  the only name lxml has for the type
"""An element of a foreign tree. Tags and attributes are lower case and carry no namespace: `p`, `epub:type`."""

MOST_TAGS = 1_000_000
"""The most tags of one page; each costs about 200 bytes while it is read."""
LONGEST_LINE = 1_000_000
"""The most characters that `words` looks at: more than any title or list of tags needs, less than a book."""
_DEEPEST = 200
_TOO_DEEP = 2000
_VOID = {
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr",
}  # fmt: skip
_TO_CLOSE = re.compile(r"<([a-zA-Z][\w:-]*)(?:\s[^>]*)?")
_DECLARATIONS = re.compile(r"<!DOCTYPE[^<>\[]{0,500}\[[^\]]{0,20000}\]\s*>", re.IGNORECASE)
_CDATA = "<![CDATA["
_START = 2000
"""Within so many characters a document declares what it is."""
_TAG = re.compile(r"<(/?)([a-zA-Z][\w:-]*)[^<>]*>")
_SELF_CLOSING = {*_VOID, "p", "li", "dd", "dt", "td", "th", "tr", "option"}
_BREAKS = {"br", "p", "div", "li", "dt", "dd", "td", "th", "tr", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote"}


def parse(text: str) -> Element:
    """The `<html>` element of a page. Anything that is text has a tree; only far too many tags are `Refused`.

    XHTML is read by the same rules: an element closed at once (`<a id="x"/>`, `<title/>`) is empty, an entity that a
    document declares is left as text, an XML declaration says nothing. Comments are not in the tree.
    """
    if text.count("<") > MOST_TAGS:
        raise Refused("far too many tags for a text")
    if 0 < text.count("/>") <= MOST_TAGS:
        *pieces, rest = text.split("/>")
        text = "".join(map(_closed, pieces)) + rest
    if _CDATA in text:
        first, *sections = text.split(_CDATA)
        text = first + "".join(map(_as_text, sections))
    if (start := text.find("<!DOCTYPE", 0, _START)) >= 0 and (doctype := _DECLARATIONS.match(text, start)):
        text = text[:start] + text[doctype.end() :]
    root = _tree(text)
    if _cut_short(root):
        root = _tree(_flattened(text))
    return root


def inner(element: Element) -> str:
    """What is inside of an element, as balanced markup: the food of `clean.html`."""
    markup: str = etree.tostring(element, encoding="unicode", method="html", with_tail=False)
    return markup[markup.find(">") + 1 : max(markup.rfind("</"), 0)]


def words(element: Element | None) -> str:
    """The text of an element on one line, of a very long one its beginning; breaks and edges of blocks are spaces.

    >>> words(parse("<p>The  <i>Lamp</i>lighter&rsquo;s<br/>Ledger</p>"))
    'The Lamplighter’s Ledger'
    """
    if element is None:
        return ""
    if not len(element):
        return values.spaced((element.text or "")[:LONGEST_LINE])
    pieces: list[str] = []
    length = 0
    for event, node in etree.iterwalk(element, events=("start", "end")):
        if node.tag in _BREAKS:
            pieces.append(" ")
        if text := node.text if event == "start" else node.tail if node is not element else "":
            pieces.append(text)
            length += len(text)
            if length > LONGEST_LINE:
                break
    return values.spaced("".join(pieces)[:LONGEST_LINE])


def has_class(element: Element, name: str) -> bool:
    """Whether a class stands on an element, alone or among others."""
    return name in element.get("class", "").split()


def by_id(root: Element, name: str) -> Element | None:
    """The first element that has this id."""
    found: Any = _BY_ID(root, name=name)
    return found[0] if found else None


def drop(element: Element) -> None:
    """Take an element out of its tree, and leave the text that follows it."""
    parent = element.getparent()
    if parent is None:
        return
    if element.tail:
        before = element.getprevious()
        if before is None:
            parent.text = fit((parent.text or "") + element.tail)
        else:
            before.tail = fit((before.tail or "") + element.tail)
    parent.remove(element)


def hollow(element: Element, tag: str) -> None:
    """Make an element an empty one of another name; the text that follows it stays."""
    tail = fit(element.tail or "")
    element.clear()
    element.tag, element.tail = tag, tail


def fit(text: str) -> str:
    """Text as a tree takes it: without the control characters that references such as `&#1;` have brought in."""
    return _UNFIT.sub("", text)


_UNFIT = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_BY_ID = etree.XPath("descendant-or-self::*[@id=$name]")


def _closed(piece: str) -> str:
    """What stood before a `/>`, with the end of its element: with an end tag where HTML wants one."""
    start = piece.rfind("<")
    tag = _TO_CLOSE.fullmatch(piece, start) if start >= 0 else None
    if not tag or tag[1].lower() in _VOID or piece.count('"', start) % 2:
        return f"{piece}/>"
    return f"{piece}></{tag[1]}>"


def _tree(text: str) -> Element:
    parser = etree.HTMLParser(
        encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True, huge_tree=True, collect_ids=False
    )
    try:
        root: Element | None = etree.fromstring(text.encode("utf-8", "replace"), parser)
    except etree.XMLSyntaxError:
        root = None
    return etree.Element("html") if root is None else root  # there is nothing in it


def _cut_short(root: Element) -> bool:
    """Whether the parser gave up: it does so at an element that stands too deep, which is then the last of all."""
    depth = 0
    while len(root) and depth < _TOO_DEEP:
        root, depth = root[-1], depth + 1
    return depth == _TOO_DEEP


def _flattened(text: str) -> str:
    """The same text without the tags that stand deeper than two hundred others."""
    depth = 0

    def flatten(tag: re.Match[str]) -> str:
        nonlocal depth
        if tag[2].lower() in _SELF_CLOSING:
            return tag[0] if depth <= _DEEPEST else " "
        if tag[1]:
            depth = max(depth - 1, 0)
            return tag[0] if depth < _DEEPEST else ""
        depth += 1
        return tag[0] if depth <= _DEEPEST else ""

    return _TAG.sub(flatten, text)


def _as_text(section: str) -> str:
    """What follows the start of a section of character data, with the section written as text."""
    inside, end, rest = section.partition("]]>")
    return inside.replace("&", "&amp;").replace("<", "&lt;") + rest if end else section
