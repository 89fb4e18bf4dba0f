"""Rules: what an import implies of every work in it, as `--set FIELD=VALUE` states it."""

from collections.abc import Iterable
from typing import Any

from archive.overlay import LISTS
from archive.vocabulary import ArchiveWarning, Rating, categories_of, fold, rating_of, warnings_of

_SINGULAR = {
    "author": "authors",
    "warning": "warnings",
    "category": "categories",
    "fandom": "fandoms",
    "relationship": "relationships",
    "character": "characters",
    "freeform": "freeforms",
}
FIELDS = ("rating", *LISTS, "language", "complete")
"""What a rule may say."""

_YES, _NO = ("yes", "true", "complete"), ("no", "false", "in progress")


class WrongRule(ValueError):
    """A rule that cannot be meant. Its message says what can."""


def rules_of(lines: Iterable[str]) -> dict[str, Any]:
    """Rules as plain data by field (the fields of `archive.overlay`). Values of lists are parted by commas.

    >>> rules_of(["fandom=Harbour Lights, Night Ferry", "rating=Teen"])
    {'fandoms': ['Harbour Lights', 'Night Ferry'], 'rating': 'Teen'}
    """
    rules: dict[str, Any] = {}
    for line in lines:
        name, equals, value = line.partition("=")
        field = _SINGULAR.get(fold(name), fold(name))
        if not equals or field not in FIELDS:
            raise WrongRule(f"--set {line}: write FIELD=VALUE, with one of the fields {', '.join(FIELDS)}")
        if not value.strip():
            raise WrongRule(f"--set {line}: the value is missing")
        rules[field] = _value(field, value.strip(), line)
    return rules


def _value(field: str, value: str, line: str) -> Any:
    if field == "rating":
        return _known(value, rating_of(value) != Rating.UNKNOWN, line, [one.label for one in Rating][:5])
    if field == "complete":
        _known(fold(value), fold(value) in _YES + _NO, line, ("yes", "no"))
        return fold(value) in _YES
    if field not in LISTS:
        return value
    values = [words for part in value.split(",") if (words := part.strip())]
    if field == "warnings":
        bad = any(warnings_of([words]) & ArchiveWarning.OTHER for words in values)
        _known(value, not bad, line, [one.label for one in ArchiveWarning][:6])
    if field == "categories":
        _known(
            value, all(categories_of([words]) for words in values), line, ("Gen", "F/M", "M/M", "F/F", "Multi", "Other")
        )
    return values


def _known(value: str, known: bool, line: str, words: Iterable[str]) -> str:
    if not known:
        raise WrongRule(f"--set {line}: write one of {', '.join(words)}")
    return value
