"""Which works meet a term of words: asked of the index, and for works that it does not know yet, of their rows."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial, reduce
from operator import and_

from pyroaring import BitMap

from archive import changes
from archive.browse import Term
from archive.models import SearchText
from archive.search.documents import Kind
from archive.search.lag import Lag, since
from archive.search.recent import Recent
from archive.search.store import Reading, store
from archive.search.words import BREAK, in_prose, phrases

FEW = 2_000
"""Works that are looked at one by one."""


@dataclass(frozen=True, slots=True)
class Found:
    """The works that meet a term, whoever asks, in two parts. Both are shared by all who ask: never change them."""

    blurb: BitMap
    """Works that meet it by what every shelf tells: to be narrowed to the works listed for the reader."""
    text: BitMap
    """Works that meet it when the words of their text count as well: to be narrowed to the works *open* to the reader
    (`visible.open_to`), else a search would tell what stands behind a gate. For `search` these are all of `blurb` and
    more, for `text` there are no others, for `title` there are none."""

    def within(self, listed: BitMap, opened: BitMap) -> BitMap:
        """The works that a reader finds, of those that are listed for them and those that are open to them.

        `opened` must be a part of `listed`. A term that is not wanted finds what is listed and not within this.
        """
        return (self.blurb & listed) | (self.text & opened)


_found: Recent[Found] = Recent(64)
_indexed: Recent[BitMap] = Recent(128)


def found(term: Term) -> Found:
    """The works that meet a term of one of the fields `search`, `title` and `text`, not restricted to any reader.

    Every phrase of the value (`words.phrases`: bare words are the beginnings of words, quoted ones stand as they are)
    must be found somewhere: for `title` in the title; for `text` in the text, notes and chapter titles; for `search`
    in those, or in title, authors, tags or summary. Two phrases need not be found in the same chapter. In a text a bare
    word of one or two letters is a whole word.

    What shelves tell is exact as of now; of a work that has changed a moment ago the text is found when the worker has
    read it, and until then not at all. A value without any word finds nothing: leave such terms out beforehand.
    Nothing that is typed is an error. Raises KeyError for another field.
    """
    parts = _PARTS[term.field]
    wanted = phrases(term.value)
    if not wanted:
        return Found(BitMap(), BitMap())
    with store().reading() as index:
        words = Words(index)
        key = (term.field, *wanted, *words.marks.values(), changes.latest())
        return _found.get(key, lambda: parts(words, wanted))


class Words:
    """Where single phrases are found, as of now: an index that is open, and what it does not know."""

    def __init__(self, index: Reading) -> None:
        self._index = index
        self.marks = {kind: index.mark(kind) for kind in Kind}
        self._lags: dict[Kind, Lag] = {}

    def own(self, phrase: str) -> BitMap:
        """Works of which title, authors, tags or summary hold the phrase."""
        return self._own(phrase, title=False)

    def title(self, phrase: str) -> BitMap:
        """Works of which the title holds the phrase."""
        return self._own(phrase, title=True)

    def prose(self, phrase: str) -> BitMap:
        """Works of which the text holds the phrase, but for those that lag."""
        works = self._asked(Kind.PROSE, in_prose(phrase), title=False)
        return self.lag(Kind.PROSE).known(works)

    def _own(self, phrase: str, *, title: bool) -> BitMap:
        works = self._asked(Kind.OWN, phrase, title=title)
        lag = self.lag(Kind.OWN)
        return lag.known(works) | _looked_up(phrase, lag, title=title) if lag else works

    def _asked(self, kind: Kind, phrase: str, *, title: bool) -> BitMap:
        key = (kind, phrase, title, self.marks[kind])
        return _indexed.get(key, lambda: self._index.works(kind, phrase, title=title))

    def lag(self, kind: Kind) -> Lag:
        """What the index does not know yet. Asked for once an answer is there, so that nothing falls between them."""
        if kind not in self._lags:
            self._lags[kind] = since(self.marks[kind])
        return self._lags[kind]


def _anywhere(words: Words, wanted: list[str]) -> Found:
    own = {phrase: words.own(phrase) for phrase in wanted}
    text = reduce(and_, (own[phrase] | words.prose(phrase) for phrase in wanted))
    return Found(reduce(and_, own.values()), text)


def _title(words: Words, wanted: list[str]) -> Found:
    return Found(reduce(and_, map(words.title, wanted)), BitMap())


def _text(words: Words, wanted: list[str]) -> Found:
    return Found(BitMap(), reduce(and_, map(words.prose, wanted)))


_PARTS: dict[str, Callable[[Words, list[str]], Found]] = {"search": _anywhere, "title": _title, "text": _text}


def _looked_up(phrase: str, lag: Lag, *, title: bool) -> BitMap:
    """The same of works that lag, from their rows: one by one while they are few, else the database looks at them."""
    if lag.swept is None and len(lag.changed) <= FEW:
        rows = SearchText.everything.filter(work__in=list(lag.changed))
    else:
        rows = SearchText.everything.filter(work__gte=lag.first, folded__contains=phrase)
    holds = partial(_holds, phrase, title=title)
    return lag.within(BitMap([work for work, folded in rows.values_list("work_id", "folded") if holds(folded)]))


def _holds(phrase: str, folded: str, *, title: bool) -> bool:
    return phrase in (folded.partition(BREAK)[0] if title else folded)
