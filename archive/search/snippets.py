"""The place in a work's text where a search was found, from the text itself: the index keeps none."""

import re
import unicodedata
import zlib
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import accumulate

from archive import clean
from archive.models import Chapter, Text
from archive.search.documents import Kind
from archive.search.finding import Words
from archive.search.store import store
from archive.search.words import CJK, in_prose, words
from archive.shown import Piece

BEFORE, LETTERS = 50, 160
"""Letters shown before what was found, and in all."""
_ROUNDS = (slice(0, 1), slice(1, 6))
"""Which of a work's places are looked through, each time for all works at once: the index knows the first for sure,
and only of works that it lags behind are more worth a look."""

_WORD = re.compile(rf"[{CJK}]|[^\W_{CJK}]+")
_UNSEEN = re.compile("[\u00ad\u200b\u2060\ufeff]")


def snippets(phrases: Sequence[str], works: Iterable[int]) -> dict[int, tuple[Piece, ...]]:
    """About 160 letters around the first hit in the text of each work, by work; none for works without a hit there.

    Plain text, never markup: a template escapes it like any other. It is text of the work, so callers pass only works
    whose verdict for the reader is OPEN: that is decided in `archive.passages`, and nowhere else.
    """
    wanted = [in_prose(phrase) for phrase in phrases]
    places = _places(wanted, sorted(set(works))) if wanted else {}
    shown: dict[int, tuple[Piece, ...]] = {}
    for part in _ROUNDS:
        left = {work: texts[part] for work, texts in places.items() if texts[part] and work not in shown}
        bodies = _bodies({text for texts in left.values() for text in texts}) if left else {}
        for work, texts in left.items():
            found = (snippet(wanted, _plain(bodies[text])) for text in texts if text in bodies)
            if pieces := next(filter(None, found), ()):
                shown[work] = pieces
    return shown


def _places(wanted: Sequence[str], works: Collection[int]) -> dict[int, list[int]]:
    """The texts of each work, in reading order, that hold one of the phrases; of works that lag, its first texts."""
    with store().reading() as index:
        lag = Words(index).lag(Kind.PROSE)
        hits = {key for phrase in wanted for key in index.texts(phrase, works)}
    places: dict[int, list[int]] = defaultdict(list)
    chapters = Chapter.everything.filter(work__in=works).order_by("work", "number")
    for work, text in chapters.values_list("work_id", "text_id"):
        if (work, text) in hits or lag.holds(work):
            places[work].append(text)
    return {work: texts for work, texts in places.items() if texts}


def _bodies(texts: Collection[int]) -> Mapping[int, bytes]:
    rows = Text.everything.filter(pk__in=texts).values_list("pk", "body")
    return {text: bytes(body) for text, body in rows}


def _plain(body: bytes) -> str:
    return clean.plain(zlib.decompress(body).decode())


def snippet(wanted: Sequence[str], text: str) -> tuple[Piece, ...]:
    """The surroundings of the first of these phrases that a plain text holds; nothing if it holds none.

    >>> snippet([" lamp"], "The lamps were lit.")
    (Piece(text='The ', hit=False), Piece(text='lamps', hit=True), Piece(text=' were lit.', hit=False))
    """
    passage = _passage(wanted, text)
    spans = sorted(span for phrase in wanted for span in _spans(phrase, passage))
    if not spans:
        return ()
    start, end = _window(passage, spans[0])
    pieces: list[Piece] = [Piece("…")] if start else []
    at = start
    for first, last in spans:
        if first >= at and last <= end:
            pieces += [Piece(passage[at:first]), Piece(passage[first:last], hit=True)]
            at = last
    pieces += [Piece(passage[at:end]), Piece("…" if end < len(passage) else "")]
    return tuple(piece for piece in pieces if piece.text)


def _passage(wanted: Sequence[str], text: str) -> str:
    """The paragraph in which the first phrase begins, and the next ones as far as they may be shown."""
    paragraphs = text.split("\n\n")
    longest = max(map(len, wanted), default=0)
    folded: list[str] = []
    tail = " "
    for paragraph in paragraphs:  # no further than to the first hit: that is often near
        folded.append(words(paragraph)[1:].lstrip())
        tail = tail[-longest:] + folded[-1]
        if any(phrase in tail for phrase in wanted):
            break
    else:
        return ""
    whole = " " + "".join(folded)
    first = min(at for phrase in wanted if (at := whole.find(phrase)) >= 0)
    ends = list(accumulate(map(len, folded)))
    begin = next(number for number, end in enumerate(ends) if end > first)
    passage = ""
    for number, paragraph in enumerate(paragraphs[begin:], begin):
        tidy = _UNSEEN.sub("", unicodedata.normalize("NFC", " ".join(paragraph.split())))
        passage = f"{passage} {tidy}".strip()
        if number >= len(folded) and len(passage) > 2 * LETTERS:
            break
    return passage


def _spans(phrase: str, passage: str) -> Iterator[tuple[int, int]]:
    """From where to where a phrase stands in a text, each time."""
    places = [
        (word, found.start(), found.end()) for found in _WORD.finditer(passage) for word in words(found[0]).split()
    ]
    *whole, last = phrase.split()
    for place in range(len(places) - len(whole)):
        here = [word for word, _, _ in places[place : place + len(whole) + 1]]
        ends = here[-1] == last or (not phrase.endswith(" ") and here[-1].startswith(last))
        if ends and here[:-1] == whole:
            yield places[place][1], places[place + len(whole)][2]


def _window(passage: str, span: tuple[int, int]) -> tuple[int, int]:
    """From where to where a text is shown around a hit: from word to word."""
    start, end = max(0, span[0] - BEFORE), max(span[1], min(len(passage), span[0] - BEFORE + LETTERS))
    if start:
        start = passage.find(" ", start, span[0]) + 1 or start
    if end < len(passage):
        end = max(passage.rfind(" ", span[1], end), span[1]) if " " in passage[span[1] : end] else end
    return start, end
