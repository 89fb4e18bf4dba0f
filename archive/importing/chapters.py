"""Chapters: the present text of works, and the texts that it has replaced, as versions."""

from collections.abc import Iterable, Mapping, Sequence

from django.utils import timezone

from archive import clean
from archive.merging import Facts, rank
from archive.models import Chapter, Text, Version, VersionChapter
from archive.naming import fitted
from archive.preparing import PreparedText
from archive.statements import StatedChapter, Statement

_TITLE_LIMIT = 500

Works = Mapping[int, tuple[Facts, Sequence[Statement]]]
"""Facts and all statements, by work."""


def keep_texts(texts: Iterable[PreparedText]) -> None:
    """Keep texts, each once however many chapters and versions show it."""
    rows = {
        text.digest: Text(
            digest=text.digest, body=text.body, paragraphs=text.paragraphs, words=text.words, cleaner=clean.VERSION
        )
        for text in texts
    }
    there = dict(Text.everything.filter(digest__in=rows).values_list("digest", "cleaner"))
    if older := [digest for digest, cleaner in there.items() if cleaner < clean.VERSION]:
        Text.everything.filter(digest__in=older).update(cleaner=clean.VERSION)  # today's cleaner makes the same of it
    new = [rows[digest] for digest in sorted(rows.keys() - there.keys())]
    Text.everything.bulk_create(new, ignore_conflicts=True)


def set_chapters(works: Works) -> None:
    """Give works the chapters of their facts. Every other text that some file states is kept as a version."""
    digests = {chapter.digest for _, each in works.values() for one in each for chapter in one.chapters}
    texts = dict(Text.everything.filter(digest__in=digests).values_list("digest", "pk"))
    _replace_chapters(works, texts)
    _keep_versions(works, texts)


def _replace_chapters(works: Works, texts: Mapping[str, int]) -> None:
    wanted = {
        work: [_row(chapter, texts, number) for number, chapter in enumerate(facts.chapters, 1)]
        for work, (facts, _) in works.items()
    }
    present: dict[int, list[tuple[object, ...]]] = {}
    for work, *row in (
        Chapter.everything.filter(work__in=list(works))
        .order_by("work", "number")
        .values_list("work_id", "number", *_COLUMNS)
    ):
        present.setdefault(work, []).append(tuple(row))
    changed = [
        work
        for work, rows in wanted.items()
        if [(row["number"], *(row[column] for column in _COLUMNS)) for row in rows] != present.get(work, [])
    ]
    if old := [work for work in changed if work in present]:
        Chapter.everything.filter(work__in=old).delete()
    Chapter.everything.bulk_create([Chapter(work_id=work, **row) for work in changed for row in wanted[work]])


_COLUMNS = ("key", "title", "summary", "notes", "end_notes", "text_id", "words")


def _row(chapter: StatedChapter, texts: Mapping[str, int], number: int) -> dict[str, object]:
    return {
        "number": chapter.number,
        "key": chapter.key,
        "title": fitted(chapter.title, _TITLE_LIMIT),
        "summary": chapter.summary,
        "notes": chapter.notes,
        "end_notes": chapter.end_notes,
        "text_id": texts[chapter.digest],
        "words": chapter.words,
    }


def _keep_versions(works: Works, texts: Mapping[str, int]) -> None:
    """Versions for texts that are not the present one, named by their originals; those that are there stay."""
    several = [work for work, (_, statements) in works.items() if len(statements) > 1]
    if not several:
        return
    there: dict[int, dict[str, int]] = {}
    for work, number, sha256 in Version.everything.filter(work__in=several).values_list("work_id", "number", "sha256"):
        there.setdefault(work, {})[sha256] = number
    made: list[tuple[Version, Statement]] = []
    for work in several:
        facts, statements = works[work]
        versions = there.get(work, {})
        number = max(versions.values(), default=0)
        shown = {_signature(facts.chapters)}
        for one in reversed(rank(statements)):
            signature = _signature(one.chapters)
            if not one.chapters or signature in shown or one.sha256 in versions:
                continue
            shown.add(signature)
            number += 1
            made.append((Version(work_id=work, number=number, sha256=one.sha256, replaced_at=timezone.now()), one))
    Version.everything.bulk_create([version for version, _ in made])
    rows = []
    for version, one in made:
        for chapter in one.chapters:
            row = _row(chapter, texts, chapter.number)
            del row["words"]
            rows.append(VersionChapter(version=version, **row))
    VersionChapter.everything.bulk_create(rows)


def _signature(chapters: Sequence[StatedChapter]) -> tuple[object, ...]:
    """What a reader would see changed: texts, titles, summaries and notes of chapters."""
    return tuple((one.digest, one.title, one.summary, one.notes, one.end_notes) for one in chapters)
