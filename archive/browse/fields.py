"""The fields of a question: one entry a field, with what its values may be. A new field is one more entry."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from archive.browse.closed import CLOSED, YES_NO
from archive.browse.spans import normal_days, normal_range
from archive.browse.terms import Term
from archive.vocabulary import TagKind, fold

LONGEST_VALUE = 300
_PHRASE = re.compile(r'"([^"]*)"|(\S+)')
_NUMBER = re.compile(r"\d{1,18}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Field:
    """One field: what makes a value normal (None: it is no value of this field), and what sort of values it has."""

    normal: Callable[[str], str | None]
    sort: str = "name"
    """`name` (a slug or an id, with a name behind it), `closed`, `range`, `days` or `words`."""
    single: bool = False
    """Whether a work has one value of it: several asked for can only mean any of them."""


def _text(value: str) -> str | None:
    return " ".join(value.split()) or None


def _folded(value: str) -> str | None:
    return fold(value) or None


def _number(value: str) -> str | None:
    return str(int(value)) if _NUMBER.fullmatch(value) else None


def search_words(value: str) -> str:
    """Words to search for in one spelling: words and `"exact phrases"`, one space between them.

    >>> search_words(' candle  "light  and "" shade" x"y')
    'candle "light and" shade x y'
    """
    found = []
    for quoted, single in _PHRASE.findall(value):
        words = " ".join((quoted or single).replace('"', " ").split())
        if words:
            found.append(f'"{words}"' if quoted else words)
    return " ".join(found)


def _words(value: str) -> str | None:
    return search_words(value) or None


def _closed(values: Mapping[str, object]) -> Callable[[str], str | None]:
    def normal(value: str) -> str | None:
        return value if value in values else None

    return normal


def _one_of(values: Mapping[str, object]) -> Field:
    return Field(_closed(values), "closed", single=True)


_TAG = Field(_text)
_RANGE = Field(normal_range, "range")
_DAYS = Field(normal_days, "days")
_WORDS = Field(_words, "words")

BY_NAME: dict[str, Field] = {
    "rating": _one_of(CLOSED["rating"]),
    "warning": Field(_closed(CLOSED["warning"]), "closed"),
    "category": Field(_closed(CLOSED["category"]), "closed"),
    **{kind.value: _TAG for kind in TagKind},
    "tag": Field(_folded),
    "primary": _TAG,
    "language": Field(_text, "closed", single=True),
    "complete": _one_of(CLOSED["complete"]),
    "crossover": _one_of(YES_NO),
    "oneshot": _one_of(YES_NO),
    "series-part": _one_of(YES_NO),
    "format": Field(_text, "closed", single=True),
    "author": Field(_text),
    "series": Field(_number),
    "words": _RANGE,
    "chapters": _RANGE,
    "average": _RANGE,
    "fandoms": _RANGE,
    "relationships": _RANGE,
    "kudos": _RANGE,
    "hits": _RANGE,
    "bookmarks": _RANGE,
    "comments": _RANGE,
    "published": _DAYS,
    "updated": _DAYS,
    "added": _DAYS,
    "title": _WORDS,
    "text": _WORDS,
    "search": _WORDS,
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
RANGES = tuple(name for name, field in BY_NAME.items() if field.sort == "range")
DAYS = tuple(name for name, field in BY_NAME.items() if field.sort == "days")
WORDS = tuple(name for name, field in BY_NAME.items() if field.sort == "words")


def term(field: str, value: str) -> Term | None:
    """The term of a field and a value in any spelling; None when there is no such field, or no such value of it."""
    if field not in BY_NAME or len(value) > LONGEST_VALUE or not _storable(value):
        return None
    normal = BY_NAME[field].normal(value.strip())
    return Term(field, normal) if normal and len(normal) <= LONGEST_VALUE else None


def _storable(value: str) -> bool:
    """Whether a database can hold it."""
    try:
        value.encode()
    except UnicodeEncodeError:
        return False
    return "\0" not in value
