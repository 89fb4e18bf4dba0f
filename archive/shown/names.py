"""Names of tags, authors, series and languages: suggested, listed from A to Z, and what hangs together with a tag."""

from dataclasses import dataclass

from archive.shown.works import Name


@dataclass(frozen=True, slots=True)
class Suggested:
    """A name that goes on as somebody has begun to type it."""

    kind: str
    """The word in addresses: `fandom`, `relationship`, `character`, `freeform`, `author` or `series`."""
    name: str
    slug: str
    count: int
    """How many works on this reader's shelves stand under it."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A name with what stands in its address, and how many works on this reader's shelves are under it."""

    name: str
    slug: str
    count: int


@dataclass(frozen=True, slots=True)
class Letter:
    """A section of a directory."""

    value: str
    """What stands in the address: a small letter, `0` for digits and signs, `other`."""
    label: str
    chosen: bool
    names: int
    """How many names this reader finds there."""


@dataclass(frozen=True, slots=True)
class Directory:
    """A page of the names of one kind that works on this reader's shelves stand under."""

    kind: str
    """`fandom`, `relationship`, `character`, `freeform`, `author`, `series` or `language`."""
    label: str
    entries: tuple[Entry, ...]
    total: int
    """How many names there are under the letter and with the letters that are asked for."""
    page: int
    pages: int
    letters: tuple[Letter, ...]
    """Empty where there are too few names to need them."""


@dataclass(frozen=True, slots=True)
class Kin:
    """What hangs together with a tag, as far as works on this reader's shelves carry it."""

    kind: str
    """The word in addresses; all but the companions are of this kind."""
    synonyms: tuple[str, ...]
    above: tuple[Name, ...]
    """Its metatags."""
    below: tuple[Entry, ...]
    """Its subtags, most used first."""
    beside: tuple[tuple[str, str, tuple[Entry, ...]], ...]
    """Its most common companions by kind: the kind's word and label, and those tags."""

    def __bool__(self) -> bool:
        return bool(self.synonyms or self.above or self.below or self.beside)
