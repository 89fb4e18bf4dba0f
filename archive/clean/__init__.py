"""Foreign markup and plain text to the small safe HTML that is served; mended encodings; texts counted and numbered."""

from archive.clean.counting import count_words
from archive.clean.markup import html
from archive.clean.mending import mend
from archive.clean.paragraphs import numbered, paragraph_digests, plain
from archive.clean.prose import paragraphs

__all__ = ["VERSION", "count_words", "html", "mend", "numbered", "paragraph_digests", "paragraphs", "plain"]

VERSION = 1
"""Grows whenever the same text would be cleaned otherwise than before."""
