"""The table of contents of a book, from its navigation document or its NCX, as one flat list."""

from collections.abc import Iterator
from dataclasses import dataclass

from archive.formats import values
from archive.formats.bundle import Bundle
from archive.formats.epub import soup
from archive.formats.epub.package import Package, resolve
from archive.formats.markup import Element
from archive.parsed import Refused

_NCX = "application/x-dtbncx+xml"
_MOST = 20_000


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the table of contents: the file it leads to, the place in it, and how deep the line stands."""

    title: str
    name: str
    fragment: str = ""
    depth: int = 1


def read(package: Package, bundle: Bundle) -> tuple[Entry, ...]:
    """The lines in their order; empty when there is no table that can be read and leads to files of the book."""
    for find, parse in ((_nav, _of_nav), (_ncx, _of_ncx)):
        if name := find(package):
            try:
                entries = tuple(parse(_tree(bundle.read(name)), name, bundle))
            except Refused:  # a book can do without
                continue
            if entries:
                return entries[:_MOST]
    return ()


def _tree(data: bytes) -> Element | None:
    if data.count(b"<") > soup.MOST_TAGS:
        return None
    tree = soup.strict(data)
    return soup.forgiving(data) if tree is None else tree


def _nav(package: Package) -> str:
    return next((item.name for item in package.items.values() if "nav" in item.properties), "")


def _ncx(package: Package) -> str:
    if item := package.items.get(package.toc):
        return item.name
    for item in package.items.values():
        if item.media_type == _NCX or item.name.lower().endswith(".ncx"):
            return item.name
    return ""


def _of_nav(tree: Element | None, beside: str, bundle: Bundle) -> Iterator[Entry]:
    """The list of the `nav` that is called `toc`, or of the first one."""
    navs = list(soup.named(tree, "nav"))
    tocs = [nav for nav in navs if "toc" in soup.attribute(nav, "type").split()]
    for nav in (tocs or navs)[:1]:
        for link in soup.named(nav, "a"):
            depth = sum(1 for above in link.iterancestors() if soup.local(above) in {"ol", "ul"})
            yield from _entry(soup.text(link), soup.attribute(link, "href"), depth, beside, bundle)


def _of_ncx(tree: Element | None, beside: str, bundle: Bundle) -> Iterator[Entry]:
    for point in soup.named(tree, "navpoint"):
        title = address = ""
        for child in point:
            if soup.local(child) == "navlabel":
                title = title or soup.text(child)
            elif soup.local(child) == "content":
                address = address or soup.attribute(child, "src")
        depth = 1 + sum(1 for above in point.iterancestors() if soup.local(above) == "navpoint")
        yield from _entry(title, address, depth, beside, bundle)


def _entry(title: str, address: str, depth: int, beside: str, bundle: Bundle) -> Iterator[Entry]:
    if name := resolve(address, beside, bundle):
        yield Entry(values.line(title), name, address.partition("#")[2], max(depth, 1))
