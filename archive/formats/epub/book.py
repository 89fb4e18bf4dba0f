"""A book opened: its metadata, its documents in reading order, its table of contents, and each of its files."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from weakref import WeakKeyDictionary

from archive import clean
from archive.formats.bundle import Bundle
from archive.formats.epub import container, contents, documents, package, soup
from archive.formats.epub.contents import Entry
from archive.formats.epub.metadata import Metadata
from archive.formats.epub.package import Item
from archive.formats.markup import Element
from archive.formats.pictures import picture_of
from archive.formats.source import Source
from archive.parsed import ParsedPicture, ParsedWork, Refused

TEXT = 48 * 1024 * 1024
"""The most bytes of all documents of one book together: some eight million words."""
MOST_TAGS = 1_000_000
"""The most tags of all documents that are read: each needs about two hundred bytes."""
_PICTURES = 128 * 1024 * 1024
"""How many bytes of pictures one book may bring."""


@dataclass(frozen=True, slots=True)
class Document:
    """One document of the spine; `title` is what the table of contents calls it, empty when it does not."""

    name: str
    title: str
    linear: bool


class Book:
    """An EPUB 2 or 3. Files are known by their names in the zip; whatever is missing is left out."""

    def __init__(self, bundle: Bundle, opened: package.Package) -> None:
        self._bundle = bundle
        self._package = opened
        self._tags: dict[str, int] = {}
        self._classes: dict[str, dict[str, str]] = {}
        self._sheets: dict[str, dict[str, str]] = {}
        self._pictures: dict[str, ParsedPicture | None] = {}
        self._shown = 0

    @classmethod
    def of(cls, source: Source) -> "Book | None":
        """The book that a source is; None when it is none, or one that cannot be opened (see `unopened`). Kept."""
        found = _found(source)
        return found if isinstance(found, cls) else None

    def told(self, work: Callable[[], ParsedWork]) -> ParsedWork | Refused:
        """The work that a format makes of it, or the reason why there is none, under the title of the book."""
        try:
            return work()
        except Refused as refused:
            return Refused(str(refused), self.metadata.title)

    @cached_property
    def metadata(self) -> Metadata:
        """What the package states."""
        return self._package.metadata

    @property
    def files(self) -> tuple[str, ...]:
        """The names of all files in the zip."""
        return tuple(self._bundle.names)

    @cached_property
    def items(self) -> Mapping[str, Item]:
        """The files of the manifest by their names, with media type and properties."""
        return {item.name: item for item in self._package.items.values()}

    @property
    def guide(self) -> Mapping[str, str]:
        """What the guide calls files: name to `cover`, `title-page`, `toc`, `text` ..."""
        return self._package.guide

    @cached_property
    def toc(self) -> tuple[Entry, ...]:
        """The table of contents, flat."""
        return contents.read(self._package, self._bundle)

    @cached_property
    def entries(self) -> Mapping[str, tuple[Entry, ...]]:
        """The lines of the table of contents for each document that has any."""
        found: dict[str, list[Entry]] = {}
        for entry in self.toc:
            found.setdefault(entry.name, []).append(entry)
        return {name: tuple(entries) for name, entries in found.items()}

    @cached_property
    def spine(self) -> tuple[Document, ...]:
        """The documents in reading order, each once."""
        titles = {name: entries[0].title for name, entries in self.entries.items()}
        return tuple(Document(item.name, titles.get(item.name, ""), linear) for item, linear in self._package.spine)

    def read(self, name: str) -> bytes:
        """A file's bytes; see `Bundle.read` for what is refused."""
        return self._bundle.read(name)

    def markup(self, name: str) -> Element:
        """A document as a tree whose root is `html`, names without namespaces. Each call gives a tree of its own."""
        data = self.read(name)
        self._tags[name] = data.count(b"<")
        if sum(self._tags.values()) > MOST_TAGS:
            raise Refused("an EPUB with far too many tags for a text")
        try:
            return documents.tree(data)
        except Refused as refused:
            raise Refused(f"{name} in the book: {refused}") from None

    def resolve(self, address: str, beside: str) -> str:
        """The name of the file that an address in the document `beside` leads to; empty for everything elsewhere."""
        return package.resolve(address, beside, self._bundle)

    def pictures(self, name: str, root: Element | None = None) -> dict[str, ParsedPicture]:
        """For `clean.html`: the pictures that a document shows and the book brings, by their `src` in it.

        `root` is the document's tree, where it is at hand already.
        """
        found: dict[str, ParsedPicture] = {}
        for picture in (self.markup(name) if root is None else root).iter("img"):
            address = str(picture.get("src") or "")
            if address not in found and (brought := self._picture(self.resolve(address, name))):
                found[address] = brought
        return found

    def _picture(self, name: str) -> ParsedPicture | None:
        """A picture by its name in the zip; the same file is looked at once."""
        if name and name not in self._pictures:
            data = b"" if self._shown > _PICTURES else self._spare(name)
            self._pictures[name] = picture_of(data)
            self._shown += len(data)
        return self._pictures.get(name)

    def classes(self, name: str, root: Element | None = None) -> dict[str, str]:
        """For `clean.html`: what the style sheets of a document say of its classes. Kept for each document."""
        if name in self._classes:
            return self._classes[name]
        found = self._classes[name] = {}
        for element in (self.markup(name) if root is None else root).iter("link", "style"):
            if element.tag == "style":
                found.update(clean.styles(soup.text(element)))
            elif "stylesheet" in str(element.get("rel") or "").lower():
                found.update(self._sheet(self.resolve(str(element.get("href") or ""), name)))
        return found

    def _sheet(self, name: str) -> dict[str, str]:
        if name not in self._sheets:
            self._sheets[name] = clean.styles(self._spare(name).decode("utf-8", "replace"))
        return self._sheets[name]

    def _spare(self, name: str) -> bytes:
        """A file that a book can do without: nothing when it is missing or damaged."""
        try:
            return self.read(name) if name else b""
        except Refused:
            return b""

    def places(self, name: str, chapters: Mapping[str, int], root: Element | None = None) -> dict[str, int]:
        """For `clean.html`: which links of a document lead into which chapter, by the part before their `#`.

        `chapters` says which chapter each document belongs to; links into the document's own chapter get 0.
        """
        found: dict[str, int] = {}
        for link in (self.markup(name) if root is None else root).iter("a"):
            address = str(link.get("href") or "").partition("#")[0]
            if address and address not in found and (number := chapters.get(self.resolve(address, name))):
                found[address] = 0 if number == chapters.get(name) else number
        return found


