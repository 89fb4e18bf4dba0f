"""Echoes: plain texts that say, without the markup, what another file of the same work says. They are no versions."""

import hashlib
import re
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import permutations

from archive.clean.paragraphs import as_read, leaves
from archive.clean.prose import is_scene_break
from archive.merging import PLAIN, rank
from archive.models import Text
from archive.statements import Statement

_MARKS = re.compile(r"[ *_~`#>\\]+")
"""What plain texts write for emphasis, headings and quotations; and spaces, since lines may have been wrapped."""
_PROSE = ("summary", "notes", "end_notes")

Pair = tuple[Statement, Statement]


def without_echoes(works: Mapping[int, Sequence[Statement]]) -> dict[int, list[Statement]]:
    """Of the statements of each work, the best first, those that are no echoes.

    A plain text is the echo of a text with markup, or of a better plain one, that has the same words. That depends on
    nothing but the statements, so that they may come in any order.
    """
    ranked = {work: rank(each) for work, each in works.items()}
    pairs = {work: list(_pairs(each)) for work, each in ranked.items()}
    said = _said({digest for each in pairs.values() for pair in each for digest in _differing(*pair)})
    echoes = {
        work: {id(one) for one, other in each if all(said[a] == said[b] for a, b in _texts(one, other))}
        for work, each in pairs.items()
    }
    return {work: [one for one in each if id(one) not in echoes[work]] for work, each in ranked.items()}


def _pairs(ranked: Sequence[Statement]) -> Iterator[Pair]:
    """Plain texts, each with what it may be the echo of."""
    for (place, one), (other_place, other) in permutations(enumerate(ranked), 2):
        if one.format in PLAIN and (other.format not in PLAIN or other_place < place) and _fits(one, other):
            yield one, other


def _fits(one: Statement, other: Statement) -> bool:
    """Whether one has as many chapters as the other, and beside their texts says nothing that the other does not."""
    return 0 < len(one.chapters) == len(other.chapters) and all(
        (not chapter.title or as_read(chapter.title) == as_read(alike.title))
        and all(_words(getattr(alike, name)) == _words(said) for name in _PROSE if (said := getattr(chapter, name)))
        for chapter, alike in zip(one.chapters, other.chapters, strict=True)
    )


def _texts(one: Statement, other: Statement) -> Iterator[tuple[str, str]]:
    """The digests of those chapters whose texts are not the same anyway."""
    for chapter, alike in zip(one.chapters, other.chapters, strict=True):
        if chapter.digest != alike.digest:
            yield chapter.digest, alike.digest


def _differing(one: Statement, other: Statement) -> Iterator[str]:
    for texts in _texts(one, other):
        yield from texts


def _said(digests: Iterable[str]) -> dict[str, bytes]:
    """The words of texts, as digests."""
    rows = Text.everything.filter(digest__in=set(digests)).values_list("digest", "body")
    return {
        digest: hashlib.sha256(_words(zlib.decompress(body).decode()).encode()).digest()
        for digest, body in rows.iterator()
    }


def _words(html: str) -> str:
    """What is read of a text, whatever it is marked with and however it is parted; pictures say nothing."""
    return _MARKS.sub("", as_read("\n".join(leaf for leaf in leaves(html, "") if not is_scene_break(leaf.strip()))))
