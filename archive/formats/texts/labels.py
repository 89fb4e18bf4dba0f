"""The labels of text exports: which words name which field, in every number, case and spacing."""

import re
from functools import lru_cache

_KNOWN = {
    "title": ("title", "work title", "story title"),
    "work_id": ("work id", "workid", "ao3 id", "ao3 work id", "story id", "storyid"),
    "authors": ("author", "author(s)", "creator", "by", "written by", "byline"),
    "ratings": ("rating", "rated"),
    "warnings": ("archive warning", "warning", "archive warning(s)"),
    "categories": ("category", "category(s)"),
    "fandoms": ("fandom", "fandom(s)"),
    "relationships": ("relationship", "pairing", "relationship(s)", "ship"),
    "characters": ("character", "character(s)"),
    "freeforms": ("additional tag", "freeform", "freeform tag", "tag", "additional tag(s)"),
    "language": ("language",),
    "series": ("series", "serie"),
    "published": ("published", "published on", "date published", "publication date", "publish date"),
    "updated": ("updated", "last updated", "updated on", "date updated", "update date"),
    "completed": ("completed", "completed on", "complete", "date completed"),
    "status": ("status",),
    "words": ("word", "word count", "wordcount"),
    "chapters": ("chapter", "chapter count"),
    "site": ("source", "site", "publisher", "archive", "website"),
    "url": ("url", "work url", "story url", "link", "source url", "story link", "work link", "http", "https"),
    "kudos": ("kudo",),
    "hits": ("hit", "view"),
    "bookmarks": ("bookmark",),
    "comments": ("comment",),
    "summary": ("summary", "chapter summary"),
    "notes": ("note", "author's note", "author note", "authors note", "beginning note", "chapter note", "a/n"),
    "end_notes": ("end note", "endnote", "ending note", "chapter end note"),
    "text": ("work text", "worktext", "story text"),
}
_FIELDS = {words: name for name, spellings in _KNOWN.items() for words in spellings}
_SPACES = re.compile(r"[\s_\xa0]+")

SECTIONS = {"summary", "notes", "end_notes", "text"}
"""Fields whose value may run over many lines."""


@lru_cache(maxsize=1024)
def field_of(label: str) -> str:
    """The field that a label names, empty for a label that has none.

    >>> field_of(" additional  TAGS"), field_of("Categories"), field_of("Beta")
    ('freeforms', 'categories', '')
    """
    words = _SPACES.sub(" ", label).strip(" \ufeff\u200b").casefold().replace("’", "'")
    for spelling in (words, words.removesuffix("s"), words.removesuffix("ies") + "y"):
        if spelling in _FIELDS:
            return _FIELDS[spelling]
    return ""
