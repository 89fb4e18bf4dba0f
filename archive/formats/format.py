"""The shape of a format: how a file is known for what it is, and how its works are read."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from archive.formats.source import Source
from archive.parsed import ParsedWork, Refused


@dataclass(frozen=True, slots=True)
class Format:
    """One kind of file that holds works.

    `recognises` judges by content alone and never raises. `read` yields each work of the file in order, or, in its
    place, the `Refused` that says why that one cannot be taken in; the works beside it are read all the same.
    `version` grows whenever the same file would be read otherwise than before.
    """

    name: str
    version: int
    recognises: Callable[[Source], bool]
    read: Callable[[Source], Iterator[ParsedWork | Refused]]
