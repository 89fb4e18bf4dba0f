"""The rows of the library. Only `archive/` reads them; the reading room asks `archive.catalogue`."""

from archive.models.audit import AuditEntry
from archive.models.duplicates import DuplicateSearch, JoinedWork, PossibleDuplicate
from archive.models.intake import ImportRun, Refusal, RunEntry, SourceFile, Tombstone, WatchedFile, Withheld
from archive.models.log import Change, ChangeCounter
from archive.models.people import Author, Series
from archive.models.queues import BinnedWork, HeldWork, PuzzlingWork
from archive.models.site import SitePolicy, WorkerBeat
from archive.models.tag import Metatagging, Tag, Tagging
from archive.models.text import Chapter, Picture, Text, Version, VersionChapter
from archive.models.work import Byline, SearchText, SeriesEntry, Work

__all__ = [
    "AuditEntry",
    "Author",
    "BinnedWork",
    "Byline",
    "Change",
    "ChangeCounter",
    "Chapter",
    "DuplicateSearch",
    "HeldWork",
    "ImportRun",
    "JoinedWork",
    "Metatagging",
    "Picture",
    "PossibleDuplicate",
    "PuzzlingWork",
    "Refusal",
    "RunEntry",
    "SearchText",
    "Series",
    "SeriesEntry",
    "SitePolicy",
    "SourceFile",
    "Tag",
    "Tagging",
    "Text",
    "Tombstone",
    "Version",
    "VersionChapter",
    "WatchedFile",
    "Withheld",
    "Work",
    "WorkerBeat",
]
