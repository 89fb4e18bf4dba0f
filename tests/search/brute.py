"""What is found by words, by looking at everything: the reference for the index."""

import zlib
from collections.abc import Iterable

from archive import clean
from archive.models import Byline, Chapter, Tagging, Work
from archive.search.words import phrases, words

Texts = dict[int, list[str]]


def _own(work: Work) -> list[str]:
    """Folded title, authors, tags and summary; the title first."""
    authors = Byline.everything.filter(work=work).values_list("author__name", flat=True)
    tags = Tagging.everything.filter(content_object=work).values_list("spelling", flat=True)
    return [words(one) for one in (work.title, *authors, *tags, clean.plain(work.summary))]


def _prose(work: Work) -> list[str]:
    """Folded chapters, each with its notes, and the notes of the work."""
    texts = [clean.plain(work.notes), clean.plain(work.end_notes)]
    for one in Chapter.everything.filter(work=work).select_related("text"):
        texts += [one.title, *map(clean.plain, (one.summary, one.notes, one.end_notes))]
        texts.append(clean.plain(zlib.decompress(one.text.body).decode()))
    return [words(one) for one in texts]


class Library:
    """All works as they are now, folded."""

    def __init__(self) -> None:
        works = list(Work.everything.all())
        self.own = {work.pk: _own(work) for work in works}
        self.prose = {work.pk: _prose(work) for work in works}

    def found(self, field: str, value: str) -> tuple[set[int], set[int]]:
        """The works that blurbs tell of, and those that texts do as well."""
        wanted, own, prose = phrases(value), self.own, self.prose
        if field == "title":
            return _all({pk: texts[:1] for pk, texts in own.items()}, wanted), set()
        if field == "text":
            return set(), {pk for pk in prose if all(_holds(prose[pk], _whole(one)) for one in wanted)}
        both = {pk for pk in own if all(_holds(own[pk], one) or _holds(prose[pk], _whole(one)) for one in wanted)}
        return _all(own, wanted), both


def _all(texts: Texts, wanted: Iterable[str]) -> set[int]:
    return {pk for pk, each in texts.items() if all(_holds(each, phrase) for phrase in wanted)}


def _holds(texts: list[str], phrase: str) -> bool:
    return any(phrase in text for text in texts)


def _whole(phrase: str) -> str:
    """The beginning of one or two letters is a whole word in a text."""
    return phrase if len(phrase.rpartition(" ")[2]) not in {1, 2} else f"{phrase} "
