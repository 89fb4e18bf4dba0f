"""Importing: files come in at the back of the library and stand on the shelf, each work once."""

from archive.importing.cases import Arrival
from archive.importing.outcomes import Outcome, Told
from archive.importing.settling import settle
from archive.importing.storing import store

__all__ = ["Arrival", "Outcome", "Told", "settle", "store"]
