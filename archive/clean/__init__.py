"""Foreign markup and plain text to the small safe HTML that is served; mended encodings; texts counted and numbered."""

from archive.clean.counting import count_words
from archive.clean.joining import joined
from archive.clean.looks import styles
from archive.clean.markup import html
from archive.clean.mending import mend
from archive.clean.paragraphs import digests_and_plain, numbered, paragraph_digests, plain
from archive.clean.pictures import pictures_in
from archive.clean.placing import placed
from archive.clean.prose import paragraphs

__all__ = [
    "VERSION",
    "count_words",
    "digests_and_plain",
    "html",
    "joined",
    "mend",
    "numbered",
    "paragraph_digests",
    "paragraphs",
    "pictures_in",
    "placed",
    "plain",
    "styles",
]

VERSION = 2
"""Grows whenever the same text would be cleaned otherwise than before."""
