"""The files of a synthetic library, text exports with the damage that real ones have first, for measuring imports."""

from collections.abc import Iterator
from pathlib import Path
from random import Random

from archive.corpus import downloads
from archive.corpus.draws import seeded
from archive.corpus.prose import paragraphs
from archive.corpus.works import Corpus
from archive.parsed import ParsedWork

_LETTERS = 7.3
"""Bytes that a word of invented prose needs, its space included."""
_FOLDER = 1000
"""Files in one folder."""
_MOJIBAKE = {byte: bytes([byte]).decode("cp1252", "ignore") or chr(byte) for byte in range(0x80, 0xA0)}
"""What becomes of UTF-8 that was taken for Windows text, beyond Latin-1."""


KINDS = {"text": "txt", "ao3-html": "html", "ao3-epub": "epub"}
"""What files a library can be written as, and how their names end."""


def write(corpus: Corpus, folder: Path, smallest: int, largest: int, kind: str = "text") -> int:
    """Write a library as files of so many bytes of text each, and return how many files they are."""
    count = 0
    for number, content in (_exports if kind == "text" else _downloads)(corpus, smallest, largest, kind):
        path = folder / f"{number // _FOLDER:04}" / f"{number:07}.{KINDS[kind]}"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        count += 1
    return count


def _downloads(corpus: Corpus, smallest: int, largest: int, kind: str) -> Iterator[tuple[int, bytes]]:
    """Downloads, one work each."""
    writer = downloads.ao3_html if kind == "ao3-html" else downloads.ao3_epub
    for number, work in enumerate(corpus, 1):
        rng = seeded(f"{corpus.seed} download {number}")
        yield number, writer(work, rng, rng.randint(smallest, largest))


def _exports(corpus: Corpus, smallest: int, largest: int, _: str) -> Iterator[tuple[int, bytes]]:
    """Text exports: most hold one work, one in a hundred holds two."""
    gathered: list[str] = []
    for number, work in enumerate(corpus, 1):
        rng = seeded(f"{corpus.seed} export {number}")
        gathered.append(export(work, rng, rng.randint(smallest, largest)))
        if rng.random() < 0.01 and number < corpus.size:
            continue
        yield number, _damaged("\n\n\n".join(gathered), rng)
        gathered.clear()


def export(work: ParsedWork, rng: Random, size: int) -> str:
    """One work as a text export of about `size` bytes; one in four is of the second shape, without a summary."""
    lines = [f"{label}: {value}" for label, value in _header(work, rng) if value]
    if rng.random() < 0.75:
        lines += ["", "Summary:", work.summary, "", "Work text:", "", "", work.title, "", ""]
    else:
        lines.append("")
    words = max(20, int((size - sum(map(len, lines))) / _LETTERS))
    chapters = min(work.chapters_posted or 1, 1 + words // 300)
    for chapter in range(1, chapters + 1):
        if chapters > 1:
            lines += [f"Chapter {chapter}", ""]
        for paragraph in paragraphs(rng, words // chapters):
            lines += [paragraph, ""]
            if rng.random() < 0.02:
                lines += ["***", ""]
    return "\n".join(lines)


def _header(work: ParsedWork, rng: Random) -> Iterator[tuple[str, str]]:
    """The labels in their usual order; many exports leave fandoms and warnings out."""
    states_all = rng.random() < 0.6
    yield "Title", work.title
    yield "Source", work.source
    yield "Work ID", work.source_id
    yield "Author", ", ".join(work.authors)
    yield "Rating", ", ".join(work.ratings)
    if states_all:
        yield "Archive Warning", ", ".join(work.warnings)
        yield "Category", ", ".join(work.categories)
        yield "Fandom", ", ".join(work.fandoms)
    yield "Relationship", ", ".join(work.relationships)
    yield "Character", ", ".join(work.characters)
    yield "Additional Tags", ", ".join(work.freeforms)
    yield "Language", work.language
    if work.series and states_all:
        yield "Series", f"Part {work.series[0].position} of {work.series[0].title}"
    if work.published and work.updated and states_all:
        yield "Published", work.published.isoformat()
        yield "Updated", work.updated.isoformat()
    yield "Status", "Completed" if work.complete else "In Progress"
    yield "Chapters", f"{work.chapters_posted}/{work.chapters_planned or '?'}"


def _damaged(text: str, rng: Random) -> bytes:
    """The bytes of a file: one in twelve is mojibake, one in eight has CRLF, a few begin with a BOM."""
    content = text.encode()
    if rng.random() < 0.08:
        content = content.decode("latin-1").translate(_MOJIBAKE).encode()
    if rng.random() < 0.12:
        content = content.replace(b"\n", b"\r\n")
    return b"\xef\xbb\xbf" + content if rng.random() < 0.02 else content
