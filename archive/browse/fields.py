"""The fields of a question: one entry a field says all there is to it. A new field is one more entry."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from archive import languages
from archive.browse.closed import CLOSED, WARNING_NAMES, YES_NO
from archive.browse.spans import normal_days, normal_range
from archive.browse.terms import Term
from archive.vocabulary import TagKind, fold

LONGEST_VALUE = 300
_PHRASE = re.compile(r'"([^"]*)"|(\S+)')
_NUMBER = re.compile(r"\d{1,18}", re.ASCII)
_OF_A_WORD = re.compile(r"[^\W_]")


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a question."""

    label: str
    """Its heading on the screen."""
    said: tuple[str, str]
    """How the sentence begins to say that it is wanted, and that it is not."""
    normal: Callable[[str], str | None]
    """Makes a value normal; None when it is no value of this field."""
    holds: str = "name"
    """What its values are: `name` (a slug or an id, with a name behind it), `closed`, `range`, `days`, `words`.
    """
    single: bool = False
    """Whether a work has one value of it: several asked for can only mean any of them."""
    called: tuple[str, ...] = ()
    """What else it may be called in a typed question."""
    unit: tuple[str, str] = ("", "")
    """What a range counts: one, and several."""


def _text(value: str) -> str | None:
    return " ".join(value.split()) or None


def _folded(value: str) -> str | None:
    return fold(value) or None


def _number(value: str) -> str | None:
    return str(int(value)) if _NUMBER.fullmatch(value) else None


def _language(value: str) -> str | None:
    return languages.code(value) or _text(value)


def search_words(value: str) -> str:
    """Words to search for in one spelling: words and `"exact phrases"`, one space between them.

    >>> search_words(' candle  "light  and "" shade" x"y -')
    'candle "light and" "shade" x y'
    """
    found: list[str] = []
    for quoted, single in _PHRASE.findall(value):
        words = [word for word in (quoted or single).replace('"', " ").split() if _OF_A_WORD.search(fold(word))]
        found += [f'"{" ".join(words)}"'] if quoted and words else words
    return " ".join(found)


def _words(value: str) -> str | None:
    return search_words(value) or None


def _closed(values: Mapping[str, object]) -> Callable[[str], str | None]:
    def normal(value: str) -> str | None:
        return value if value in values else None

    return normal


def _tag(kind: TagKind, *called: str) -> Field:
    said = ("in", "not in") if kind is TagKind.FANDOM else ("with", "without")
    return Field(kind.label, said, _text, called=called)


def _range(label: str, unit: tuple[str, str], said: str, *called: str) -> Field:
    return Field(label, (said, f"not {said}"), normal_range, "range", called=called, unit=unit)


def _days(label: str, said: str, *called: str) -> Field:
    return Field(label, (said, f"not {said}"), normal_days, "days", called=called)


def _yes_no(label: str, *called: str) -> Field:
    return Field(label, ("", "not"), _closed(YES_NO), "closed", single=True, called=called)


