"""The labels of FanFicFare's title pages: its own words for each entry, and what they mean here.

The words are those of FanFicFare's defaults; readers may rename every one of them (see `guessing`).
"""

import re

_KNOWN = {
    "series": ("series", "additional series"),
    "fandoms": ("category", "fandoms", "fandom", "crossover fandom"),
    "genre": ("genre", "genres"),
    "freeforms": (
        "freeform tags", "additional tags", "tags", "site tags", "erotica tags", "extra tags", "tropes",
        "tags from forum", "tags from title", "prefix tags from forum", "content tags from forum",
        "time period tags from forum", "format tags from forum", "search tags",
    ),
    "categories": (
        "ao3 categories", "squidgeworld categories", "superlove categories", "cfaa categories", "adastra categories",
    ),
    "language": ("language",),
    "characters": ("characters",),
    "relationships": ("relationships", "pairings", "pairing", "ships"),
    "status": ("status",),
    "published": ("published",),
    "updated": ("updated",),
    "packaged": ("packaged",),
    "ratings": ("rating", "rated"),
    "warnings": ("warnings", "warning", "archive warnings", "content warnings"),
    "chapters": ("chapters", "chapters/total chapters"),
    "words": ("words",),
    "site": ("publisher",),
    "url": ("story url",),
    "work_id": ("story id",),
    "summary": ("summary",),
    "notes": ("story notes", "notes"),
    "kudos": ("kudos",),
    "hits": ("hits",),
    "bookmarks": ("bookmarks",),
    "comments": ("comments",),
    "restricted": ("restricted to registered users",),
    "collections": ("collections",),
    "nothing": (
        "title", "author", "author url", "author id", "series url", "site abbrev", "total chapters",
        "chapters marked new", "downloader version", "file format", "file extension", "cover source",
        "cover source url", "collections url",
    ),
}  # fmt: skip
_FIELDS = {words: name for name, spellings in _KNOWN.items() for words in spellings}
_ANOTHER_SERIES = re.compile(r"series\d\d")
_SPACES = re.compile(r"\s+")

_NAMES = {
    "series": "series", "seriesHTML": "series", "category": "fandoms", "genre": "genre", "language": "language",
    "characters": "characters", "ships": "relationships", "status": "status", "datePublished": "published",
    "dateUpdated": "updated", "dateCreated": "packaged", "rating": "ratings", "warnings": "warnings",
    "numChapters": "chapters", "numWords": "words", "publisher": "site", "storyUrl": "url",
    "storyId": "work_id", "description": "summary", "fandoms": "fandoms", "freeformtags": "freeforms",
    "ao3categories": "categories", "chapterslashtotal": "chapters", "kudos": "kudos", "hits": "hits",
    "bookmarks": "bookmarks", "comments": "comments", "restricted": "restricted", "collections": "collections",
}  # fmt: skip

BEHIND_THE_SUMMARY = {
    "fandoms", "genre", "freeforms", "categories", "series", "kudos", "hits", "bookmarks", "comments", "restricted",
    "collections", "chapters", "nothing",
}  # fmt: skip
"""What readers add to the page stands behind the summary. Nothing there is ever a rating or a warning."""


def field_of(label: str) -> str:
    """The field that a label names: one of `ParsedWork`, or one of ours; empty for a label of somebody's own.

    >>> field_of("Category"), field_of(" story  url"), field_of("Altersfreigabe")
    ('fandoms', 'url', '')
    """
    return _FIELDS.get(_SPACES.sub(" ", label).strip().casefold(), "")


def field_named(entry: str) -> str:
    """The field behind FanFicFare's own name for an entry, as its update log and its side-car write it.

    >>> field_named("numWords"), field_named("output_css")
    ('words', '')
    """
    return "series" if _ANOTHER_SERIES.fullmatch(entry) else _NAMES.get(entry, "")
