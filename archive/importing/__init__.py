"""Importing: files come in at the back of the library and stand on the shelf, each work once."""

from archive.importing.cases import Arrival
from archive.importing.closing import closing_report, stored_report
from archive.importing.journey import Files, import_file, import_files, take_in
from archive.importing.outcomes import Outcome, Told
from archive.importing.rereading import better_readable, reread
from archive.importing.rules import WrongRule, rules_of
from archive.importing.runs import Cancelled, Run, Stopped, mark_interrupted
from archive.importing.settling import settle
from archive.importing.storing import store

__all__ = [
    "Arrival",
    "Cancelled",
    "Files",
    "Outcome",
    "Run",
    "Stopped",
    "Told",
    "WrongRule",
    "better_readable",
    "closing_report",
    "import_file",
    "import_files",
    "mark_interrupted",
    "reread",
    "rules_of",
    "settle",
    "store",
    "stored_report",
    "take_in",
]
