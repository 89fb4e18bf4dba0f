"""What the door tells of names: plain data on tags, authors, series and languages, fit for the reader who asked."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Suggested:
    """A name that goes on as somebody has begun to type it."""

    kind: str
    """The word in addresses: `fandom`, `relationship`, `character`, `freeform` or `author`."""
    name: str
    slug: str
    count: int
    """How many works on this reader's shelves stand under it."""
