"""The text of a web page of any kind: the part that is meant to be read, without the site around it, in chapters."""

import re
from dataclasses import dataclass

from lxml import etree

from archive.formats.markup import Element, drop, fit, hollow, words

_AROUND = {
    "script", "style", "noscript", "template", "nav", "footer", "aside", "form", "button", "dialog", "iframe",
}  # fmt: skip
_ROLES = {"navigation", "banner", "contentinfo", "search", "complementary", "dialog", "menu", "menubar"}
_NAMES = {
    "nav", "navbar", "navigation", "menu", "sidebar", "footer", "site-header", "site-footer", "page-footer",
    "breadcrumb", "breadcrumbs", "comments", "comment-list", "share", "sharedaddy", "cookie-banner", "skip-link",
    "skiplinks",
}  # fmt: skip
"""What sites call the parts around a text, as id or class."""
_MAY_BE_CALLED_SO = {"html", "body", "main", "article", "h1", "h2", "h3", "p"}
_LEVELS = ("h1", "h2", "h3")
_COUNTED = re.compile(
    r"(?:chapter|part|prologue|epilogue|interlude|teil|kapitel|chapitre|capítulo|capitolo|глава)\b"
    r"|第.{1,6}[章回部]|\d{1,4}\b|[ivxlc]{1,7}(?:[.:)\s]|$)",
    re.IGNORECASE,
)
_ENOUGH = 500
"""So many characters below each heading make chapters even of headings that do not count."""
_MOST_CHAPTERS, _DEEPEST = 10_000, 50
_MOST = 0.5
"""The share of a page that its main part must have, to be believed."""


@dataclass(frozen=True, slots=True)
class Section:
    """A heading, and an element that holds what follows it up to the next one."""

    title: str
    text: Element


def main_part(root: Element) -> Element:
    """The part of a page that holds its text. What belongs to the site is taken out of the tree.

    A part that holds most of the page is its text, whatever it is called: old sites put all of it into a form.
    """
    body = root.find("body")
    whole = root if body is None else body
    most = _size(whole) * _MOST
    for element in [element for element in whole.iter() if _is_around(element)]:
        if _size(element) <= most:
            hollow(element, "div")
    most = _size(whole) * _MOST
    for candidate in whole.iter("main", "article", "div"):
        if _is_main(candidate) and _size(candidate) > most:
            return candidate
    return whole


def linked(part: Element) -> float:
    """The share of the text that is in links to other pages, from 0 to 1."""
    links = (link for link in part.iter("a") if not link.get("href", "#").startswith("#"))
    return sum(map(_size, links)) / max(_size(part), 1)


def sections(part: Element) -> list[Section]:
    """The chapters of a text, when it has several headings of one level that announce them; else nothing.

    They are taken out of the tree: what is left in it stands before them.
    """
    for level in _LEVELS:
        headings = [heading for heading in part.iter(level) if words(heading)]
        if 1 < len(headings) <= _MOST_CHAPTERS:
            tops = _side_by_side(headings) if _are_chapters(headings, part) else []
            ends = {*tops}
            return [_section(heading, top, ends) for heading, top in zip(headings, tops, strict=False)]
    return []


def _is_around(element: Element) -> bool:
    if element.tag in _AROUND or element.get("role", "") in _ROLES or element.get("hidden") is not None:
        return True
    if element.tag == "header" and element.find(".//h1") is None:
        return True
    names = {element.get("id", "").lower(), *element.get("class", "").lower().split()}
    return not names.isdisjoint(_NAMES) and element.tag not in _MAY_BE_CALLED_SO


def _is_main(element: Element) -> bool:
    return element.tag in {"main", "article"} or element.get("role") in {"main", "article"}


def _are_chapters(headings: list[Element], part: Element) -> bool:
    counted = sum(bool(_COUNTED.match(words(heading))) for heading in headings)
    return counted * 2 >= len(headings) or _size(part) >= _ENOUGH * len(headings)


def _size(element: Element) -> int:
    """About how many characters an element shows."""
    return sum(len(text.strip()) for text in element.itertext())


def _side_by_side(headings: list[Element]) -> list[Element]:
    """The headings, or the blocks that each of them has for itself, as neighbours in one element; else nothing."""
    if sum(1 for _ in headings[0].iterancestors()) > _DEEPEST:
        return []
    lines = [[*reversed([*heading.iterancestors()]), heading] for heading in headings]
    depth = 0
    while all(len(line) > depth + 1 and line[depth] is lines[0][depth] for line in lines):
        depth += 1
    tops = [line[depth] for line in lines]
    return tops if len({*tops}) == len(tops) else []


def _section(heading: Element, top: Element, ends: set[Element]) -> Section:
    """What follows a heading, up to the next end, moved into an element of its own."""
    text = etree.Element("div")
    title = words(heading)
    moved = [] if top is heading else [top]
    for sibling in top.itersiblings():
        if sibling in ends:
            break
        moved.append(sibling)
    if top is heading:
        text.text, heading.tail = fit(heading.tail or ""), None
    drop(heading)
    for element in moved:
        text.append(element)
    return Section(title, text)
