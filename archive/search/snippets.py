"""The place in a work's text where a search was found."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of plain text; `hit` when it is what was searched for."""

    text: str
    hit: bool = False


def snippets(phrases: Sequence[str], works: Iterable[int]) -> dict[int, tuple[Piece, ...]]:
    """About 160 letters around the first hit in the text of each work, by work; none for works without a hit there.

    Plain text, never markup: a template escapes it like any other. It is text of the work, so callers pass only works
    whose verdict for the reader is OPEN: that is decided in `archive.catalogue`, and nowhere else.
    """
    return {}
