"""Duplicates: works without an id that may be here already. They are offered to a keeper, never joined unasked."""

from archive.duplicates.joining import CannotJoin, join, joined_to, keep_apart
from archive.duplicates.looking import look

__all__ = ["CannotJoin", "join", "joined_to", "keep_apart", "look"]
