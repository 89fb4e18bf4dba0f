"""Finding: every file below the paths that were given, archives included, in an order that is always the same."""

from archive.finding.found import Companion, Found
from archive.finding.searching import count, find, find_named

__all__ = ["Companion", "Found", "count", "find", "find_named"]
