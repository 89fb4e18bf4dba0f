"""The orders a shelf can stand in, and how each runs."""

SORTS = {
    "updated": "last updated",
    "published": "date published",
    "added": "date added",
    "words": "words",
    "chapters": "chapters",
    "title": "title",
    "author": "author",
    "kudos": "kudos",
    "hits": "hits",
    "bookmarks": "bookmarks",
    "comments": "comments",
    "random": "chance",
    "best": "best match",
    "part": "place in the series",
}
ASCENDING = frozenset({"title", "author", "part"})
"""Orders that usually run upwards."""
_MOST = ("most first", "fewest first")
_RUNS = {
    "words": ("longest first", "shortest first"),
    "chapters": _MOST,
    "title": ("A to Z", "Z to A"),
    "author": ("A to Z", "Z to A"),
    "kudos": _MOST,
    "hits": _MOST,
    "bookmarks": _MOST,
    "comments": _MOST,
    "random": ("shuffled", "shuffled, from the end"),
    "best": ("best first", "best last"),
    "part": ("first to last", "last to first"),
}
_DATES_RUN = ("newest first", "oldest first")
"""How an order runs, the usual way and the other."""


def runs(sort: str, *, ascending: bool) -> str:
    """How an order runs, in words: "newest first"."""
    return _RUNS.get(sort, _DATES_RUN)[ascending != (sort in ASCENDING)]