def unopened(source: Source) -> Refused | None:
    """Why a source that is or may be an EPUB cannot be opened; None when it is open, or no EPUB."""
    found = _found(source)
    return found if isinstance(found, Refused) else None


_FOUND: WeakKeyDictionary[Source, Book | Refused | None] = WeakKeyDictionary()


def _found(source: Source) -> Book | Refused | None:
    if source not in _FOUND:
        try:
            _FOUND[source] = _opened(source)
        except Refused as refused:
            _FOUND[source] = refused
    return _FOUND[source]


def _opened(source: Source) -> Book | None:
    """The first package that can be read. A zip that does not say it is a book may still hold one."""
    if (bundle := source.bundle) is None:
        return None
    says_so = container.declared(bundle)
    names = container.packages(bundle)
    if not says_so and len(names) != 1:
        return None
    locked = container.locked(bundle)
    if locked & set(names):
        raise container.lock(bundle)
    for name in names:
        if opened := package.read(name, bundle):
            if locked and locked & {item.name for item, _ in opened.spine}:
                raise container.lock(bundle)
            if (size := sum(bundle.size(item.name) for item, _ in opened.spine)) > TEXT:
                raise Refused(f"an EPUB with {size:,} bytes of text, and at most {TEXT:,} are read")
            return Book(bundle, opened)
    if says_so:
        raise Refused("an EPUB whose list of texts (its package file) is missing or damaged")
    return None
