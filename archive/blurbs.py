"""Works as blurbs: a fixed number of lean queries, however many works."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from typing import Any

from archive import clean, languages
from archive.access import Standing
from archive.models import Byline, SeriesEntry, Tagging, Work
from archive.shown import Blurb, Name, SeriesPlace
from archive.vocabulary import ArchiveWarning, Category, Rating, TagKind

_COLUMNS = (
    "id", "title", "rating", "rating_stated", "warnings", "warnings_stated", "categories", "complete", "summary",
    "language", "language_stated", "words", "chapters_posted", "chapters_planned", "published", "updated", "added",
    "held", "binned_at", "restricted",
)  # fmt: skip
_A_MINUTE = {"zh": 400, "ja": 400, "ko": 300}
"""Words (in Chinese and Japanese: characters) that people read in a minute."""
_ELSEWHERE = 240


def minutes(words: int, language: str) -> int:
    """Reading time, at least one minute."""
    return max(1, round(words / _A_MINUTE.get(language.split("-", maxsplit=1)[0], _ELSEWHERE)))


def fetch(ids: Collection[int]) -> dict[int, tuple[Standing, Blurb]]:
    """What the rule must know of these works, and their blurbs. Not yet judged: `archive.catalogue` does that."""
    rows = Work.everything.filter(pk__in=ids).values(*_COLUMNS)
    (authors, by), series = _authors(ids), _series(ids)
    tags, raw = _tags(ids)
    return {row["id"]: (_standing(row, raw, by), _blurb(row, authors, tags, series)) for row in rows}


def _authors(ids: Collection[int]) -> tuple[Mapping[int, list[Name]], Mapping[int, set[int]]]:
    found: dict[int, list[Name]] = defaultdict(list)
    by: dict[int, set[int]] = defaultdict(set)
    rows = Byline.everything.filter(work__in=ids).order_by("position")
    for work, author, name, slug in rows.values_list("work_id", "author_id", "author__name", "author__slug"):
        found[work].append(Name(name, slug))
        by[work].add(author)
    return found, by


def _series(ids: Collection[int]) -> Mapping[int, list[SeriesPlace]]:
    found: dict[int, list[SeriesPlace]] = defaultdict(list)
    rows = SeriesEntry.everything.filter(work__in=ids).order_by("pk")
    for work, series, title, position in rows.values_list("work_id", "series_id", "series__title", "position"):
        found[work].append(SeriesPlace(series, title, position))
    return found


_Kinds = dict[TagKind, list[Name]]


def _tags(ids: Collection[int]) -> tuple[Mapping[int, _Kinds], Mapping[int, set[int]]]:
    found: dict[int, _Kinds] = defaultdict(lambda: defaultdict(list))
    raw: dict[int, set[int]] = defaultdict(set)
    rows = Tagging.everything.filter(content_object__in=ids).order_by("position")
    for work, tag, kind, spelling, slug in rows.values_list(
        "content_object_id", "tag_id", "tag__kind", "spelling", "tag__slug"
    ):
        found[work][TagKind(kind)].append(Name(spelling, slug))
        raw[work].add(tag)
    return found, raw


def _standing(row: Mapping[str, Any], raw: Mapping[int, set[int]], by: Mapping[int, set[int]]) -> Standing:
    return Standing(
        work=row["id"],
        rating=Rating(row["rating"]),
        warnings=ArchiveWarning(row["warnings"]),
        tags=frozenset(raw.get(row["id"], ())),
        held=row["held"],
        binned=row["binned_at"] is not None,
        restricted=row["restricted"],
        authors=frozenset(by.get(row["id"], ())),
    )


def _blurb(
    row: Mapping[str, Any],
    authors: Mapping[int, list[Name]],
    tags: Mapping[int, _Kinds],
    series: Mapping[int, list[SeriesPlace]],
) -> Blurb:
    work, code = row["id"], row["language"]
    return Blurb(
        id=work,
        title=row["title"],
        authors=tuple(authors.get(work, ())),
        rating=Rating(row["rating"]),
        rating_stated=row["rating_stated"],
        warnings=ArchiveWarning(row["warnings"]),
        warnings_stated=tuple(row["warnings_stated"]),
        categories=Category(row["categories"]),
        complete=row["complete"],
        tags={kind: tuple(names) for kind, names in tags.get(work, {}).items()},
        summary=clean.plain(row["summary"]),
        language=(languages.own_name(code) if code else "") or row["language_stated"],
        lang=code,
        dir=languages.direction(code) if code else "auto",
        words=row["words"],
        minutes=minutes(row["words"], code),
        chapters_posted=row["chapters_posted"],
        chapters_planned=row["chapters_planned"],
        published=row["published"],
        updated=row["updated"],
        added=row["added"],
        series=tuple(series.get(work, ())),
    )
