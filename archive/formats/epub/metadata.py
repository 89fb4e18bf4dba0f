"""What the package of a book says about it: Dublin Core of EPUB 2 and 3, and calibre's own additions."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from archive.formats import values
from archive.formats.epub import soup
from archive.formats.markup import Element
from archive.parsed import ParsedSeries

_AUTHORS = {"aut", "author", ""}
_TAG = re.compile(r"<[a-zA-Z/!]")
_ESCAPED_TAG = re.compile(r"&lt;/?[a-zA-Z]")
_WHOLE = re.compile(r"(\d{1,6})(?:\.0+)?")
_MOST = 20_000
"""More statements than this are made by no book."""
_MOST_REFINING = 50
"""Nor that many about one of them."""


@dataclass(frozen=True, slots=True)
class Identifier:
    """One `dc:identifier`; the scheme is empty when none is named."""

    scheme: str
    value: str


@dataclass(frozen=True, slots=True)
class Contributor:
    """Somebody, or some program, that had a part in the book; the role is a MARC code such as `bkp`, or empty."""

    name: str
    role: str


@dataclass(frozen=True, slots=True)
class Metadata:
    """The package's statements, entities unescaped. Nothing is invented: what is missing stays empty.

    `creators` are the authors; whoever has another role is among `contributors`. `description` is foreign markup or
    plain text, as it stands. `dates` are by event (`publication`, `modification` ...; `""` for a date without one).
    `uid` is the identifier that the package calls its own. `meta` has every `<meta>` by its name or property.
    """

    title: str = ""
    creators: tuple[str, ...] = ()
    contributors: tuple[Contributor, ...] = ()
    language: str = ""
    description: str = ""
    publisher: str = ""
    rights: str = ""
    subjects: tuple[str, ...] = ()
    dates: dict[str, str] = field(default_factory=dict)
    identifiers: tuple[Identifier, ...] = ()
    sources: tuple[str, ...] = ()
    series: tuple[ParsedSeries, ...] = ()
    uid: str = ""
    meta: dict[str, str] = field(default_factory=dict)


def read(package: Element) -> Metadata:
    """The metadata of a package document, whatever its version and prefixes."""
    return _Reader(package).metadata()


class _Reader:
    """Gathers the elements by name, and what refines each of them."""

    def __init__(self, package: Element) -> None:
        self._package = package
        self._found: dict[str, list[Element]] = {}
        self._refined: dict[str, list[Element]] = {}
        for number, element in enumerate(_statements(package)):
            if number > _MOST:
                break
            if refines := soup.attribute(element, "refines").lstrip("#"):
                refining = self._refined.setdefault(refines, [])
                if len(refining) < _MOST_REFINING:
                    refining.append(element)
            else:
                self._found.setdefault(soup.local(element), []).append(element)

    def metadata(self) -> Metadata:
        people = list(self._people())
        creators = [(name, role) for kind, name, role in people if kind == "creator"]
        authors = _unique(name for name, role in creators if role in _AUTHORS) or _unique(name for name, _ in creators)
        return Metadata(
            title=self._title(),
            creators=authors,
            contributors=tuple(Contributor(name, role) for _, name, role in people if name not in authors),
            language=next(self._values("language"), ""),
            description=next((_markup(element) for element in self._found.get("description", ())), ""),
            publisher=next(self._values("publisher"), ""),
            rights=next(self._values("rights"), ""),
            subjects=_unique(self._values("subject")),
            dates=self._dates(),
            identifiers=tuple(self._identifiers()),
            sources=_unique(self._values("source")),
            series=self._series(),
            uid=self._uid(),
            meta=self._meta(),
        )

    def _values(self, name: str) -> Iterator[str]:
        for element in self._found.get(name, ()):
            if value := values.line(soup.text(element)):
                yield value

    def _refinements(self, element: Element, name: str) -> list[str]:
        """What other elements say of this one, under a name."""
        refining = self._refined.get(soup.attribute(element, "id"), ())
        return [values.line(soup.text(other)) for other in refining if soup.attribute(other, "property") == name]

    def _refinement(self, element: Element, name: str) -> str:
        return next(iter(self._refinements(element, name)), "")

    def _title(self) -> str:
        """The main title where the package tells several apart, else the first."""
        titles = [title for title in self._found.get("title", ()) if soup.text(title)]
        main = [title for title in titles if self._refinement(title, "title-type") == "main"]
        return values.line(soup.text((main or titles)[0])) if titles else ""

    def _people(self) -> Iterator[tuple[str, str, str]]:
        """Kind of element, name and role; whoever is an author beside something else is an author."""
        for kind in ("creator", "contributor"):
            for element in self._found.get(kind, ()):
                roles = [soup.attribute(element, "role"), *self._refinements(element, "role")]
                roles = [role.strip().lower() for role in roles if role.strip()]
                if name := values.line(soup.text(element)):
                    yield kind, name, next((role for role in roles if role in _AUTHORS), (*roles, "")[0])

    def _dates(self) -> dict[str, str]:
        dates: dict[str, str] = {}
        for element in self._found.get("date", ()):
            if value := values.line(soup.text(element)):
                dates.setdefault(soup.attribute(element, "event").lower(), value)
        return dates

    def _identifiers(self) -> Iterator[Identifier]:
        for element in self._found.get("identifier", ()):
            if value := values.line(soup.text(element)):
                scheme = soup.attribute(element, "scheme") or self._refinement(element, "identifier-type")
                yield Identifier(scheme, value)

    def _uid(self) -> str:
        wanted = soup.attribute(self._package, "unique-identifier")
        for element in self._found.get("identifier", ()):
            if wanted and soup.attribute(element, "id") == wanted:
                return values.line(soup.text(element))
        return ""

    def _meta(self) -> dict[str, str]:
        meta: dict[str, str] = {}
        for element in self._found.get("meta", ()):
            name = soup.attribute(element, "name") or soup.attribute(element, "property")
            value = soup.attribute(element, "content") or soup.text(element)
            if name and value:
                meta.setdefault(name, values.line(value))
        return meta

    def _series(self) -> tuple[ParsedSeries, ...]:
        """Collections that are series, in the words of EPUB 3 and of calibre; each once, with its position if told."""
        found: dict[str, int | None] = {}
        for element in self._found.get("meta", ()):
            if soup.attribute(element, "property") == "belongs-to-collection":
                title = values.line(soup.text(element))
                if title and self._refinement(element, "collection-type") in {"series", ""}:
                    found.setdefault(title, _position(self._refinement(element, "group-position")))
        meta = self._meta()
        if title := meta.get("calibre:series", ""):
            found[title] = found.get(title) or _position(meta.get("calibre:series_index", ""))
        return tuple(ParsedSeries(title, position) for title, position in found.items())


def _statements(package: Element) -> Iterator[Element]:
    """Every element inside of `metadata`, at whatever depth; without one, nothing."""
    metadata = next(soup.named(package, "metadata"), None)
    if metadata is not None:
        yield from (element for element in metadata.iterdescendants() if soup.local(element))


def _markup(element: Element) -> str:
    """A description: markup once its entities are undone, where it holds any; text else."""
    if len(element):
        return "".join(
            [element.text or "", *(str(etree.tostring(child, encoding="unicode", method="html")) for child in element)]
        )
    found = (element.text or "").strip()
    if not _TAG.search(found) and _ESCAPED_TAG.search(found):
        return found.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", '"').replace("&amp;", "&")
    return found


def _position(value: str) -> int | None:
    found = _WHOLE.fullmatch(value.strip())
    return int(found[1]) if found else None


def _unique(found: Iterator[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(found))
