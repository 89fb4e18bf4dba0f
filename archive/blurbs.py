"""Works as blurbs: a fixed number of lean queries, however many works."""

from collections.abc import Collection, Mapping
from typing import Any

from archive import clean, languages
from archive.access import Standing
from archive.borne import Borne, borne
from archive.models import Work
from archive.shown import Blurb
from archive.vocabulary import ArchiveWarning, Category, Rating

_COLUMNS = (
    "id", "title", "rating", "rating_stated", "warnings", "warnings_stated", "categories", "complete", "summary",
    "language", "language_stated", "words", "chapters_posted", "chapters_planned", "published", "updated", "added",
    "held", "binned_at", "restricted",
)  # fmt: skip
_ROWS = Work.everything.values(*_COLUMNS)
_A_MINUTE = {"zh": 400, "ja": 400, "ko": 300}
"""Words (in Chinese and Japanese: characters) that people read in a minute."""
_ELSEWHERE = 240


def minutes(words: int, language: str) -> int:
    """Reading time, at least one minute."""
    return max(1, round(words / _A_MINUTE.get(language.split("-", maxsplit=1)[0], _ELSEWHERE)))


def fetch(ids: Collection[int]) -> dict[int, tuple[Standing, Blurb]]:
    """What the rule must know of these works, and their blurbs. Not yet judged: `archive.catalogue` does that."""
    rows, beside = _ROWS.filter(pk__in=ids), borne(ids)
    return {row["id"]: (_standing(row, beside[row["id"]]), _blurb(row, beside[row["id"]])) for row in rows}


def _standing(row: Mapping[str, Any], beside: Borne) -> Standing:
    return Standing(
        work=row["id"],
        rating=Rating(row["rating"]),
        warnings=ArchiveWarning(row["warnings"]),
        tags=frozenset(beside.tag_ids),
        held=row["held"],
        binned=row["binned_at"] is not None,
        restricted=row["restricted"],
        authors=frozenset(beside.author_ids),
    )


def _blurb(row: Mapping[str, Any], beside: Borne) -> Blurb:
    code = row["language"]
    return Blurb(
        id=row["id"],
        title=row["title"],
        authors=tuple(beside.authors),
        rating=Rating(row["rating"]),
        rating_stated=row["rating_stated"],
        warnings=ArchiveWarning(row["warnings"]),
        warnings_stated=tuple(row["warnings_stated"]),
        categories=Category(row["categories"]),
        complete=row["complete"],
        tags={kind: tuple(names) for kind, names in beside.tags.items()},
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
        series=tuple(beside.series),
    )
