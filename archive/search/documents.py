"""What is read into the index: of each work its own words, as shelves tell them, and its prose, each as documents.

A document is a text of a work, with a mark by which it is known again: a text that is indexed under its mark need not
be read once more, one whose mark the work has no longer is dropped. A long text makes several documents, its parts.
"""

import hashlib
import zlib
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from archive import clean
from archive.models import Chapter, SearchText, Text, Work
from archive.search.words import BREAK, MOST_WORDS, parted, words


class Kind(StrEnum):
    """The two sorts of documents, each indexed by itself."""

    OWN = "own"
    """Title; authors and tags; summary: three columns."""
    PROSE = "prose"
    """The text of a chapter, or all notes, summaries and chapter titles of a work: one column."""


Key = tuple[int, int]
"""A document: id of the work, and mark."""
Columns = tuple[str, ...]
"""Folded words, column by column."""

_LOADED = 50
"""Bodies that are in memory at once."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How much one part holds: Postgres knows 16,383 places in a row, and of each word the first 255."""

    words: int
    alike: int
    """How often one word may come."""


LIMITS = {Kind.OWN: Limits(5_000, 84), Kind.PROSE: Limits(10_000, 254)}
"""A row has three columns of own words."""


def wanted(kind: Kind, works: Collection[int]) -> dict[Key, str | int]:
    """The documents that these works have now: folded words, or the id of the Text that is to be read for them."""
    return _own(works) if kind is Kind.OWN else {**_chapters(works), **_notes(works)}


def read(kind: Kind, documents: Mapping[Key, str | int]) -> Iterator[tuple[Key, Columns]]:
    """The words of documents, one after the other; a text that is gone by now is left out."""
    for key, source in documents.items():
        if isinstance(source, str):
            yield key, _columns(source) if kind is Kind.OWN else (source,)
    texts: dict[int, list[Key]] = defaultdict(list)
    for key, source in documents.items():
        if isinstance(source, int):
            texts[source].append(key)
    ids = list(texts)
    for start in range(0, len(ids), _LOADED):
        rows = Text.everything.filter(pk__in=ids[start : start + _LOADED]).values_list("pk", "body")
        for text, body in rows:
            folded = words(clean.plain(zlib.decompress(body).decode()))
            for key in texts[text]:
                yield key, (folded,)


def parts(kind: Kind, columns: Columns) -> Iterator[Columns]:
    """A document in parts that fit, which overlap by so much that any phrase stands whole in one of them."""
    limits = LIMITS[kind]
    each = [list(_parts(column.split(), limits)) for column in columns]
    for number in range(max(map(len, each))):
        yield tuple(column[number] if number < len(column) else "" for column in each)


def _parts(every: list[str], limits: Limits) -> Iterable[str]:
    start, size = 0, limits.words
    while True:
        part = every[start : start + size]
        while len(part) > limits.alike and _most_alike(part) > limits.alike:
            part = part[: max(limits.alike, len(part) * 3 // 4)]
        yield " ".join(part)
        if start + len(part) >= len(every):
            return
        start += len(part) - (MOST_WORDS - 1)


def _most_alike(part: list[str]) -> int:
    counted = Counter(part)
    del counted[BREAK]  # it only leaves a place free
    return max(counted.values(), default=0)


def _own(works: Collection[int]) -> dict[Key, str | int]:
    rows = SearchText.everything.filter(work__in=list(works)).values_list("work_id", "folded")
    return {(work, _mark(folded)): folded for work, folded in rows}


def _columns(folded: str) -> Columns:
    title, *names, summary = folded.split(BREAK) if BREAK in folded else (folded, "")
    return title, BREAK.join(names), summary


def _chapters(works: Collection[int]) -> dict[Key, str | int]:
    rows = Chapter.everything.filter(work__in=list(works)).order_by("work", "number").values_list("work_id", "text_id")
    return {(work, text): text for work, text in rows}


def _notes(works: Collection[int]) -> dict[Key, str | int]:
    texts: dict[int, list[str]] = defaultdict(list)
    for work, *notes in Work.everything.filter(pk__in=list(works)).values_list("pk", "notes", "end_notes"):
        texts[work] += map(clean.plain, notes)
    rows = Chapter.everything.filter(work__in=list(works)).order_by("work", "number")
    for work, title, *notes in rows.values_list("work_id", "title", "summary", "notes", "end_notes"):
        texts[work] += [title, *(clean.plain(note) for note in notes if note)]
    folded = ((work, parted(*filter(None, each))) for work, each in texts.items())
    return {(work, _mark(notes)): notes for work, notes in folded if notes.strip()}


def _mark(folded: str) -> int:
    """A number below zero, since texts are marked by their ids."""
    return -1 - (int.from_bytes(hashlib.blake2b(folded.encode(), digest_size=8).digest()) >> 2)
