"""Preparing: the works of one file made ready for the shelf, with everything done that needs no database."""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from isal import isal_zlib

from archive import clean, originals, pictures
from archive.formats import Source, recognise, unread
from archive.parsed import ParsedChapter, ParsedWork, Refused
from archive.statements import StatedChapter, Statement, dump, statement
from archive.vocabulary import fold

AO3 = "archiveofourown.org"

_FINGERPRINT_WORDS = 200
_PACKED = 2
"""How hard texts are packed. It is ordinary zlib, which any Python unpacks, at a quarter of its cost."""
_PIECE = 1024 * 1024
"""About how much of a text is looked at in one go, so that a very long one needs little memory."""


@dataclass(frozen=True, slots=True)
class File:
    """One original: how people know it, and what it is."""

    path: str
    sha256: str
    size: int
    format: str
    format_version: int
    aside: str = ""
    """Where the original waits to be kept for good."""


@dataclass(frozen=True, slots=True)
class PreparedText:
    """One chapter's text, as the row that keeps it."""

    digest: str
    body: bytes
    paragraphs: bytes
    words: int


@dataclass(frozen=True, slots=True)
class Prepared:
    """One work of a file, ready to be stored."""

    file: File
    identity: str
    statement: Statement
    stated: dict[str, Any]
    texts: tuple[PreparedText, ...]
    pictures: Mapping[str, str] = field(default_factory=dict)
    """Where its pictures wait to be kept for good: digests by names."""
    beside: tuple["Prepared", ...] = ()
    """What other files beside this one state about the same work, without texts."""

    @property
    def weight(self) -> int:
        """About how many bytes it brings into the database."""
        return sum(len(text.body) for text in self.texts) + 4000 * (1 + len(self.beside))

    @property
    def files(self) -> tuple[File, ...]:
        """Its original, and those beside it."""
        return (self.file, *(each.file for each in self.beside))


def works_of(source: Source, house: Path | None) -> Iterator[Prepared | Refused]:
    """Every work of a file, or the reason in its place. Before the first, the original is set aside in `house`."""
    found = recognise(source)
    if found is None:
        raise unread(source)
    file, kept = File(source.path, source.sha256, source.size, found.name, found.version), False
    for work in found.read(source):
        source.spare()
        if isinstance(work, Refused):
            yield work
            continue
        if house and not kept:
            file, kept = replace(file, aside=originals.set_aside(source, house)), True
        work = illustrated(work)  # noqa: PLW2901
        prepared = prepare(work, file)
        if house and work.pictures:
            prepared = replace(prepared, pictures=pictures.set_aside(work.pictures, house))
        yield prepared


def prepare(work: ParsedWork, file: File, *, identity: str = "") -> Prepared:
    """Hash, count and compress what a file states about one work: the one that it says it is, unless it is known."""
    if work.source == AO3 and work.source_id and not work.source_url:
        work = replace(work, source_url=f"https://{AO3}/works/{work.source_id}")
    work = clean.joined(work)
    texts = [_text(chapter.body) for chapter in work.chapters]
    stated = statement(work, _chapters(work.chapters, texts), file.sha256, file.format)
    return Prepared(
        file=file,
        identity=identity or identity_of(work),
        statement=stated,
        stated=dump(stated),
        texts=tuple({text.digest: text for text in texts}.values()),
    )


def illustrated(work: ParsedWork) -> ParsedWork:
    """The same work with those pictures that its texts show, each once, and no others."""
    if not work.pictures:
        return work
    texts = [work.summary, work.notes, work.end_notes]
    for chapter in work.chapters:
        texts += [chapter.summary, chapter.notes, chapter.body, chapter.end_notes]
    shown = clean.pictures_in(texts)
    brought = {picture.sha256: picture for picture in work.pictures}
    return replace(work, pictures=tuple(brought[digest] for digest in sorted(brought.keys() & shown)))


def identity_of(work: ParsedWork) -> str:
    """Which work it is: its source and id there, else a fingerprint of title, authors and first words."""
    if work.source and work.source_id:
        return f"{work.source}:{work.source_id}"
    words: list[str] = []
    for chapter in work.chapters:
        words += fold(_beginning(chapter.body, _FINGERPRINT_WORDS * 40)).split()
        if len(words) >= _FINGERPRINT_WORDS:
            break
    parts = (fold(work.title), *sorted(fold(author) for author in work.authors), *words[:_FINGERPRINT_WORDS])
    return f"fingerprint:{hashlib.sha256(chr(10).join(parts).encode()).hexdigest()[:40]}"


def _beginning(body: str, length: int) -> str:
    """So many characters of a text without its markup."""
    text = ""
    for piece in _pieces(body):
        text += clean.plain(piece)
        if len(text) >= length:
            break
    return text[:length]


def _pieces(body: str) -> Iterator[str]:
    """A text in pieces that end where a block ends."""
    start = 0
    while (end := body.find("\n<p", start + _PIECE)) > 0:
        yield body[start:end]
        start = end
    yield body[start:]


def _text(body: str) -> PreparedText:
    data = body.encode()
    digests, words = [], 0
    for piece in _pieces(body):
        paragraphs, plain = clean.digests_and_plain(piece)
        digests.append(paragraphs)
        words += clean.count_words(plain)
    return PreparedText(
        digest=hashlib.sha256(data).hexdigest(),
        body=isal_zlib.compress(data, _PACKED),
        paragraphs=b"".join(digests),
        words=words,
    )


def _chapters(chapters: tuple[ParsedChapter, ...], texts: list[PreparedText]) -> tuple[StatedChapter, ...]:
    """Chapters as stated, numbered from one where a file numbers two alike; nameless ones are known by number."""
    numbers = [chapter.number for chapter in chapters]
    if len(set(numbers)) != len(numbers):
        numbers = list(range(1, len(chapters) + 1))
    return tuple(
        StatedChapter(
            number=number,
            key=(chapter.key or str(number))[:64],
            digest=text.digest,
            words=text.words,
            title=chapter.title,
            summary=chapter.summary,
            notes=chapter.notes,
            end_notes=chapter.end_notes,
        )
        for number, chapter, text in zip(numbers, chapters, texts, strict=True)
    )
