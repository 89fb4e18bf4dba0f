"""Wrangling: tag names become tags, tags hang together, works carry them. Nothing else writes any of the three."""

from archive.wrangling.graph import CannotWrangle, make_synonym, set_metatag, unmake_synonym, unset_metatag
from archive.wrangling.kinship import closed, closed_each
from archive.wrangling.names import Key, tags_of
from archive.wrangling.tables import follow_table
from archive.wrangling.taggings import Names, named, retag

__all__ = [
    "CannotWrangle",
    "Key",
    "Names",
    "closed",
    "closed_each",
    "follow_table",
    "make_synonym",
    "named",
    "retag",
    "set_metatag",
    "tags_of",
    "unmake_synonym",
    "unset_metatag",
]