BY_NAME: dict[str, Field] = {
    "rating": Field("Rating", ("rated", "not rated"), _closed(CLOSED["rating"]), "closed", single=True),
    "warning": Field(
        "Archive Warnings",
        ("marked", "not marked"),
        _closed(CLOSED["warning"]),
        "closed",
        called=("warnings", "archive_warning", "archive_warnings"),
    ),
    "category": Field(
        "Categories",
        ("of category", "not of category"),
        _closed(CLOSED["category"]),
        "closed",
        called=("categories",),
    ),
    "fandom": _tag(TagKind.FANDOM),
    "relationship": _tag(TagKind.RELATIONSHIP, "ship", "pairing"),
    "character": _tag(TagKind.CHARACTER, "char"),
    "freeform": _tag(TagKind.FREEFORM, "additional", "additional_tag", "additional-tag", "freeforms"),
    "tag": Field("Tags", ("tagged", "not tagged"), _folded, called=("tags",)),
    "primary": Field(
        "Primary relationship",
        ("with the primary relationship", "without the primary relationship"),
        _text,
        called=("primary_relationship", "primary_ship", "primary-relationship", "primary-ship"),
    ),
    "language": Field(
        "Language", ("written in", "not written in"), _language, "closed", single=True, called=("lang", "language_id")
    ),
    "complete": Field(
        "Completion", ("", "not"), _closed(CLOSED["complete"]), "closed", single=True, called=("completed",)
    ),
    "crossover": _yes_no("Crossovers", "crossovers"),
    "oneshot": _yes_no("One-shots", "one-shot", "one_shot"),
    "series-part": _yes_no("Part of a series", "series_part", "in-series", "in_series"),
    "format": Field("Format", ("from", "not from"), _text, "closed", single=True),
    "author": Field("Author", ("by", "not by"), _text, called=("creator", "creators", "authors", "by")),
    "series": Field("Series", ("in the series", "not in the series"), _number),
    "words": _range("Words", ("word", "words"), "of", "word_count", "word-count", "wordcount"),
    "chapters": _range("Chapters", ("chapter", "chapters"), "of", "chapter_count", "chapter-count"),
    "average": _range("Words a chapter", ("word a chapter", "words a chapter"), "of", "words_per_chapter"),
    "fandoms": _range("Number of fandoms", ("fandom", "fandoms"), "with", "fandom_count"),
    "relationships": _range(
        "Number of relationships", ("relationship", "relationships"), "with", "ships", "pairings", "relationship_count"
    ),
    "kudos": _range("Kudos", ("kudos", "kudos"), "with", "kudos_count"),
    "hits": _range("Hits", ("hit", "hits"), "with", "hit_count"),
    "bookmarks": _range("Bookmarks", ("bookmark", "bookmarks"), "with", "bookmarks_count"),
    "comments": _range("Comments", ("comment", "comments"), "with", "comments_count"),
    "published": _days("Published", "published", "posted", "created_at", "published_at"),
    "updated": _days("Last updated", "last updated", "revised_at", "updated_at", "date", "revised"),
    "added": _days("Added", "added", "added_at"),
    "title": Field("Title", ("whose title has", "whose title has no"), _words, "words"),
    "text": Field("Text", ("whose text has", "whose text has no"), _words, "words", called=("body",)),
    "search": Field("Words anywhere", ("found by", "not found by"), _words, "words", called=("any", "q")),
}
"""By the word in the address, in the order of the address and of the sentence.

Tags are named by slug, with all their synonyms and subtags: `tag` is one of any kind, by slug or folded name;
`primary` is the relationship that a work names first. `crossover`: two or more fandoms, or exactly one. `oneshot`:
one chapter planned. `average`: words a chapter. `fandoms`, `relationships`: how many a work names. `updated`: the
day of the last update, else of publication. `search`: words anywhere, as in `q`, where what is wanted of them stands.
"""

FIELDS = tuple(BY_NAME)
TAGS = tuple(kind.value for kind in TagKind)
SINGLE = frozenset(name for name, field in BY_NAME.items() if field.single)
"""Fields of which a work has one value: several asked for can only mean any of them."""
RANGES = tuple(name for name, field in BY_NAME.items() if field.holds == "range")
DAYS = tuple(name for name, field in BY_NAME.items() if field.holds == "days")
WORDS = tuple(name for name, field in BY_NAME.items() if field.holds == "words")


def term(field: str, value: str) -> Term | None:
    """The term of a field and a value in any spelling; None when there is no such field, or no such value of it.

    A tag of any kind that is called as an archive warning is that warning: works are marked with it in either way.
    """
    if field not in BY_NAME or len(value) > LONGEST_VALUE or not _storable(value):
        return None
    normal = BY_NAME[field].normal(value.strip())
    if not normal or len(normal) > LONGEST_VALUE:
        return None
    if field == "tag" and normal in WARNING_NAMES:
        return Term("warning", WARNING_NAMES[normal])
    return Term(field, normal)


def _storable(value: str) -> bool:
    """Whether a database can hold it."""
    try:
        value.encode()
    except UnicodeEncodeError:
        return False
    return "\0" not in value
