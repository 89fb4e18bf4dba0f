"""Names of tags, authors, series and languages, as far as a reader may know them."""

from archive.names.asking import carried, directory, people, suggested, under
from archive.names.directories import Asked
from archive.names.tags import Found, kin, tag

__all__ = ["Asked", "Found", "carried", "directory", "kin", "people", "suggested", "tag", "under"]
