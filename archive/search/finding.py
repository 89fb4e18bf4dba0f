"""Which works meet a term of words."""

from dataclasses import dataclass
from functools import reduce
from operator import and_

from pyroaring import BitMap

from archive.browse import Term
from archive.models import SearchText
from archive.search.words import phrases


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
    wanted = phrases(term.value)
    if not wanted:
        return Found(BitMap(), BitMap())
    parts = {"search": _anywhere, "title": _title, "text": _text}[term.field]
    return parts(wanted)


def _anywhere(wanted: list[str]) -> Found:
    own = reduce(and_, (_own(phrase) for phrase in wanted))
    return Found(own, own)


def _title(wanted: list[str]) -> Found:
    return Found(reduce(and_, (_own(phrase) for phrase in wanted)), BitMap())


def _text(wanted: list[str]) -> Found:
    return Found(BitMap(), BitMap())


def _own(phrase: str) -> BitMap:
    return BitMap(SearchText.everything.filter(folded__contains=phrase).values_list("work_id", flat=True))
