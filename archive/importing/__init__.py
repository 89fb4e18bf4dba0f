"""Importing: files come in at the back of the library and stand on the shelf, each work once."""

from archive.importing.cases import Arrival
from archive.importing.closing import closing_report
from archive.importing.journey import import_file, import_files
from archive.importing.outcomes import Outcome, Told
from archive.importing.rules import WrongRule, rules_of
from archive.importing.runs import Run, Stopped, mark_interrupted
from archive.importing.settling import settle
from archive.importing.storing import store

__all__ = [
    "Arrival",
    "Outcome",
    "Run",
    "Stopped",
    "Told",
    "WrongRule",
    "closing_report",
    "import_file",
    "import_files",
    "mark_interrupted",
    "rules_of",
    "settle",
    "store",
]
