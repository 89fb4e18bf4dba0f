"""Merging: many statements about one work become its facts, whatever the order in which they came."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, TypeVar

from archive.parsed import ParsedSeries
from archive.statements import StatedChapter, Statement, dump
from archive.vocabulary import ArchiveWarning, Rating, rating_of, restriction_of, strictest, warnings_of

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Facts:
    """What is so of a work. Words of the closed vocabulary stand as stated; `attention` asks a keeper to look."""

    title: str
    source: str
    source_id: str
    source_url: str
    authors: tuple[str, ...]
    ratings: tuple[str, ...]
    warnings: tuple[str, ...]
    categories: tuple[str, ...]
    fandoms: tuple[str, ...]
    relationships: tuple[str, ...]
    characters: tuple[str, ...]
    freeforms: tuple[str, ...]
    language: str
    published: date | None
    updated: date | None
    added: datetime | None
    complete: bool | None
    chapters_posted: int
    chapters_planned: int | None
    words: int
    kudos: int | None
    hits: int | None
    bookmarks: int | None
    comments: int | None
    counted: date | None
    summary: str
    notes: str
    end_notes: str
    series: tuple[ParsedSeries, ...]
    chapters: tuple[StatedChapter, ...]
    sha256: str
    format: str
    extra: dict[str, str] = field(default_factory=dict)
    restricted: bool = False
    attention: str = ""

    @property
    def rating(self) -> Rating:
        return read_ratings(self.ratings)

    @property
    def warning_bits(self) -> ArchiveWarning:
        return warnings_of(self.warnings)


def read_ratings(stated: Iterable[str]) -> Rating:
    """Of the ratings stated together, the stricter; several may stand in one line, parted by commas."""
    return strictest(rating_of(words) for line in stated for words in line.split(","))


def merge(statements: Iterable[Statement]) -> Facts:
    """The facts of a work. A missing field never erases a stated one; the best statement that states it wins.

    What only lay beside a work and was replaced in its place has no say any more: it never held a text.
    """
    statements = list(statements)
    ranked = rank([one for one in statements if one.chapters or not one.superseded] or statements)
    best = next((one for one in ranked if one.chapters), ranked[0])
    counted = _first([one for one in ranked if one.work.chapters_posted], "chapters_posted", None)
    planned = next((one for one in ranked if one.work.chapters_posted or one.work.chapters_planned), best)
    words = best.work.words if best.work.words is not None else sum(one.words for one in best.chapters)
    added = [one.work.added for one in ranked if one.work.added]
    plain: dict[str, Any] = {name: _first(ranked, name, "") for name in _TEXTS}
    plain |= {name: _first(ranked, name, ()) for name in _LISTS}
    plain |= _counts(ranked)
    return Facts(
        **plain,
        ratings=_ratings(ranked),
        warnings=_warnings(ranked),
        published=_first(ranked, "published", None),
        updated=_first(ranked, "updated", None),
        added=min(added, default=None),
        complete=next((one.work.complete for one in ranked if one.work.complete is not None), None),
        chapters_posted=best.work.chapters_posted or max(len(best.chapters), counted or 0),
        chapters_planned=planned.work.chapters_planned,
        words=words,
        chapters=best.chapters,
        sha256=best.sha256,
        format=best.format,
        extra={name: words for one in reversed(ranked) for name, words in one.work.extra.items()},
        restricted=_restricted(ranked),
    )


_TEXTS = ("title", "source", "source_id", "source_url", "language", "summary", "notes", "end_notes")
_LISTS = ("authors", "categories", "fandoms", "relationships", "characters", "freeforms", "series")
COUNTS = ("kudos", "hits", "bookmarks", "comments")
"""What readers elsewhere had done with a work, as of the day on which they were counted."""


PLAIN = frozenset(
    {
        "ao3scraper",
        "chinese-text",
        "fanficfare-text",
        "page-text",
        "plain-text",
        "tags-behind",
        "text-export",
    }
)
"""Formats whose texts have lost markup that the work had: emphasis for the most part, and the ends of paragraphs."""


def rank(statements: Iterable[Statement]) -> list[Statement]:
    """Statements from the best to the least; two of one rank in an order of their own, which is always the same."""
    ranked = list(statements)
    if len(ranked) > 1:
        ranked.sort(key=lambda one: json.dumps(dump(one), sort_keys=True))
        ranked.sort(key=_rank, reverse=True)
    return ranked


def _rank(one: Statement) -> tuple[Any, ...]:
    """Never partial over full; more chapters, then the later date, then markup, then more words, then the digest.

    Of two that are as good by chapters, date and markup, one whose file was replaced in its place stands behind.
    """
    return (
        bool(one.chapters) and not one.work.partial,
        len(one.chapters),
        one.work.chapters_posted or 0,
        _dated(one) or date.min,
        one.format not in PLAIN,
        not one.superseded,
        sum(chapter.words for chapter in one.chapters),
        one.sha256,
    )


def _dated(one: Statement) -> date | None:
    return one.work.updated or one.work.published


def _first(ranked: Sequence[Statement], name: str, missing: T) -> T:
    return next((value for one in ranked if (value := getattr(one.work, name))), missing)


def _counts(ranked: Sequence[Statement]) -> dict[str, Any]:
    """The counts of one moment, the latest, never mixed from two."""
    counting = [one.work for one in ranked if any(getattr(one.work, name) is not None for name in COUNTS)]
    latest = max(counting, key=lambda work: work.counted or work.updated or work.published or date.min, default=None)
    return {name: getattr(latest, name, None) for name in (*COUNTS, "counted")}


def _as_new(best: Statement, other: Statement) -> bool:
    """Whether a statement is not known to be older than the best one: dates decide, then how much there is."""
    if other.superseded and not best.superseded:
        return False
    dates = _dated(best), _dated(other)
    if dates[0] and dates[1] and dates[0] != dates[1]:
        return dates[1] > dates[0]
    return _rank(other)[:3] >= _rank(best)[:3]


def _ratings(ranked: Sequence[Statement]) -> tuple[str, ...]:
    """The stricter rating of those that are equally new; a statement without one has no say."""
    stating = [one for one in ranked if read_ratings(one.work.ratings) != Rating.NOT_STATED]
    if not stating:
        return ()
    equal = [one for one in stating if _as_new(stating[0], one)]
    top = strictest(read_ratings(one.work.ratings) for one in equal)
    return next(one.work.ratings for one in equal if read_ratings(one.work.ratings) == top)


def _warnings(ranked: Sequence[Statement]) -> tuple[str, ...]:
    """All warnings of those statements that are equally new, in the order of the best."""
    stating = [one for one in ranked if warnings_of(one.work.warnings) != ArchiveWarning.NOT_STATED]
    equal = [one for one in stating if _as_new(stating[0], one)]
    return tuple(dict.fromkeys(words for one in equal for words in one.work.warnings if words.strip()))


def _restricted(ranked: Sequence[Statement]) -> bool:
    """The stricter word of those that are equally new; a statement that says nothing of it has no say."""
    stating = [(one, said) for one in ranked if (said := restriction_of(one.work.extra)) is not None]
    return any(said for one, said in stating if _as_new(stating[0][0], one))
