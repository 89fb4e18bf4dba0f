"""What the fields and orders of a question may be called when they are typed."""

from archive.browse.fields import BY_NAME

DIRECTIVES = frozenset({"sort", "order", "seed"})
"""What a typed question says beside its conditions."""
_OTHERS = {"otp": "otp", "sort_by": "sort", "sorted": "sort", "direction": "order"}
_FIELDS = {
    **{name: name for name in BY_NAME},
    **{other: name for name, field in BY_NAME.items() for other in field.called},
    **{word: word for word in DIRECTIVES},
    **_OTHERS,
}
SORTS_CALLED = {
    "revised_at": "updated",
    "date_updated": "updated",
    "date": "updated",
    "posted": "published",
    "date_posted": "published",
    "created_at": "published",
    "word_count": "words",
    "chapter_count": "chapters",
    "creator": "author",
    "creators": "author",
    "authors": "author",
    "kudos_count": "kudos",
    "hit_count": "hits",
    "bookmarks_count": "bookmarks",
    "comments_count": "comments",
    "relevance": "best",
    "shuffled": "random",
    "chance": "random",
}
"""What else the orders may be called, many of these on AO3."""


def canonical(typed: str) -> str:
    """The one name of a field or directive in any of its spellings; empty when there is none."""
    return _FIELDS.get(typed.lower(), "")


def sort_called(typed: str) -> str:
    """The one name of an order; what is typed when there is none."""
    word = typed.lower()
    return SORTS_CALLED.get(word, word)
