"""The page that tells where a work comes from: its facts with who says so, its files, its versions."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from archive import clean, handing, languages
from archive.access import Hidden, Kind, Verdict, admit, verdict
from archive.blurbs import fetch
from archive.formatnames import format_name
from archive.merging import COUNTS
from archive.past import comparing, provenance
from archive.past.admitted import Past
from archive.past.provenance import Fact, words_of
from archive.past.sources import Source, sources
from archive.past.strictness import rules, standing
from archive.shown import FactLine, FileLine, HistoryPage

LONGEST = 240
"""Characters of a summary or note that are quoted."""

LABELS = {
    "title": "Title",
    "authors": "Authors",
    "rating": "Rating",
    "warnings": "Archive Warnings",
    "categories": "Categories",
    "fandoms": "Fandoms",
    "relationships": "Relationships",
    "characters": "Characters",
    "freeforms": "Additional Tags",
    "series": "Series",
    "language": "Language",
    "published": "Published",
    "updated": "Updated",
    "complete": "Complete",
    "chapters_posted": "Chapters posted",
    "chapters_planned": "Chapters planned",
    "words": "Words",
    "summary": "Summary",
    "notes": "Notes",
    "end_notes": "End notes",
    "source": "Home",
    "text": "Text",
    "counts": "Counted at its home",
}


def page(past: Past, *, gated: bool) -> HistoryPage:
    """The whole page."""
    return HistoryPage(past.blurb, _facts(past), _files(past), comparing.lines(past), gated)


def loose(past: Past) -> set[str]:
    """The originals of a work, by digest, that may be handed out to this reader with everything that they hold.

    The work itself may still ask: its gate stands before the download. Other works in the same file may not.
    """
    if not past.seen.reader.takes_originals:
        return set()
    held = handing.loose(past.blurb.id)
    works = {work for each in held.values() for work in each}
    found, known = fetch(works), {past.blurb.id: past.sources, **sources(works - {past.blurb.id})}
    by = rules(known.values())
    free = set(held)
    for work, one in known.items():
        for file in one.files:
            stands = standing(past.seen, found[work][0], one, file.statement, by) if work in found else None
            judged = verdict(past.seen, stands) if stands else Verdict.HIDDEN
            if judged is Verdict.HIDDEN or (judged is Verdict.ASK and work != past.blurb.id):
                free.discard(file.sha256)
    return free if works <= known.keys() else set()


def handed_out(past: Past, sha256: str) -> Source:
    """A file that may be handed out to this reader, with all that it holds. Raises Hidden or Gated."""
    file = next((one for one in past.sources.files if one.sha256 == sha256), None)
    if file is None or sha256 not in loose(past):
        raise Hidden
    admit(past.seen, past.standing_of(file), sha256)
    return file


def _files(past: Past) -> tuple[FileLine, ...]:
    free = loose(past)
    keeper = past.seen.reader.kind is Kind.KEEPER
    lines = [_file(past, one, one.sha256 in free, one.path if keeper else "") for one in past.files]
    return tuple(sorted(lines, key=lambda line: -line.number))


def _file(past: Past, file: Source, free: bool, path: str) -> FileLine:
    stated = file.statement.work
    return FileLine(
        number=past.numbers[file.sha256],
        sha256=file.sha256,
        format=format_name(file.statement.format),
        imported=file.imported_at,
        dated=stated.updated or stated.published,
        chapters=len(file.statement.chapters),
        words=sum(chapter.words for chapter in file.statement.chapters),
        size=file.size,
        partial=stated.partial,
        replaced=file.statement.superseded,
        handed_out=free,
        path=path,
    )


def _facts(past: Past) -> tuple[FactLine, ...]:
    """Each fact; files that may not be named to this reader are nobody, and their words are left out."""
    if not past.sources.files:
        return ()
    stated = [one.statement for one in past.sources.files]
    number = {place: past.numbers.get(one.sha256, 0) for place, one in enumerate(past.sources.files)}
    return tuple(
        FactLine(
            label=LABELS[fact.field],
            value=_said(fact.field, fact.value),
            by=fact.by,
            files=_named(number[place] for place in fact.files),
            others=tuple((number[at], _said(fact.field, value)) for at, value in fact.others if number[at]),
        )
        for fact in provenance.facts(stated, past.sources.ruled, past.sources.kept)
        if _may_tell(fact, number)
    )


def _may_tell(fact: Fact, number: dict[int, int]) -> bool:
    """Whether somebody who may be named says so."""
    return bool(fact.by) or any(number[place] for place in fact.files)


def _named(numbers: Any) -> tuple[int, ...]:
    return tuple(sorted(number for number in numbers if number))


def _said(field: str, value: Any) -> str:
    if field in provenance.PROSE:
        return _quoted(value)
    if field == "text":
        chapters, words = value
        return f"{chapters:,} {'chapter' if chapters == 1 else 'chapters'}, {words:,} words"
    if field == "counts":
        return _counts(value)
    if field == "language":
        return languages.own_name(languages.code(value)) or value
    if field == "chapters_planned" and value is None:
        return "?"
    return f"{value:%-d %B %Y}" if isinstance(value, date) else words_of(value)


def _quoted(html: str) -> str:
    words = " ".join(clean.plain(html).split())
    return words if len(words) <= LONGEST else words[:LONGEST].rsplit(" ", 1)[0] + " …"


def _counts(value: Sequence[Any]) -> str:
    counted = ", ".join(f"{number:,} {name}" for name, number in zip(COUNTS, value, strict=False) if number is not None)
    return f"{counted} on {value[-1]:%-d %B %Y}" if value[-1] else counted
