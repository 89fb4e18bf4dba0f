"""Differences: what became of the chapters of a work between two of its versions, and of the words within them.

Pure functions on plain data. Nothing here takes long, whatever it is given: where there is too much to compare, it is
told more coarsely.
"""

from archive.differences.chapters import Change, Comparison, Kind, Side, compare
from archive.differences.prose import Effort, Paragraph, Piece, differences, same_words

__all__ = [
    "Change",
    "Comparison",
    "Effort",
    "Kind",
    "Paragraph",
    "Piece",
    "Side",
    "compare",
    "differences",
    "same_words",
]
