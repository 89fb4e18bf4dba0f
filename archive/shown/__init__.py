"""What the door hands out: plain data for pages, already found fit for the reader who asked."""

from archive.shown.names import Directory, Entry, Kin, Letter, Suggested
from archive.shown.past import (
    ChangesPage,
    ChapterChange,
    FactLine,
    FileLine,
    HistoryPage,
    Original,
    Pieces,
    VersionLine,
    VersionPage,
)
from archive.shown.reading import ChapterLine, ChapterText, Gate, Picture, WorkPage
from archive.shown.shelf import Aside, Chip, Facet, FacetValue, Feed, Heading, Phrase, RuleAside, Shelf, Suggestion
from archive.shown.works import Blurb, Name, Piece, SeriesPlace

__all__ = [
    "Aside",
    "Blurb",
    "ChangesPage",
    "ChapterChange",
    "ChapterLine",
    "ChapterText",
    "Chip",
    "Directory",
    "Entry",
    "Facet",
    "FacetValue",
    "FactLine",
    "Feed",
    "FileLine",
    "Gate",
    "Heading",
    "HistoryPage",
    "Kin",
    "Letter",
    "Name",
    "Original",
    "Phrase",
    "Picture",
    "Piece",
    "Pieces",
    "RuleAside",
    "SeriesPlace",
    "Shelf",
    "Suggested",
    "Suggestion",
    "VersionLine",
    "VersionPage",
    "WorkPage",
]
