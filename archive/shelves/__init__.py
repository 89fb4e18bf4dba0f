"""Laying the shelf: what a page shows of an answer, beside the works themselves."""

from archive.shelves.aside import rules
from archive.shelves.laying import shelf
from archive.shelves.names import named_by, names

__all__ = ["named_by", "names", "rules", "shelf"]
