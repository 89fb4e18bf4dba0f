"""A synthetic library in the database: invented works stored as an import would, but from no files."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import lru_cache
from hashlib import sha256
from itertools import islice

from tqdm import tqdm

from archive.corpus.draws import seeded
from archive.corpus.prose import paragraphs
from archive.corpus.works import NEWEST, Corpus
from archive.importing import Arrival, store
from archive.parsed import ParsedChapter, ParsedWork
from archive.preparing import File, Prepared, prepare
from archive.statements import StatedChapter, dump

BATCH = 100
PLACEHOLDERS = 16
_MOST_WORDS = 20_000
"""In one chapter."""


def fill(corpus: Corpus, *, bodies: bool) -> None:
    """Put every work of a synthetic library on the shelf; with short placeholders for its chapters, or with prose."""
    with tqdm(total=corpus.size, unit=" works", disable=None) as progress:
        for batch in _batches(_arrivals(corpus, bodies=bodies)):
            store(batch)
            progress.update(len(batch))


def _batches(arrivals: Iterable[Arrival]) -> Iterator[list[Arrival]]:
    remaining = iter(arrivals)
    while batch := list(islice(remaining, BATCH)):
        yield batch


def _arrivals(corpus: Corpus, *, bodies: bool) -> Iterator[Arrival]:
    for number, work in enumerate(corpus, 1):
        stated = replace(work, summary=f"<p>{work.summary}</p>" if work.summary else "")
        name = f"{corpus.seed}/{number}"
        file = File(f"corpus/{name}", sha256(name.encode()).hexdigest(), 1000, "corpus", 1)
        yield Arrival(_with_prose(stated, file, corpus.seed) if bodies else _with_placeholders(stated, file, number))


def _with_prose(work: ParsedWork, file: File, seed: int) -> Prepared:
    rng = seeded(f"{seed} prose {work.source_id}")
    posted = work.chapters_posted or 1
    each = min(_MOST_WORDS, (work.words or 0) // posted + 1)
    chapters = (
        ParsedChapter(number, "".join(f"<p>{text}</p>" for text in paragraphs(rng, each)))
        for number in range(1, posted + 1)
    )
    return prepare(replace(work, chapters=tuple(chapters)), file)


def _with_placeholders(work: ParsedWork, file: File, number: int) -> Prepared:
    """The work with chapters that share a few texts between them, though each says how long it would be."""
    sample = _placeholder(number % PLACEHOLDERS)
    posted = work.chapters_posted or 1
    [chapter] = sample.statement.chapters
    each = (work.words or 0) // posted
    chapters = tuple(
        StatedChapter(number=place, key=str(place), digest=chapter.digest, words=each) for place in range(1, posted + 1)
    )
    stated = replace(sample.statement, work=work, chapters=chapters, sha256=file.sha256, format=file.format)
    return Prepared(file, f"{work.source}:{work.source_id}", stated, dump(stated), sample.texts)


@lru_cache
def _placeholder(number: int) -> Prepared:
    body = f"<p>An invented work stands here, for its place on the shelf and not to be read.</p><p>{number}</p>"
    work = ParsedWork(title="", chapters=(ParsedChapter(1, body),), published=NEWEST)
    return prepare(work, File("", "", 0, "", 1))
