"""Answering questions over many works: which, how many, and what each facet would give."""

from archive.index.answers import Answer, Counts, Facets, Value
from archive.index.asking import like
from archive.index.kept import count, facets, page

__all__ = ["Answer", "Counts", "Facets", "Value", "count", "facets", "like", "page"]
