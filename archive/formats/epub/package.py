"""The package document of a book: what it says about itself, which files it has, and in which order they are read."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from posixpath import dirname
from urllib.parse import unquote

from archive.formats.bundle import Bundle, plain_name
from archive.formats.epub import metadata, soup
from archive.formats.epub.metadata import Metadata
from archive.formats.markup import Element

_MARKUP = {
    "application/xhtml+xml", "text/html", "application/xml", "text/xml", "application/x-dtbook+xml",
    "text/x-oeb1-document", "application/xhtml", "text/xhtml", "",
}  # fmt: skip
_ENDINGS = (".xhtml", ".html", ".htm", ".xht", ".xml")
_MOST = 20_000
_LONGEST_CHAIN = 8


@dataclass(frozen=True, slots=True)
class Item:
    """One file of the manifest: its name in the zip, its media type and its properties (`nav`, `cover-image` ...)."""

    id: str
    name: str
    media_type: str
    properties: tuple[str, ...] = ()
    fallback: str = ""

    @property
    def is_markup(self) -> bool:
        """Whether it is a text, as far as one may believe what the package says."""
        return self.media_type in _MARKUP or self.name.lower().endswith(_ENDINGS[:4])


@dataclass(frozen=True, slots=True)
class Package:
    """The package document, with every address turned into a name in the zip."""

    name: str
    metadata: Metadata
    items: dict[str, Item]
    """The manifest by id; files that are not in the zip are left out."""
    spine: tuple[tuple[Item, bool], ...]
    """What is read in order, each once, and whether it belongs to the main line."""
    toc: str
    """The id of the NCX, as the spine names it."""
    guide: dict[str, str]
    """What the guide says of files: name to type (`cover`, `title-page`, `toc` ...)."""


def resolve(address: str, beside: str, bundle: Bundle) -> str:
    """The name in the zip of what an address in the file `beside` leads to; empty for everything elsewhere.

    Percent signs are undone, unless a file really has them in its name; the part after `#` is left out.
    """
    path = address.partition("#")[0].strip()
    if not path or ":" in path.partition("/")[0]:
        return ""
    folder = "" if path.startswith("/") else dirname(beside)
    for spelling in (unquote(path), path, unquote(path).partition("?")[0]):
        if name := bundle.find(plain_name(f"{folder}/{spelling}")):
            return name
    return ""


def read(name: str, bundle: Bundle) -> Package | None:
    """The package in this file of the zip; None when it is no package, or has nothing to read."""
    root = soup.forgiving(bundle.read(name))
    tree = next(soup.named(root, "package"), None)
    if tree is None:
        return None
    items = {item.id: item for item in _items(tree, name, bundle)}
    spine = tuple(_spine(tree, items)) or tuple((item, True) for item in items.values() if item.is_markup)
    if not spine:
        return None
    toc = next((soup.attribute(element, "toc") for element in soup.named(tree, "spine")), "")
    return Package(name, metadata.read(tree), items, spine, toc, dict(_guide(tree, name, bundle)))


def _items(tree: Element, beside: str, bundle: Bundle) -> Iterator[Item]:
    for element in islice(soup.named(next(soup.named(tree, "manifest"), None), "item"), _MOST):
        if name := resolve(soup.attribute(element, "href"), beside, bundle):
            yield Item(
                id=soup.attribute(element, "id"),
                name=name,
                media_type=soup.attribute(element, "media-type").partition(";")[0].strip().lower(),
                properties=tuple(soup.attribute(element, "properties").split()),
                fallback=soup.attribute(element, "fallback"),
            )


def _spine(tree: Element, items: dict[str, Item]) -> Iterator[tuple[Item, bool]]:
    """The documents in order; what is no text gives way to what the manifest offers in its place."""
    seen = set()
    for element in islice(soup.named(next(soup.named(tree, "spine"), None), "itemref"), _MOST):
        item = items.get(soup.attribute(element, "idref"))
        for _ in range(_LONGEST_CHAIN):
            if item is None or item.is_markup:
                break
            item = items.get(item.fallback)
        if item and item.is_markup and item.name not in seen:
            seen.add(item.name)
            yield item, soup.attribute(element, "linear").lower() != "no"


def _guide(tree: Element, beside: str, bundle: Bundle) -> Iterator[tuple[str, str]]:
    for element in islice(soup.named(tree, "reference"), _MOST):
        if name := resolve(soup.attribute(element, "href"), beside, bundle):
            yield name, soup.attribute(element, "type").lower()
