"""Names of tags, authors, series and languages, as far as a reader may know them."""

from archive.names.suggesting import suggested

__all__ = ["suggested"]
