"""Chapters: the present text of works, and the texts that it has replaced, as versions."""

from collections.abc import Iterable, Mapping, Sequence

from django.utils import timezone

from archive import clean
from archive.importing.echoes import without_echoes
from archive.inserting import insert
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
    rows = {text.digest: (text.digest, text.body, text.paragraphs, text.words, clean.VERSION) for text in texts}
    there = dict(Text.everything.filter(digest__in=rows).values_list("digest", "cleaner"))
    if older := [digest for digest, cleaner in there.items() if cleaner < clean.VERSION]:
        Text.everything.filter(digest__in=older).update(cleaner=clean.VERSION)  # today's cleaner makes the same of it
    new = [rows[digest] for digest in sorted(rows.keys() - there.keys())]
    insert(Text, ("digest", "body", "paragraphs", "words", "cleaner"), new, once=True)


def set_chapters(works: Works, here: Sequence[int]) -> None:
    """Give works the chapters of their facts; only those that are `here` have had any before.

    Every other text that some file states is kept as a version, but for the plain echo of a text that is shown or kept.
    """
    digests = {chapter.digest for _, each in works.values() for one in each for chapter in one.chapters}
    texts = dict(Text.everything.filter(digest__in=digests).values_list("digest", "pk"))
    _replace_chapters(works, here, texts)
    _keep_versions(works, texts)


def _replace_chapters(works: Works, here: Sequence[int], texts: Mapping[str, int]) -> None:
    wanted = {
        work: [(*_row(chapter, texts), chapter.words) for chapter in facts.chapters]
        for work, (facts, _) in works.items()
    }
    columns = (*_COLUMNS, "words")
    present: dict[int, list[tuple[object, ...]]] = {}
    rows = Chapter.everything.filter(work__in=here).order_by("work", "number")
    for work, *row in rows.values_list("work_id", *columns):
        present.setdefault(work, []).append(tuple(row))
    changed = [work for work, rows in wanted.items() if rows != present.get(work, [])]
    if old := [work for work in changed if work in present]:
        Chapter.everything.filter(work__in=old).delete()
    insert(Chapter, ("work_id", *columns), ((work, *row) for work in changed for row in wanted[work]))


_COLUMNS = ("number", "key", "title", "summary", "notes", "end_notes", "text_id")


def _row(chapter: StatedChapter, texts: Mapping[str, int]) -> tuple[object, ...]:
    return (
        chapter.number,
        chapter.key,
        fitted(chapter.title, _TITLE_LIMIT),
        chapter.summary,
        chapter.notes,
        chapter.end_notes,
        texts[chapter.digest],
    )


def _keep_versions(works: Works, texts: Mapping[str, int]) -> None:
    """Versions for texts that are not the present one, named by their originals; those that are there stay."""
    several = [work for work, (_, statements) in works.items() if len(statements) > 1]
    if not several:
        return
    own = without_echoes({work: works[work][1] for work in several})
    there = _there(works, own)
    made: list[tuple[Version, Statement]] = []
    for work in several:
        made += _missing(work, *works[work], own[work], there[work])
    Version.everything.bulk_create([version for version, _ in made])
    if any(there.values()):
        made += _cleaned_again(works, there)
    _fill(made, texts)


def _there(works: Works, own: Mapping[int, Sequence[Statement]]) -> dict[int, dict[str, Version]]:
    """The versions that are there, by the digests of their originals. Those of what is an echo by now are dropped."""
    there: dict[int, dict[str, Version]] = {work: {} for work in own}
    for version in Version.everything.filter(work__in=list(own)):
        there[version.work_id][version.sha256] = version
    needless = []
    for work, versions in there.items():
        wanted = {_signature(one.chapters) for one in own[work]}
        echoes = {one.sha256 for one in works[work][1] if _signature(one.chapters) not in wanted}
        needless += [versions.pop(sha256).pk for sha256 in echoes & versions.keys()]
    if needless:
        Version.everything.filter(pk__in=needless).delete()
    return there


def _missing(
    work: int, facts: Facts, statements: Sequence[Statement], own: Sequence[Statement], there: Mapping[str, Version]
) -> list[tuple[Version, Statement]]:
    """A version for each text that is neither shown nor kept yet, the least first. No echoes are among `own`."""
    number = max((version.number for version in there.values()), default=0)
    kept = {_signature(one.chapters) for one in statements if one.sha256 in there} | {_signature(facts.chapters)}
    made: list[tuple[Version, Statement]] = []
    for one in reversed(own):
        signature = _signature(one.chapters)
        if one.chapters and signature not in kept and one.sha256 not in there:
            kept.add(signature)
            number += 1
            made.append((Version(work_id=work, number=number, sha256=one.sha256, replaced_at=timezone.now()), one))
    return made


def _cleaned_again(works: Works, there: Mapping[int, Mapping[str, Version]]) -> list[tuple[Version, Statement]]:
    """The versions whose texts an older cleaner made, emptied where their files have been read again since."""
    which = {version.pk: version for versions in there.values() for version in versions.values()}
    old = VersionChapter.everything.filter(version__in=which, text__cleaner__lt=clean.VERSION)
    stale = set(old.values_list("version_id", flat=True))
    if not stale:
        return []
    rows = VersionChapter.everything.filter(version__in=stale).order_by("version", "number")
    shown: dict[int, list[str]] = {}
    for pk, digest in rows.values_list("version_id", "text__digest"):
        shown.setdefault(pk, []).append(digest)
    again = [
        (which[pk], one)
        for pk in sorted(stale)
        for one in rank(works[which[pk].work_id][1])
        if one.sha256 == which[pk].sha256 and one.chapters and [c.digest for c in one.chapters] != shown[pk]
    ]
    again = list({version.pk: (version, one) for version, one in reversed(again)}.values())
    VersionChapter.everything.filter(version__in=[version.pk for version, _ in again]).delete()
    return again


def _fill(versions: Iterable[tuple[Version, Statement]], texts: Mapping[str, int]) -> None:
    rows = ((version.pk, *_row(chapter, texts)) for version, one in versions for chapter in one.chapters)
    insert(VersionChapter, ("version_id", *_COLUMNS), rows)


def _signature(chapters: Sequence[StatedChapter]) -> tuple[object, ...]:
    """What a reader would see changed: texts, titles, summaries and notes of chapters."""
    return tuple((one.digest, one.title, one.summary, one.notes, one.end_notes) for one in chapters)
