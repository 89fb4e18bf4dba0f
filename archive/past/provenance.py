"""Provenance: which file, rule or keeper says what is shown of a work, and which files say otherwise."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from archive import clean, languages
from archive.merging import COUNTS, Facts, merge, read_ratings
from archive.overlay import overlaid, with_rules
from archive.parsed import ParsedSeries
from archive.statements import Statement
from archive.vocabulary import Rating

KEEPER, RULE, COUNTED = "keeper", "rule", "counted"
"""Who says it, if it is no file: a keeper, a rule of an import, or the library, which has counted."""


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing that is shown of a work. `files` are the places (from 0) of those that say so, the best first.

    `others` are the places of files that say something else, with what they say. Values are as the files state them.
    """

    field: str
    value: Any
    by: str
    files: tuple[int, ...]
    others: tuple[tuple[int, Any], ...]


_FIELDS: Mapping[str, str] = {
    "title": "title",
    "authors": "authors",
    "rating": "ratings",
    "warnings": "warnings",
    "categories": "categories",
    "fandoms": "fandoms",
    "relationships": "relationships",
    "characters": "characters",
    "freeforms": "freeforms",
    "series": "series",
    "language": "language",
    "published": "published",
    "updated": "updated",
    "complete": "complete",
    "chapters_posted": "chapters_posted",
    "chapters_planned": "chapters_planned",
    "words": "words",
    "summary": "summary",
    "notes": "notes",
    "end_notes": "end_notes",
    "source": "source_url",
}
"""The facts in the order of the page, each with its name in a statement."""
_ADD_UP = ("warnings",)
"""Where several files may each say a part of what is shown."""
PROSE = ("summary", "notes", "end_notes")
"""What is markup: files that have the same words in it say the same."""


def facts(files: Sequence[Statement], ruled: Mapping[str, Any], kept: Mapping[str, Any]) -> list[Fact]:
    """Every fact that is stated of a work, with who says so. `files` stand from the best to the least."""
    stated = merge(files)
    by_rule, shown = with_rules(stated, ruled), overlaid(stated, ruled, kept)
    found = [_fact(name, attribute, files, (stated, by_rule, shown)) for name, attribute in _FIELDS.items()]
    return [fact for fact in [*found, *_text(files, shown), *_counts(files, shown)] if fact.value not in _NOTHING]


_NOTHING: tuple[Any, ...] = ("", (), None)


def _fact(name: str, attribute: str, files: Sequence[Statement], facts: tuple[Facts, Facts, Facts]) -> Fact:
    """One fact: as the files state it, with what rules imply, and with what keepers say."""
    stated, by_rule, shown = (getattr(one, attribute) for one in facts)
    by = KEEPER if shown != by_rule else RULE if by_rule != stated else ""
    said = {place: value for place, one in enumerate(files) if (value := _said(one, attribute)) not in _NOTHING}
    agree = [place for place, value in said.items() if _agrees(name, value, shown)]
    if not agree and not by:
        by = COUNTED
    others = tuple((place, value) for place, value in said.items() if place not in agree)
    return Fact(name, shown, by, () if by in (KEEPER, RULE) else tuple(agree), others)


def _said(file: Statement, attribute: str) -> Any:
    value = getattr(file.work, attribute)
    return () if attribute == "ratings" and read_ratings(value) == Rating.NOT_STATED else value


def _agrees(name: str, value: Any, shown: Any) -> bool:
    if name in _ADD_UP:
        return set(value) <= set(shown) and bool(value)
    if name == "rating":
        return read_ratings(value) == read_ratings(shown) and (
            read_ratings(value) != Rating.UNKNOWN or tuple(value) == tuple(shown)
        )
    if name == "language" and (known := languages.code(shown)):
        return languages.code(value) == known
    if name in PROSE:
        return clean.plain(value).split() == clean.plain(shown).split()
    return bool(value == shown)


def _text(files: Sequence[Statement], shown: Facts) -> Iterator[Fact]:
    """The text itself; a file with other chapters says otherwise."""
    now = [chapter.digest for chapter in shown.chapters]
    having = {place: [chapter.digest for chapter in one.chapters] for place, one in enumerate(files) if one.chapters}
    agree = tuple(place for place, digests in having.items() if digests == now)
    others = tuple((place, _size(files[place])) for place in having if place not in agree)
    if now:
        yield Fact("text", (len(shown.chapters), sum(one.words for one in shown.chapters)), "", agree, others)


def _size(file: Statement) -> tuple[int, int]:
    """Chapters and words, as counted."""
    return len(file.chapters), sum(one.words for one in file.chapters)


def _counts(files: Sequence[Statement], shown: Facts) -> Iterator[Fact]:
    """What was counted at its home, which is of one moment, and so from one file."""
    moment = (*COUNTS, "counted")
    said = {
        place: tuple(getattr(one.work, name) for name in moment)
        for place, one in enumerate(files)
        if any(getattr(one.work, name) is not None for name in COUNTS)
    }
    now = tuple(getattr(shown, name) for name in moment)
    if said:
        agree = tuple(place for place, value in said.items() if value == now)
        yield Fact("counts", now, "", agree, tuple((at, value) for at, value in said.items() if at not in agree))


def words_of(value: Any) -> str:
    """A value as plain words for a page.

    >>> words_of((ParsedSeries("Low Water", 2), ParsedSeries("Lamps")))
    'Low Water (2), Lamps'
    """
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, ParsedSeries):
        return value.title if value.position is None else f"{value.title} ({value.position})"
    if isinstance(value, tuple | list):
        return ", ".join(words_of(part) for part in value)
    if isinstance(value, int):
        return f"{value:,}"
    return str(value)
