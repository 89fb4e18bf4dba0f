"""Answering questions over many works: which, how many, and what each facet would give."""

from archive.index.answers import Answer, Counts, Facets, Value
from archive.index.current import Standing, standing
from archive.index.kept import count, facets, ids, like, page, soundly

__all__ = [
    "Answer",
    "Counts",
    "Facets",
    "Standing",
    "Value",
    "count",
    "facets",
    "ids",
    "like",
    "page",
    "soundly",
    "standing",
]
