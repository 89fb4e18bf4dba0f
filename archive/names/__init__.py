"""Names of tags, authors, series and languages, as far as a reader may know them."""

from archive.names.directory import Asked, directory
from archive.names.suggesting import suggested
from archive.names.tags import Found, kin, tag

__all__ = ["Asked", "Found", "directory", "kin", "suggested", "tag"]
